"""Reading a clause closely and quoting it: context, provenance, citations, margins, paper."""
# ruff: noqa: F401, F811 - fixtures of the other tests of the site

import datetime
import html
import re
import shutil
import sqlite3

import pytest
from test_browser import CHROMIUM, address, browser
from test_site import ask, hostile, keys, serve, site, visible

from pipeline.site import labels
from pipeline.site.amounts import reading
from pipeline.site.pages import compare, document
from pipeline.site.parts import margin_notes, provenance

in_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed")
TWO_SIDED = "select min(gap_id) from gaps where clause_a is not null and clause_b is not null group by kind"  # fmt: skip


def squeezed(text: str) -> str:
    """Without the spaces, which a page may add or leave out."""
    return re.sub(r"\s", "", text)


def boxes(page: str) -> list[str]:
    """What stands in the boxes to copy from."""
    return [html.unescape(found) for found in re.findall(r"(?s)<textarea[^>]*>(.*?)</textarea>", page)]  # fmt: skip


def asides(page: str) -> dict[str, str]:
    """Clause → what stands beside it."""
    units = re.findall(r'(?s)<article class="unit" id="([^"]+)">(.*?)</article>', page)
    return {clause: "".join(re.findall(r"(?s)<aside.*?</aside>", inner)) for clause, inner in units}


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


# The document


async def test_the_margin_holds_the_counterparts_of_the_alignments_table(site, kb):
    """Those found to be counterparts and nothing else, the likeliest first, at most three unfolded."""
    told = """select alignment_id from alignments where status in ('auto', 'accepted')
        and ? in (clause_a, clause_b) order by confidence desc, alignment_id"""
    found = ask(kb, """select document_id, count(*) from clauses join alignments on clause_id in (clause_a, clause_b)
        where status in ('auto', 'accepted') group by 1 order by 2 desc, 1 limit 5""")  # fmt: skip
    for document_id, _ in found:
        page = (await site.client.get(f"/-/document/{document_id}")).text
        for clause, beside in asides(page).items():
            truth = [key for (key,) in ask(kb, told, clause)]
            shown = re.findall(r'<li><a href="/-/compare/([^"]+)">(?!<span)', beside)
            if truth:
                assert shown == truth
                unfolded = re.sub(r"(?s)<details.*?</details>", "", beside)
                assert all(key in unfolded for key in truth[:3])
                assert not any(f'{key}"' in unfolded for key in truth[3:])
            else:
                assert "对应条款 · 置信度" not in beside


async def test_gaps_of_one_comparison_and_the_newest_date_stand_in_the_margin(site, kb):
    (document_id,) = ask(kb, "select max(document_id) from clauses join gaps on clause_id = clause_a where comparison_id = 'sh-jx'")[0]  # fmt: skip
    truth = dict(ask(kb, """select gap_id, kind from gaps join moments using (as_of)
        where comparison_id = 'sh-jx' and newest and (clause_a like ? or clause_b like ?)""",
        f"{document_id}__%", f"{document_id}__%"))  # fmt: skip
    page = (await site.client.get(f"/-/document/{document_id}")).text
    beside = "".join(asides(page).values())
    shown = set(re.findall(r"/-/compare/([^\"]+)", beside)) & {k for (k,) in ask(kb, "select gap_id from gaps")}  # fmt: skip
    assert shown == set(truth)
    summary = re.search(r'(?s)<section class="differences".*?</section>', page)[0]
    counts = re.findall(r'kind-(\w+)"[^>]*>[^<]*</span> (\d+)', summary)
    assert {kind: int(count) for kind, count in counts} == {
        kind: list(truth.values()).count(kind)
        for kind in labels.read(kb).vocabularies["gap_kind"]
        if kind in truth.values()
    }


async def test_the_counts_lead_to_as_many_gaps(site, kb):
    (document_id,) = ask(kb, """select document_id from clauses join gaps on clause_id = clause_a
        join moments using (as_of) where newest group by 1 order by count(distinct gaps.kind) desc, 1 limit 1""")[0]  # fmt: skip
    page = (await site.client.get(f"/-/document/{document_id}")).text
    found = re.findall(r'href="([^"]*gap_overview\?[^"]*kind=\w+)">.*?</span> (\d+)', page)
    assert found
    for link, count in found:
        path, _, query = html.unescape(link).partition("?")
        listed = (await site.client.get(f"{path}.json?{query}&_extra=count")).json()
        assert listed["count"] == int(count), link


async def test_another_comparison_or_date_can_be_asked_for(site, kb):
    (document_id,) = ask(kb, "select document_id from clauses join gaps on clause_id = clause_a where comparison_id = 'sh-zj' limit 1")[0]  # fmt: skip
    page = (await site.client.get(f"/-/document/{document_id}?comparison=sh-zj&date=2018")).text
    assert "截至 2018-12-31" in visible(page) and "上海市 → 浙江省" in visible(page)
    assert (await site.client.get(f"/-/document/{document_id}?comparison=x")).status_code == 404


async def test_the_validity_line_names_its_events(site, kb):
    """One document of every kind of event and every basis; what is not known stays unknown."""
    for document_id, status in ask(kb, """select min(document_id), status from validity_events
        join documents using (document_id) group by kind, basis, status"""):  # fmt: skip
        page = (await site.client.get(f"/-/document/{document_id}")).text
        line = visible(re.search(r'(?s)<p class="validity">.*?</p>', page)[0])
        assert ("时效未知" if status == "未知" else status) in line
        for kind, date, basis in ask(kb, "select kind, date, basis from validity_events where document_id = ?", document_id):  # fmt: skip
            assert date in line and f"依据：{basis}" in line
            assert {"修订": "修订", "到期": "有效期至"}.get(kind, kind) in line or "替代" in line


async def test_warnings_of_the_reader_are_shown(kb, tmp_path):
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    document_id = keys(kb)["document"]
    with sqlite3.connect(copied) as conn:
        conn.execute(
            "insert into document_warnings values (?, 'hole', '缺少第三条')", (document_id,)
        )
    datasette = serve(copied)
    await datasette.invoke_startup()
    text = visible((await datasette.client.get(f"/-/document/{document_id}")).text)
    assert "读入时的疑点" in text and "缺号：缺少第三条" in text
    datasette.close()


# Safety


async def test_markup_in_events_and_neighbours_is_shown_not_run(hostile):
    bad = "<script>alert(3)</script>"
    with sqlite3.connect(hostile) as conn:
        conn.execute("update validity_events set note = ?, basis = ?", (bad, bad))
        conn.execute("update documents set issuers = json_array(?)", (bad,))
        conn.execute("update measures set quote = ?, base = ?", (bad, bad))
    datasette = serve(hostile)
    await datasette.invoke_startup()
    some = keys(hostile)
    for path in (f"/-/compare/{some['gap']}", f"/-/document/{some['document']}"):
        page = (await datasette.client.get(path)).text
        assert "&lt;script&gt;alert(3)" in page
        assert "<script>alert" not in page and "</textarea><" not in page.replace(
            "</textarea>\n", ""
        )
    datasette.close()


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


# In a browser


@in_chromium
def test_a_button_copies_where_the_browser_allows_it(browser, address, kb):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/-/compare/{keys(kb)['gap']}")
    button = page.locator("button[data-copies=cite-1]")
    assert button.is_visible()
    button.click()
    page.wait_for_function(
        "document.querySelector('[data-copies=cite-1]').textContent === '已复制'"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-1").input_value() and "[引用日期]" in copied
    context.close()


@in_chromium
def test_without_script_the_text_can_be_selected_and_no_button_shows(browser, address, kb):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/-/compare/{keys(kb)['gap']}")
    assert page.locator("#cite-1").is_visible() and page.locator("#cite-1").is_editable() is False
    assert not page.locator("button[data-copies]").first.is_visible()
    context.close()


@in_chromium
def test_paper_has_both_sides_and_the_citation_and_no_navigation(browser, address, kb):
    (key,) = ask(kb, TWO_SIDED)[0]
    page = browser.new_page(viewport={"width": 680, "height": 960})  # A4 less its margins
    page.goto(f"{address}/-/compare/{key}")
    page.emulate_media(media="print")
    for hidden in (".masthead nav", ".find", ".crumbs", "textarea", "button[data-copies]"):
        shown = page.locator(hidden).evaluate_all("all => all.some(e => getComputedStyle(e).display !== 'none' && e.offsetParent)")  # fmt: skip
        assert not shown, hidden
    sides = page.locator(".side")
    left, right = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert left["y"] == right["y"] and left["x"] < right["x"]
    assert sides.first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    assert "[引用日期]" in page.locator(".paper").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    page.close()


@in_chromium
@pytest.mark.parametrize("width", [390, 1099, 1100, 1280])
def test_counterparts_stand_beside_where_there_is_room_and_under_where_not(
    browser, address, kb, width
):
    (document_id,) = ask(kb, """select document_id from clauses join alignments on clause_id = clause_a
        where status = 'accepted' limit 1""")[0]  # fmt: skip
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}/-/document/{document_id}")
    unit = page.locator("article.unit:has(aside)").first
    text, aside = unit.locator(".clause").bounding_box(), unit.locator("aside").bounding_box()
    assert (aside["x"] >= text["x"] + text["width"]) is (width >= 1100)
    assert (aside["y"] >= text["y"] + text["height"]) is (width < 1100)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
