"""Citations by GB/T 7714—2015: a table that a librarian could extend."""

import re

import pytest

from pipeline.site.parts import citation

HERE = "https://kb.example/-/clause/sh-2020-x__art_2"
SOURCE = {"title": "某市人才奖励办法", "number": None, "issuers": ["某市人民政府"], "issued_date": None,
          "text_kind": "official", "url": None, "path": None}  # fmt: skip
GOV = "https://www.gov.example/1.html"
BASE = f"//政策差异知识库: 构建 b1. {{}}[引用日期]. {HERE}."

TABLE = [
    # what is known of the text → the line, as a list of references would print it
    ({"url": GOV, "number": "某府规〔2020〕3号", "issued_date": "2020-03-01"},
     f"某市人民政府. 某市人才奖励办法: 某府规〔2020〕3号[EB/OL]. (2020-03-01)[引用日期]. {GOV}."),
    ({"url": GOV, "issued_date": "2020-03-01"},                                  # without 文号
     f"某市人民政府. 某市人才奖励办法[EB/OL]. (2020-03-01)[引用日期]. {GOV}."),
    ({"url": GOV, "issued_date": "2020-03"},                                     # partial dates
     f"某市人民政府. 某市人才奖励办法[EB/OL]. (2020-03)[引用日期]. {GOV}."),
    ({"url": GOV, "issued_date": "2020"},
     f"某市人民政府. 某市人才奖励办法[EB/OL]. (2020)[引用日期]. {GOV}."),
    ({"url": GOV},
     f"某市人民政府. 某市人才奖励办法[EB/OL]. [引用日期]. {GOV}."),
    ({"url": GOV, "issuers": ["某市发展和改革委员会", "某市财政局"]},            # several issuers
     f"某市发展和改革委员会, 某市财政局. 某市人才奖励办法[EB/OL]. [引用日期]. {GOV}."),
    ({"url": GOV, "issuers": ["甲局", "乙局", "丙局", "丁局"]},                  # more than three
     f"甲局, 乙局, 丙局, 等. 某市人才奖励办法[EB/OL]. [引用日期]. {GOV}."),
    ({"url": GOV, "issuers": []},                                                # nobody named
     f"某市人才奖励办法[EB/OL]. [引用日期]. {GOV}."),
    ({"url": GOV, "path": "第二章 第九条"},                                      # one article
     f"某市人民政府. 某市人才奖励办法: 第二章 第九条[EB/OL]. [引用日期]. {GOV}."),
    ({"issued_date": "2020-03-01", "path": "第九条"},                            # official, read here only
     "某市人民政府. 某市人才奖励办法: 第九条[EB/OL]" + BASE.format("(2020-03-01)")),
    ({"text_kind": "digest", "url": GOV, "number": "某府规〔2020〕3号", "issued_date": "2020-03-01"},
     "某市人才奖励办法（摘编）: 某府规〔2020〕3号[EB/OL]" + BASE.format("")),
    ({"title": "关于某事的\n通知。", "url": GOV},                                # one line, one full stop
     f"某市人民政府. 关于某事的 通知[EB/OL]. [引用日期]. {GOV}."),
]  # fmt: skip


@pytest.mark.parametrize("known, expected", TABLE)
def test_a_text_is_cited(known, expected):
    assert citation.line(citation.entry(SOURCE | known, "b1", HERE)) == expected


@pytest.mark.parametrize("known, expected", TABLE)
def test_the_data_says_what_the_line_says_and_no_day_of_access(known, expected):
    entry = citation.entry(SOURCE | known, "b1", HERE)
    assert entry["urldate"] is None and entry["url"] in expected
    assert all(str(entry[key]).split()[0] in expected for key in ("number", "place", "date", "build") if entry[key])  # fmt: skip


def test_a_build_that_is_not_known_is_left_out():
    line = citation.line(citation.entry(SOURCE, None, HERE))
    assert line == f"某市人民政府. 某市人才奖励办法[EB/OL]//政策差异知识库. [引用日期]. {HERE}."


def test_a_comparison_of_two_clauses_is_cited_by_both():
    sides = [{"title": "甲办法", "path": "第一条"}, {"title": "乙办法", "path": "第二条"}]
    line = citation.line(citation.comparison(None, sides, "b1", HERE))
    assert line.startswith(
        "条款对照：《甲办法》第一条与《乙办法》第二条[EB/OL]//政策差异知识库: 构建 b1. "
    )


def test_a_gap_is_cited_by_its_first_sentence_and_its_date():
    gap = {"summary": "奖励上限｜甲：30万元；乙：20万元。甲是乙的1.5倍。", "as_of": "2018-12-31"}
    line = citation.line(citation.comparison(gap, [], "b1", HERE))
    assert line.startswith("奖励上限：甲：30万元；乙：20万元: 截至2018-12-31[EB/OL]//")
    assert re.search(r"\[引用日期\]\. https://kb\.example/\S+\.$", line)
