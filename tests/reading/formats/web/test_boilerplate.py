"""Boilerplate of web pages against lines of documents."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.reading.formats.web import boilerplate


# Words of pages.
@pytest.mark.parametrize(
    "line",
    ["您当前的位置：首页 > 政务公开 > 规章", "来源：某局", "【打印】 【关闭】", "打印本页 关闭窗口", "浏览次数：123",
     "2016-4-15 17:16:08 文章来源：办公室 作者：某科", "发布日期：2016-04-29", "生成日期： 2015-03-06", "上一篇：某通知", "版权所有：某市人民政府",
     "— 12 —", "首页 ｜ 概况 ｜ 公开", "粤ICP备12345678号", "分享到：", "【返回】【打印】【关闭】", "返回", "返回上一级",
     "某地发布 2023-04-03 17:30 发表于某省", "点击上方蓝字关注我们", "↑点击蓝字，关注某某", "长按识别二维码关注我们", "👇👇👇",
     "⬇️", "阅读 1024 在看 12", "阅读1.2万", "阅读 10万+ 赞 3 在看", "点击阅读原文", "微信扫一扫关注该公众号",
     "发布日期：2022-02-21 | 来源：某局 | 字号：大 中 小 | 打印", "首页 > 政务公开 > 文件", "## 【关闭窗口】",
     "11/24/26, 4:44 PM 通知-某网", "2026/11/24 16:44 通知-某网", "file:///C:/下载/通知.html 1/1",
     "微信 微博 QQ空间", "分享：微信 QQ", "公开日期：2023-12-29", "发布日期：2023-12-29 16:20 信息来源：某局 浏览量：88"],
)  # fmt: skip
def test_words_of_the_page_are_known(line):
    assert boilerplate.is_added(line, boilerplate.words())


@pytest.mark.parametrize(
    "line",
    ["2016年4月15日", "文号：某发〔2016〕1号", "发布机构：某市人民政府", "发文日期：2016年4月29日", "第十二条 申请人应当打印申请表。",
     "返回原籍的人员", "阅读能力", "关注民生", "原创性成果奖励", "↓", "微信公众号：某市人社", "关注重点人群就业",
     "| 来源 | 分值 |", "时间：2016年3月1日至3月5日，地点另行通知", "（此件公开发布）", "抄送：市委办公室", "某市人民政府",
     "联系人：张某，联系电话：0512-65220000", "解读机关：某市住房局　联系电话：0512-65220000"],
)  # fmt: skip
def test_words_of_the_document_are_kept(line):
    assert not boilerplate.is_added(line, boilerplate.words())


@pytest.mark.parametrize("line", ["[ 字号：大 中 小 ]", "【字体：大 中 小】", "字号：[大 中 小]"])
def test_a_choice_of_fonts_leaves_nothing(line):
    assert boilerplate.cleaned(f"甲。\n{line}", boilerplate.words()) == ("甲。", 1)


def test_what_follows_is_kept_where_it_holds_provisions():
    text = "第一条 甲。\n相关链接\n第二条 乙。"
    assert boilerplate.cleaned(text, boilerplate.words())[0] == text
    assert (
        boilerplate.cleaned("第一条 甲甲甲甲甲甲甲。\n相关链接\n某新闻", boilerplate.words())[0]
        == "第一条 甲甲甲甲甲甲甲。"
    )


@pytest.mark.parametrize(
    "toml, found",
    [
        ('[[words]]\nid = "a"\nwhere = "top"\npattern = "x"', "where = 'top'"),
        ('[[words]]\nid = "a"\nwhere = "line"\npattern = "("', "不是正则表达式"),
        ('[[words]]\nid = "a"\nwhere = "line"', "缺少 pattern"),
    ],
)
def test_wrong_words_are_told(tmp_path, toml, found):
    (tmp_path / "pages.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(CorpusError, match=found.replace("(", r"\(")):
        boilerplate.load(tmp_path / "pages.toml")
