"""A page pasted as Markdown loses its navigation; our own Markdown stays."""

import pytest

from pipeline.language.normalization import tidy

PASTED = """[首页](/) > [公开](/zw) > [文件](/wj "文件")
* [概况](/gk)
* [公开](https://某市.cn/zw)
* [互动](javascript:go(1))

# 关于某事的通知

发布日期：2022-02-21 | 来源：某局 | [打印](javascript:print())

各县[区](/q)：按[《某办法》](http://某.cn/1.html)[2020](3)执行。
![](/x.png)
- [附件1：甲表.docx](/1.docx)
- [附件2：乙表.docx](/2.docx)
- [附件3：丙表.docx](/3.docx)

扫一扫在手机打开当前页
"""


def test_a_page_pasted_as_markdown_loses_its_navigation(read):
    found = read(PASTED, "a.md")
    assert [line for line in found.text.split("\n") if line] == [
        "关于某事的通知", "各县区：按《某办法》[2020](3)执行。", "附件1：甲表.docx", "附件2：乙表.docx", "附件3：丙表.docx",
    ]  # fmt: skip
    assert any("略去" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "text",
    [
        f"# 某办法\n\n<!-- INFO END -->\n\n{PASTED}".strip(),
        f"---\nnumber: 某发〔2019〕1号\n---\n{PASTED}".strip(),
        f"{PASTED}\n1. 甲。[^f-1]",
    ],
    ids=["head", "front matter", "marks of facts"],
)
def test_a_corpus_s_own_markdown_stays_as_it_is(read, text):
    assert read(text, "a.md").text == tidy(text)
