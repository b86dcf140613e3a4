"""Citations by GB/T 7714—2025: a table that a librarian could extend."""

import re

from pipeline.site.parts import citation
from support import cases

HERE = "https://kb.example/-/clause/sh-2020-x__art_2"
SOURCE = {"title": "某市人才奖励办法", "number": None, "issuers": ["某市人民政府"], "issued_date": None,
          "text_kind": "official", "url": None, "path": None}  # fmt: skip


@cases.rows("bibliography.entry", "line", **SOURCE)
def test_a_text_is_cited(row):
    assert citation.line(citation.entry(row, "b1", HERE)) == row["line"]


@cases.rows("bibliography.entry", "line", **SOURCE)
def test_the_data_says_what_the_line_says_and_no_day_of_access(row):
    entry, line = citation.entry(row, "b1", HERE), row["line"]
    assert entry["urldate"] is None and entry["url"] in line
    assert all(str(entry[key]).split()[0] in line for key in ("number", "place", "date", "build") if entry[key])  # fmt: skip


def test_a_build_that_is_not_known_is_left_out():
    line = citation.line(citation.entry(SOURCE, None, HERE))
    assert line == f"某市人民政府. 某市人才奖励办法[EB/OL]//政策差异知识库. [引用日期]. {HERE}."


def test_a_comparison_of_two_clauses_is_cited_by_both():
    sides = [{"title": "甲办法", "path": "第一条"}, {"title": "乙办法", "path": "第二条"}]
    line = citation.line(citation.comparison(sides, "b1", HERE))
    assert line.startswith(
        "条款对照：《甲办法》第一条与《乙办法》第二条[EB/OL]//政策差异知识库：构建 b1. "
    )


def test_a_page_is_cited_by_its_name_and_its_date():
    line = citation.line(citation.page("奖励上限：甲 → 乙", "截至2018-12-31", "b1", HERE))
    assert line.startswith("奖励上限：甲 → 乙：截至2018-12-31[EB/OL]//政策差异知识库：构建 b1. ")
    assert re.search(r"\[引用日期\]\. https://kb\.example/\S+\.$", line)
