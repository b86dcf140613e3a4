"""The comparison of two clauses: context, quantities, provenance, citations."""

import datetime
import html
import re
import sqlite3

import pytest

from pipeline.site import labels
from pipeline.site.amounts import reading
from pipeline.site.pages import compare, document
from pipeline.site.parts import margin_notes, provenance
from support.site import ask, keys, running, serve, squeezed, visible

TWO_SIDED = "select min(gap_id) from gaps where clause_a is not null and clause_b is not null group by kind"  # fmt: skip


def boxes(page: str) -> list[str]:
    """What stands in the boxes to copy from."""
    return [html.unescape(found) for found in re.findall(r"(?s)<textarea[^>]*>(.*?)</textarea>", page)]  # fmt: skip


# The comparison
async def test_the_context_is_the_units_before_and_after(site, kb):
    """By the clauses of each document in reading order, read straight from the file."""
    order = {}
    for (one,) in ask(kb, "select document_id from documents"):
        order[one] = [c for (c,) in ask(kb, "select clause_id from clauses where document_id = ? and is_unit = 1 order by ordinal", one)]  # fmt: skip
    for (key,) in ask(kb, "select alignment_id from alignments order by alignment_id limit 400"):
        if not hash_of_ten(key):
            continue
        data = (await site.client.get(f"/-/compare/{key}.json")).json()
        for side in (data["a"], data["b"]):
            units = order[side["document_id"]]
            at = units.index(side["clause_id"])
            before, after = units[at - 1] if at else None, units[at + 1 : at + 2]
            assert (side["before"] or {}).get("clause_id") == before
            assert [one["clause_id"] for one in [side["after"]] if one] == after


def hash_of_ten(key: str) -> bool:
    """One in ten, the same at every run."""
    return sum(map(ord, key)) % 10 == 0


async def test_the_context_is_on_the_page_and_folded(site, kb):
    (key,) = ask(kb, """select a.alignment_id from alignments a
        where (select count(*) from clauses c join clauses o using (document_id)
            where c.clause_id = a.clause_a and o.is_unit) > 2 limit 1""")[0]  # fmt: skip
    page = (await site.client.get(f"/-/compare/{key}")).text
    data = (await site.client.get(f"/-/compare/{key}.json")).json()
    folded = "".join(re.findall(r'(?s)<details class="context">.*?</details>', page))
    near = [side[which] for side in (data["a"], data["b"]) for which in ("before", "after")]
    assert any(near)
    for one in filter(None, near):
        assert squeezed(one["text"]) in squeezed(visible(folded))


async def test_a_citation_names_build_and_link_and_never_a_day(site, kb):
    (build,) = ask(kb, "select build_id from builds")[0]
    for (key,) in ask(kb, TWO_SIDED):
        page = (await site.client.get(f"/-/compare/{key}")).text
        whole, *sides, link = boxes(page)
        assert build in whole and f"/-/compare/{key}." in whole
        assert link.endswith(f"/-/compare/{key}") and link.startswith("http")
        assert len(sides) == 2 and all("（摘编）" in side and build in side for side in sides)
        for text in (whole, *sides):
            assert "[引用日期]" in text and "[EB/OL]" in text
            assert str(datetime.date.today()) not in text
        twin = (await site.client.get(f"/-/compare/{key}.json")).json()["citations"]
        assert [one["text"] for one in twin] == [whole, *sides]
        assert all(one["entry"]["urldate"] is None for one in twin)


async def test_the_boxes_are_there_without_script_and_the_buttons_are_not(site, kb):
    some = keys(kb)
    for path in (f"/-/compare/{some['gap']}", f"/-/document/{some['document']}"):
        page = (await site.client.get(path)).text
        fields = re.findall(r"<textarea[^>]*>", page)
        buttons = re.findall(r"<button[^>]*data-copies[^>]*>", page)
        assert len(fields) == len(buttons) >= 2
        assert all(" readonly" in field for field in fields)
        assert all(" hidden" in button for button in buttons)
        assert re.findall(r"<script\b[^>]*>", page) == ['<script src="/assets/copy.js" defer>']


async def test_every_quantity_is_read_in_plain_text(site, kb):
    word = labels.read(kb).word
    for (key,) in ask(kb, TWO_SIDED):
        page = visible((await site.client.get(f"/-/compare/{key}")).text)
        data = (await site.client.get(f"/-/compare/{key}.json")).json()
        for measure in [*data["a"]["measures"], *data["b"]["measures"]]:
            told = f"「{measure['quote']}」读作{reading(measure, word)}".strip("「」")
            assert squeezed(told).replace("」", "") in squeezed(page)


async def test_provenance_names_source_confidence_and_the_events(site, kb):
    for (key,) in ask(kb, TWO_SIDED):
        page = squeezed(visible((await site.client.get(f"/-/compare/{key}")).text))
        for name in ("clause_a", "clause_b"):
            ((source, document_id),) = ask(kb, f"""select f.source, c.document_id from gaps g
                join clauses c on c.clause_id = g.{name} join facts f on f.clause_id = c.clause_id
                where g.gap_id = ?""", key)  # fmt: skip
            assert squeezed(source) in page
            for date, basis in ask(kb, "select date, basis from validity_events where document_id = ?", document_id):  # fmt: skip
                assert date in page and f"依据：{basis}" in page


# Safety
async def test_markup_in_events_and_neighbours_is_shown_not_run(hostile):
    bad = "<script>alert(3)</script>"
    with sqlite3.connect(hostile) as conn:
        conn.execute("update validity_events set note = ?, basis = ?", (bad, bad))
        conn.execute("update documents set issuers = json_array(?)", (bad,))
        conn.execute("update measures set quote = ?, base = ?", (bad, bad))
    some = keys(hostile)
    async with running(serve(hostile)) as datasette:
        for path in (f"/-/compare/{some['gap']}", f"/-/document/{some['document']}"):
            page = (await datasette.client.get(path)).text
            assert "&lt;script&gt;alert(3)" in page
            assert "<script>alert" not in page
            assert "</textarea><" not in page.replace("</textarea>\n", "")


async def test_markup_in_the_clauses_before_and_after_is_escaped(hostile):
    (key,) = ask(hostile, """select gap_id from gaps join clauses c on c.clause_id = clause_a
        where exists (select 1 from clauses o where o.document_id = c.document_id and o.is_unit
            and o."end" <= c.start) order by gap_id limit 1""")[0]  # fmt: skip
    datasette = serve(hostile)
    await datasette.invoke_startup()
    page = (await datasette.client.get(f"/-/compare/{key}")).text
    folded = re.search(r'(?s)<details class="context">.*?</details>', page)[0]
    assert "&lt;script&gt;alert(1)" in folded
    assert "<script>alert" not in page and "<img src=x" not in page
    datasette.close()


@pytest.mark.parametrize("module", [compare, document])
def test_every_table_of_a_page_is_among_its_tables(module, kb):
    sources = [module, *([margin_notes, provenance] if module is document else [provenance])]
    sql = " ".join(v for one in sources for k, v in vars(one).items() if k.startswith("_") and isinstance(v, str))  # fmt: skip
    named = set(re.findall(r"(?:from|join) (\w+)", sql))
    real = {name for (name,) in ask(kb, "select name from sqlite_master where type = 'table'")}
    assert named & real <= set(module.TABLES)


async def test_a_gap_shows_its_evidence_and_its_clauses(site, kb):
    for (gap,) in ask(kb, "select min(gap_id) from gaps group by kind"):
        text = visible((await site.client.get(f"/-/compare/{gap}")).text)
        text = re.sub(r"\s", "", text)
        for (quoted,) in ask(kb, "select quote from gap_evidence where gap_id = ?", gap):
            assert re.sub(r"\s", "", quoted) in text


async def test_a_missing_gap_never_claims_that_there_is_none(site, kb):
    (gap,) = ask(kb, "select min(gap_id) from gaps where kind = 'missing'")[0]
    assert "未查得不等于没有" in visible((await site.client.get(f"/-/compare/{gap}")).text)


async def test_a_gap_shows_its_levels_its_changes_and_what_its_severity_is_made_of(site, kb):
    """上海 caps at 3000万元 in 2018; the page lists each level, and what became of it."""
    (key,) = ask(kb, "select gap_id from gaps where as_of = '2018-12-31' and value_a = 3e7 and value_b = 2e5 and comparison_id = 'sh-jx'")[0]  # fmt: skip
    page = (await site.client.get(f"/-/compare/{key}")).text
    text = visible(page)
    for words in ("逐级对照", "不相加", "浙江省", "前后变化", "差距", "把握", "归口", "只比上限"):
        assert words in text, words
    assert re.search('<a href="/-/clause/sh-2019-shoutai__st-004">最高3000万元</a>', page)
    assert re.search('<a href="/-/clause/jx-2019-shoutai-lunwen__st-002">20万元</a>', page)
