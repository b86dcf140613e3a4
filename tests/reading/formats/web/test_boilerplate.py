"""Boilerplate of web pages against lines of documents."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.reading.formats.web import boilerplate
from support import cases


# Words of pages.
@cases.table("boilerplate.page", "line")
def test_words_of_the_page_are_known(line):
    assert boilerplate.is_added(line, boilerplate.patterns())


@cases.table("boilerplate.document", "line")
def test_words_of_the_document_are_kept(line):
    assert not boilerplate.is_added(line, boilerplate.patterns())


@pytest.mark.parametrize("line", ["[ 字号：大 中 小 ]", "【字体：大 中 小】", "字号：[大 中 小]"])
def test_a_choice_of_fonts_leaves_nothing(line):
    assert boilerplate.cleaned(f"甲。\n{line}", boilerplate.patterns()) == ("甲。", 1)


def test_what_follows_is_kept_where_it_holds_provisions():
    text = "第一条 甲。\n相关链接\n第二条 乙。"
    assert boilerplate.cleaned(text, boilerplate.patterns())[0] == text
    assert (
        boilerplate.cleaned("第一条 甲甲甲甲甲甲甲。\n相关链接\n某新闻", boilerplate.patterns())[0]
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
