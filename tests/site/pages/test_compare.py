"""The comparison of two clauses: context, quantities, provenance, citations."""

import datetime
import html
import re
import sqlite3

import pytest

from pipeline.site import labels
from pipeline.site.amounts import reading
from pipeline.site.pages import compare, document, matter, pair, to_collect
from pipeline.site.parts import margin_notes, matter_rules, pair_points, provenance
from support.site import ask, keys, running, serve, squeezed, visible

# One pair of each status and extent.
PAIRS = "select min(alignment_id) from alignments group by status, extent"


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
    for (key,) in ask(kb, PAIRS):
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
    for path in (f"/-/compare/{some['alignment']}", f"/-/document/{some['document']}"):
        page = (await site.client.get(path)).text
        fields = re.findall(r"<textarea[^>]*>", page)
        buttons = re.findall(r"<button[^>]*data-copies[^>]*>", page)
        assert len(fields) == len(buttons) >= 2
        assert all(" readonly" in field for field in fields)
        assert all(" hidden" in button for button in buttons)
        assert re.findall(r"<script\b[^>]*>", page) == ['<script src="/assets/copy.js" defer>']


async def test_every_quantity_is_read_in_plain_text(site, kb):
    word = labels.read(kb).word
    for (key,) in ask(kb, PAIRS):
        page = visible((await site.client.get(f"/-/compare/{key}")).text)
        data = (await site.client.get(f"/-/compare/{key}.json")).json()
        for measure in [*data["a"]["measures"], *data["b"]["measures"]]:
            told = f"「{measure['quote']}」读作{reading(measure, word)}".strip("「」")
            assert squeezed(told).replace("」", "") in squeezed(page)


async def test_provenance_names_source_confidence_and_the_events(site, kb):
    for (key,) in ask(kb, PAIRS):
        page = squeezed(visible((await site.client.get(f"/-/compare/{key}")).text))
        for name in ("clause_a", "clause_b"):
            ((source, document_id),) = ask(kb, f"""select f.source, c.document_id from alignments a
                join clauses c on c.clause_id = a.{name} join facts f on f.clause_id = c.clause_id
                where a.alignment_id = ?""", key)  # fmt: skip
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
        for path in (f"/-/compare/{some['alignment']}", f"/-/document/{some['document']}"):
            page = (await datasette.client.get(path)).text
            assert "&lt;script&gt;alert(3)" in page
            assert "<script>alert" not in page
            assert "</textarea><" not in page.replace("</textarea>\n", "")


async def test_markup_in_the_clauses_before_and_after_is_escaped(hostile):
    (key,) = ask(hostile, """select alignment_id from alignments join clauses c on c.clause_id = clause_a
        where exists (select 1 from clauses o where o.document_id = c.document_id and o.is_unit
            and o."end" <= c.start) order by alignment_id limit 1""")[0]  # fmt: skip
    datasette = serve(hostile)
    await datasette.invoke_startup()
    page = (await datasette.client.get(f"/-/compare/{key}")).text
    folded = re.search(r'(?s)<details class="context">.*?</details>', page)[0]
    assert "&lt;script&gt;alert(1)" in folded
    assert "<script>alert" not in page and "<img src=x" not in page
    datasette.close()


MODULES = {
    compare: [pair_points, provenance],
    document: [margin_notes, provenance],
    matter: [matter_rules],
    pair: [pair_points],
    to_collect: [],
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_table_of_a_page_is_among_its_tables(module, kb):
    sources = [module, *MODULES[module]]
    sql = " ".join(v for one in sources for k, v in vars(one).items() if k.startswith("_") and isinstance(v, str))  # fmt: skip
    named = set(re.findall(r"(?:from|join) (\w+)", sql))
    real = {name for (name,) in ask(kb, "select name from sqlite_master where type in ('table', 'view')")}  # fmt: skip
    assert named & real <= set(module.TABLES)


async def test_a_pair_leads_to_the_matters_of_its_clauses(site, kb):
    (key, matter_id) = ask(kb, """select alignment_id, matter_id from alignments
        join rules on clause_id = clause_a order by 1, 2 limit 1""")[0]  # fmt: skip
    page = (await site.client.get(f"/-/compare/{key}")).text
    assert f'href="/-/matter/{matter_id}"' in page


# Ids of gaps
async def target(site, key: str, form: str = "") -> str | None:
    """Where the page of a key sends the reader; None where there is none."""
    answer = await site.client.get(f"/-/compare/{key}{form}")
    assert answer.status_code in (302, 404), key
    return answer.headers.get("location")


async def test_a_gap_leads_to_its_matter_in_its_comparison_at_its_date(site, kb):
    for gap, comparison, matter_id, moment in ask(kb, """select gap_id, comparison_id, matter_id, moment_id
        from gaps join moments using (as_of) where gaps.rowid % 97 = 0"""):  # fmt: skip
        there = f"?comparison={comparison}#date-{moment}"
        assert await target(site, gap) == f"/-/matter/{matter_id}{there}"
        assert await target(site, gap, ".json") == f"/-/matter/{matter_id}.json{there}"
        page = await site.client.get(f"/-/matter/{matter_id}?comparison={comparison}")
        assert page.status_code == 200 and f'id="date-{moment}"' in page.text


@pytest.mark.parametrize("key, place", [
    ("sh-jx__2018__amount__sh-2019-shoutai__st-004__vs__jx-2019-shoutai-lunwen__st-002__money_award_53",
     "guoji-shoutai-jiangli?comparison=sh-jx#date-2018"),
    ("sh-jx__missing__sh-2019-shoutai__st-004", "guoji-shoutai-jiangli?comparison=sh-jx"),
    # the document has another id now; the fact has kept its own
    ("sh-jx__missing__some-older-name__st-004", "guoji-shoutai-jiangli?comparison=sh-jx"),
    # the county has no row of its own for the matter
    ("sh-js__missing__sh-2019-shoutai__st-004", "guoji-shoutai-jiangli"),
])  # fmt: skip
async def test_an_id_of_before_matters_leads_to_the_matter_of_a_rule_on_its_clause(
    site, key, place
):
    assert await target(site, key) == f"/-/matter/{place}"


@pytest.mark.parametrize("key", ["nothing", "sh-jx", "sh-jx__", "sh-jx__nothing", "__", "x__missing__sh-2019-shoutai__st-004",
                                 "sh-jx__missing__sh-2019-shoutai__st-0045", "sh-2019-shoutai__st-004"])  # fmt: skip
async def test_an_id_that_names_no_rule_is_not_found(site, key):
    assert await target(site, key) is None
