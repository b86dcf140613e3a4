"""What a text is about: counts of its articles, its scheme, its attachments."""

import pytest

from pipeline.structure import summary

NOTICE = "关于印发《某办法》的通知\n各区：\n"


INNER = "某管理办法\n第一章 总则\n第一条 甲。\n第二条 乙。\n第三条 丙。\n"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("第一条 甲。\n第二条 乙。", ("articles", 2, "2", 0, 0)),
        ("第一条 甲。\n第一条之一 乙。", ("articles", 2, "1-1", 0, 0)),
        (INNER, ("articles", 3, "3", 0, 1)),
        # the inner text is what is meant
        (NOTICE + "现将某办法印发给你们。\n一、丁。\n二、戊。\n某市教育局\n2015年3月1日\n" + INNER, ("mixed", 3, "3", 0, 1)),
        ("关于公布某办法的通知\n第一条 现将某办法印发给你们。\n某市教育局\n2015年3月1日\n" + INNER, ("articles", 3, "3", 0, 1)),
        # attached tables and laws are not
        (INNER + "附件\n第一条 丁。", ("articles", 3, "3", 0, 1)),
        ("一、甲。\n二、乙。", ("numbered", 0, None, 2, 0)),
        ("甲。", ("none", 0, None, 0, 0)),
        # plans have chapters and no articles
        ("第一章 基础\n甲已经完成。\n第二章 目标\n乙要达到。", ("numbered", 0, None, 0, 2)),
    ],
)  # fmt: skip
def test_a_text_s_shape_is_that_of_what_it_is_about(text, expected):
    found = summary.shape(text)
    assert (found.scheme, found.articles, found.last, found.top, found.chapters) == expected


@pytest.mark.parametrize(
    "text, names",
    [
        (
            "一、甲。\n附件：1.某表\n2.某名单\n某局\n2015年3月1日\n附件1\n某表\n乙。",
            ["某表", "某名单"],
        ),
        ("第一条 甲。\n附件1：某标准\n乙。\n附件2\n某名单\n丙。", ["某标准", "某名单"]),
        ("第一条 甲。", []),
    ],
)
def test_attachments_are_named_as_printed(text, names):
    assert summary.shape(text).attachments == names
