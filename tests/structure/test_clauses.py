"""Clauses of Chinese law and official papers: ids, paths, units, offsets."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.core.records import Clause, Document
from pipeline.structure import numbering_checks
from pipeline.structure.clauses import split


def document(
    text: str, text_kind: str = "official", marks: Iterable[tuple[int, str]] = ()
) -> Document:
    return Document(
        "d", "某办法", "310000", "其他", None, [], None, None, None, text_kind, None,
        "d.md", "0", "", text, list(marks),
    )  # fmt: skip


def places(text: str) -> list[str]:
    return [clause.clause_id.removeprefix("d__") for clause in split(document(text))]


def units(text: str) -> list[str]:
    return [clause.text for clause in split(document(text)) if clause.is_unit]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("第一条 甲。\n第二条 乙。", ["art_1", "art_2"]),
        ("第一章 总则\n第一条 甲。\n第二章 罚则\n第二条 乙。", ["ch_1", "art_1", "ch_2", "art_2"]),
        ("第一章 总则\n第一节 一般规定\n第一条 甲。", ["ch_1", "ch_1__sec_1", "art_1"]),
        ("第一条 甲。\n\n乙。", ["art_1", "art_1__para_1", "art_1__para_2"]),
        # an only paragraph is the article itself; its items are the article's own
        ("第一条 甲：\n（一）乙；\n（二）丙。", ["art_1", "art_1__item_1", "art_1__item_2"]),
        (
            "第一条 甲。\n乙：\n（一）丙；\n1.丁；\n2.戊。\n己。",
            ["art_1", "art_1__para_1", "art_1__para_2", "art_1__para_2__item_1", "art_1__para_2__item_1__sub_1",
             "art_1__para_2__item_1__sub_2", "art_1__para_3"],
        ),
        ("第十二条之一 甲。", ["art_12-1"]),
        ("第一条 甲。\n第三条规定的情形除外。", ["art_1", "art_1__para_1", "art_1__para_2"]),
        ("第一条 甲。\n1.5万元以下的除外。", ["art_1", "art_1__para_1", "art_1__para_2"]),
        # official papers: 一、 is on top, and （一） below it is no 项 of an article
        ("一、总体要求\n甲。\n二、措施\n（一）乙。\n1.丙。\n（二）丁。",
         ["h_1", "h_1__para_1", "h_2", "h_2__item_1", "h_2__item_1__sub_1", "h_2__item_2"]),
        ("一、本市推进甲事，整合资源，加强协同。\n各区应当配合。\n二、本决定自公布之日起施行。", ["item_1", "item_2"]),
        ("（一）甲。\n（二）乙。", ["item_1", "item_2"]),
        ("第一条 甲。\n附件1\n第一条 乙。", ["art_1", "att_1", "att_1__art_1"]),
        ("第一条 甲。\n第二条 乙。\n第一条 丙。", ["art_1", "art_2", "scope_2__art_1"]),
        ("甲。", ["para_1"]),
    ],
)  # fmt: skip
def test_every_block_has_its_place(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("第一章 总则\n第一条 甲：\n（一）乙。\n丙。", ["第一条 甲：\n（一）乙。\n丙。"]),
        ("一、总体要求\n甲。\n（一）乙。\n1.丙。", ["甲。", "（一）乙。\n1.丙。"]),
        ("某办法\n第一条 甲。", ["第一条 甲。"]),
    ],
)
def test_units_are_what_is_compared(text, expected):
    assert units(text) == expected


def test_path_is_how_one_cites():
    clauses = split(document("第二章 补贴\n第十二条（标准）甲。\n乙：\n（三）丙。"))
    assert clauses[-1].path == "第二章 第十二条 第二款 第三项"
    assert (clauses[1].heading, clauses[-1].article) == ("标准", "12")


def test_a_digest_clause_is_named_for_its_fact():
    text = "1. 上限：最高3000万元。\n\n2. 比例：20%。"
    clauses = split(
        document(text, "digest", [(text.index("\n") - 1, "st-1"), (len(text) - 1, "st-2")])
    )
    assert [c.clause_id for c in clauses] == ["d__st-1", "d__st-2"]
    assert [c.heading for c in clauses] == ["上限", "比例"]


@pytest.mark.parametrize("marks", [[], [(1, "a"), (2, "b")]])
def test_a_digest_clause_without_its_one_fact_stops_the_build(marks):
    with pytest.raises(CorpusError, match="事实"):
        split(document("1. 甲甲。", "digest", marks))


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("第一条 甲。\n第二条 乙。", []),
        ("第三条 甲。\n第四条 乙。", [("hole", "缺少第一条至第二条")]),
        (
            "第一条 甲。\n第三条 乙。\n第三条 丙。",
            [("hole", "缺少第二条"), ("duplicate", "第三条")],
        ),
    ],
)
def test_missing_and_duplicate_numbers_are_reported(text, kinds):
    found = numbering_checks.warnings(split(document(text)))
    assert [kind for kind, _ in found] == [kind for kind, _ in kinds]
    assert all(
        message.startswith(start) for (_, message), (_, start) in zip(found, kinds, strict=True)
    )


LEGAL = st.text(alphabet="第一二三十条章节款项（）()、。：；1２.附件 　\n企业应当", min_size=1)


@given(LEGAL)
def test_offsets_recover_every_text(text):
    for clause in split(document(text)):
        assert text[clause.start : clause.end] == clause.text


@given(LEGAL)
def test_nothing_is_lost_and_sisters_do_not_overlap(text):
    clauses = split(document(text))
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
    ids = [clause.clause_id for clause in split(document(text))]
    assert len(ids) == len(set(ids))
    assert all(
        clause_id.isascii() and set(clause_id) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
        for clause_id in ids
    )


def test_a_cell_is_a_unit_with_its_headers():
    table = "| 学历 | 分值 |\n| --- | --- |\n| 硕士 | 100分 |"
    text = f"一、标准\n{table}\n二、附则\n以上为准。"
    assert units(text) == ["100分", "以上为准。"]
    assert [c.heading for c in split(document(text)) if c.text == "100分"] == ["硕士·分值"]
