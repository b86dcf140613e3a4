"""Clauses of Chinese law and official papers: ids, paths, units, offsets."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.core.records import Clause, Document
from pipeline.structure.clauses import split
from support import cases
from support.records import document


def paper(
    text: str, text_kind: str = "official", marks: Iterable[tuple[int, str]] = ()
) -> Document:
    return document(text=text, text_kind=text_kind, marks=list(marks))


def places_of(text: str) -> list[str]:
    return [clause.clause_id.removeprefix("d__") for clause in split(paper(text))]


def units_of(text: str) -> list[str]:
    return [clause.text for clause in split(paper(text)) if clause.is_unit]


@cases.table("clauses.place", "text", "places")
def test_every_block_has_its_place(text, places):
    assert places_of(text) == places


@cases.table("clauses.unit", "text", "units")
def test_units_are_what_is_compared(text, units):
    assert units_of(text) == units


def test_path_is_how_one_cites():
    clauses = split(paper("第二章 补贴\n第十二条（标准）甲。\n乙：\n（三）丙。"))
    assert clauses[-1].path == "第二章 第十二条 第二款 第三项"
    assert (clauses[1].heading, clauses[-1].article) == ("标准", "12")


@pytest.mark.parametrize(
    "text, heading",
    [
        ("第一条（目的和依据）\n为了甲。", "目的和依据"),
        ("第一条（《居住证》积分）甲。", "《居住证》积分"),
        ("第一条 【适用范围】 甲。", "适用范围"),
        ("第一条 （十一）甲。", None),
        ("第一条 市水务局（以下简称甲）负责。", None),
    ],
)
def test_an_article_is_titled_by_the_brackets_after_its_number(text, heading):
    assert split(paper(text))[0].heading == heading


def test_a_digest_clause_is_named_for_its_fact():
    text = "1. 上限：最高3000万元。\n\n2. 比例：20%。"
    clauses = split(
        paper(text, "digest", [(text.index("\n") - 1, "st-1"), (len(text) - 1, "st-2")])
    )
    assert [c.clause_id for c in clauses] == ["d__st-1", "d__st-2"]
    assert [c.heading for c in clauses] == ["上限", "比例"]


@pytest.mark.parametrize("marks", [[], [(1, "a"), (2, "b")]])
def test_a_digest_clause_without_its_one_fact_stops_the_build(marks):
    with pytest.raises(CorpusError, match="事实"):
        split(paper("1. 甲甲。", "digest", marks))


LEGAL = st.text(alphabet="第一二三十条章节款项（）()、。：；1２.附件 　\n企业应当", min_size=1)


@given(LEGAL)
def test_offsets_recover_every_text(text):
    for clause in split(paper(text)):
        assert text[clause.start : clause.end] == clause.text


@given(LEGAL)
def test_nothing_is_lost_and_sisters_do_not_overlap(text):
    clauses = split(paper(text))
    covered = {i for clause in clauses for i in range(clause.start, clause.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    by_parent: dict[str | None, list[Clause]] = {}
    for clause in clauses:
        by_parent.setdefault(clause.parent_id, []).append(clause)
    for sisters in by_parent.values():
        for before, after in zip(sisters, sisters[1:], strict=False):
            assert before.end <= after.start


@given(LEGAL)
def test_ids_are_unique_and_plain(text):
    ids = [clause.clause_id for clause in split(paper(text))]
    assert len(ids) == len(set(ids))
    assert all(
        clause_id.isascii() and set(clause_id) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
        for clause_id in ids
    )


def test_a_cell_is_a_unit_with_its_headers():
    table = "| 学历 | 分值 |\n| --- | --- |\n| 硕士 | 100分 |"
    text = f"一、标准\n{table}\n二、附则\n以上为准。"
    assert units_of(text) == ["100分", "以上为准。"]
    assert [c.heading for c in split(paper(text)) if c.text == "100分"] == ["硕士·分值"]
