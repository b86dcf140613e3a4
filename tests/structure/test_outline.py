"""Texts as researchers collect them: run-on lines, quoted laws, attachments, signatures, tables."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.records import Clause
from pipeline.structure import clauses, layout, numbering_checks, summary
from support import cases
from support.records import document


def split(text: str) -> list[Clause]:
    return clauses.split(document(text=text))


def places_of(text: str) -> list[str]:
    """The places of all clauses but unnumbered paragraphs."""
    ids = [clause.clause_id.removeprefix("d__") for clause in split(text)]
    return [one for one in ids if not one.split("__")[-1].startswith("para")]


def units_of(text: str) -> list[str]:
    return [clause.text for clause in split(text) if clause.is_unit]


@cases.table("outline.mid_line", "text", "places")
def test_a_number_in_mid_line_begins_a_clause_only_where_it_continues_the_series(text, places):
    assert places_of(text) == places


@cases.table("outline.number", "line", "place")
def test_every_form_of_a_number_is_read(line, place):
    assert places_of(line) == [place]


@cases.table("outline.no_number", "line")
def test_what_only_looks_like_a_number_is_none(line):
    assert places_of(line) == []


def test_an_article_that_looks_like_a_citation_is_one_where_its_number_is_missing():
    text = "第三十三条 甲。\n第三十四条第二十五条、第三十条规定的事项，由市公安局办理。\n第三十五条 乙。"
    assert places_of(text) == ["art_33", "art_34", "art_35"]


@cases.table("outline.other_law", "text", "places")
def test_articles_of_other_laws_are_not_the_text_s_own(text, places):
    assert places_of(text) == places


def test_excerpts_of_other_laws_are_not_compared():
    text = "第一条 甲。\n附：某法（节选）\n第三十二条 他法。"
    assert units_of(text) == ["第一条 甲。"]


@cases.table("outline.contents", "text", "places")
def test_a_table_of_contents_has_no_chapters(text, places):
    assert places_of(text) == places


SIGNED = "第一条 甲。\n第二条 本办法自2015年1月1日起施行。\n"


@cases.table("outline.signature", "ending")
def test_a_signature_is_no_part_of_the_last_article(ending):
    found = split(SIGNED + ending)
    assert units_of(SIGNED + ending) == ["第一条 甲。", "第二条 本办法自2015年1月1日起施行。"]
    assert (found[-1].text, found[-1].path) == (ending, "署名")


@cases.table("outline.no_signature", "text")
def test_a_provision_is_no_signature(text):
    assert not any("sign" in place for place in places_of(text))


NOTICE = "关于印发《某办法》的通知\n各区：\n"


@cases.table("outline.attachment", "text", "places")
def test_an_attachment_counts_for_itself(text, places):
    assert places_of(text) == places


def test_a_title_lies_in_the_text_that_it_heads():
    text = NOTICE + "一、丙。\n二、丁。\n某实施细则\n为了甲，制定本细则。\n一、甲。\n二、乙。"
    (title,) = (clause for clause in split(text) if clause.text == "某实施细则")
    assert title.clause_id == "d__scope_2__para_1" and not title.is_unit


def test_lists_nest_as_they_open():
    text = "一、甲\n1.乙。\n二、丙\n（一）丁：\n1.戊；\n2.己。\n（二）庚：\n1.辛。"
    assert places_of(text) == [
        "h_1", "h_1__item_1", "h_2", "h_2__item_1", "h_2__item_1__sub_1", "h_2__item_1__sub_2",
        "h_2__item_2", "h_2__item_2__sub_1",
    ]  # fmt: skip


@cases.table("outline.cell", "table", "cells")
def test_each_cell_is_a_unit_that_carries_its_headers(table, cells):
    rows = [f"| {' | '.join(row.replace(chr(92) + '|', '¦').split('|'))} |".replace("¦", "\\|") for row in table]  # fmt: skip
    rule = "|" + "---|" * (table[0].replace("\\|", "").count("|") + 1)
    text = "一、标准\n" + "\n".join([rows[0], rule, *rows[1:]])
    found = [clause for clause in split(text) if clause.is_unit]
    assert {clause.heading: clause.text for clause in found} == cells
    assert all(clause.kind == "row" for clause in found)


def test_the_cells_of_an_article_are_units_beside_its_paragraphs():
    text = (
        "第一条 标准如下：\n| 学历 | 分值 |\n|---|---|\n| 硕士 | 100分 |\n以上为准。\n第二条 乙。"
    )
    assert units_of(text) == ["第一条 标准如下：", "100分", "以上为准。", "第二条 乙。"]
    (cell,) = (clause for clause in split(text) if clause.text == "100分")
    assert (cell.article, cell.clause_id) == ("1", "d__art_1__row_1__cell_1")


@cases.table("outline.no_table", "text")
def test_a_table_without_headers_and_data_is_one_block(text):
    assert [clause.text for clause in split(text)] == [text]


PIECES = st.sampled_from(
    ["第一章 总则", "第二章 附则", "第一条 甲。", "第二条", "第三条乙规定。", "第三十二条 丙。", "一、", "二、丁。",
     "三．", "（一）戊；", "（二）", "1.", "2．己", "①", "附件", "附件1：某表", "附：某法（节选）", "附件：1.甲表", "目录",
     "某市人民政府", "2015年3月1日", "某管理办法", "“", "”", "（", "）", "| 甲 | 乙 |", "|---|---|", "| 丙 | 1元 | |", "|",
     "。", "；", "：", "\n", "\n", "\n\n", " ", "　", "企业应当登记", "第一部分", "**第四条**", "抄送：某局", "按照第二条的规定"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join) | st.text(min_size=1, max_size=200)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_loss(text):
    found = split(text)
    by_id = {clause.clause_id: clause for clause in found}
    assert len(by_id) == len(found)
    sisters: dict[str | None, list[Clause]] = {}
    covered: set[int] = set()
    for clause in found:
        assert text[clause.start : clause.end] == clause.text and clause.text
        parent = by_id.get(clause.parent_id or "")
        inside = parent is not None and parent.start <= clause.start and clause.end <= parent.end
        assert parent is None or inside or parent.end <= clause.start  # headings stand above
        assert not (parent and parent.is_unit and clause.is_unit)
        if not inside:
            assert not covered & set(range(clause.start, clause.end))
            covered |= set(range(clause.start, clause.end))
        sisters.setdefault(clause.parent_id, []).append(clause)
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    for group in sisters.values():
        assert all(a.end <= b.start for a, b in zip(group, group[1:], strict=False))
    assert [c.start for c in found] == sorted(c.start for c in found)
    numbering_checks.warnings(found)
    summary.shape(layout.read(text))


@settings(deadline=None)
@given(TEXTS)
def test_units_do_not_lie_in_units(text):
    ends = [clause for clause in split(text) if clause.is_unit]
    assert all(a.end <= b.start for a, b in zip(ends, ends[1:], strict=False))
