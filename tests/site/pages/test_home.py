"""The home page: what it counts is what kb.db holds, and what it puts first is the most important."""

import json
import re

import pytest

from pipeline.site.parts import sections
from support.site import ask, squeezed, visible

SHOWN = "comparison_id = ? and as_of = (select as_of from moments where moment_id = ?)"


@pytest.mark.parametrize("comparison, date", [("sh-jx", "newest"), ("sh-zj", "2018")])
async def test_the_picture_counts_every_matter_once(site, kb, comparison, date):
    page = await site.client.get(f"/?comparison={comparison}&date={date}")
    body = re.search(r'(?s)<table class="picture">.*?<tbody>(.*?)</tbody>', page.text)[1]
    printed = re.findall(r"，(\d+) 项\"", body)
    total = ask(kb, f"select count(*) from gaps where {SHOWN}", comparison, date)[0][0]
    assert sum(map(int, printed)) == total > 0


async def test_every_topic_has_its_counts_by_column(site, kb):
    topics = (await site.client.get("/.json")).json()["topics"]
    count = f"select count(*) from gaps where {SHOWN} and topic_id = ? and "
    parts = {
        "differs": "outcome = 'differs'",
        "same": "outcome in ('same', 'national')",
        "missing": "outcome = 'missing'",
        "extra": "outcome = 'extra'",
        "not_found": "(outcome = 'lapsed' or outcome = 'uncollected' and grade = 'searched')",
        "to_collect": "outcome = 'uncollected' and grade = 'not_searched'",
    }
    assert list(parts) == [column for _, column, _ in sections.COLUMNS]
    for topic in topics:
        for column, where in parts.items():
            truth = ask(kb, count + where, "sh-jx", "newest", topic["topic_id"])[0][0]
            assert topic["counts"].get(column, 0) == truth, (topic["name"], column)


async def test_the_most_important_differences_lead_to_their_matters(site, kb):
    page = (await site.client.get("/")).text
    rows = ask(
        kb,
        f"select matter_id, summary, caveats from gaps where {SHOWN} and outcome in ('differs', 'missing', 'extra')"
        " order by importance desc, gap_id limit 10",
        "sh-jx",
        "newest",
    )
    assert len(rows) == 10
    text = squeezed(visible(page))
    for matter, summary, caveats in rows:
        assert f'href="/-/matter/{matter}?comparison=sh-jx"' in page
        assert squeezed(summary) in text
        assert all(squeezed(words) in text for _, words in json.loads(caveats))


@pytest.mark.parametrize("query", ["comparison=zz", "date=zz", "comparison=sh-jx&date=1066"])
async def test_an_unknown_comparison_or_date_is_not_found_and_leads_nowhere(site, query):
    page = await site.client.get(f"/?{query}")
    assert page.status_code == 404 and "没有这一组比较" in page.text
    twin = await site.client.get(f"/.json?{query}")
    assert twin.status_code == 404 and "没有这一组比较" in twin.json()["error"]


async def test_the_page_says_which_two_places_and_warns_of_thin_material(site):
    assert "沪嘉政策差异" in visible((await site.client.get("/")).text)
    assert "材料很少" not in visible((await site.client.get("/")).text)
    thin = visible((await site.client.get("/?comparison=js-ph")).text)
    assert "嘉善、平湖政策差异" in thin and "这一组比较的材料很少" in thin


async def test_documents_that_run_out_do_so_within_half_a_year(site, kb):
    data = (await site.client.get("/.json")).json()
    day = data["moment"]["as_of"]
    (last,) = ask(kb, "select date(?, '+6 months')", day)[0]
    assert data["expiring"]
    assert all(day < row["in_force_to"] <= last for row in data["expiring"])
    due = ask(kb, "select max(due), min(due) from department_worklist where item = '到期'")[0]
    assert day < due[1] <= due[0] <= last


async def test_what_the_corpus_is_made_of_is_told_once(site):
    page = (await site.client.get("/")).text
    assert visible(page).count("不是官方文本") == 1 and "make fetch" in page


async def test_changes_leave_out_what_was_only_collected_later(site, kb):
    data = (await site.client.get("/.json")).json()
    truth = ask(
        kb,
        "select change_id from gap_changes where comparison_id = 'sh-jx'"
        " and change not in ('collected', 'unchanged')",
    )
    assert {row["change_id"] for row in data["changes"]} == {change for (change,) in truth}
    assert "只是较晚才收集到的不算" in visible((await site.client.get("/")).text)


async def test_verdicts_on_the_claims_are_counted_and_those_with_one_are_in_view(site, kb):
    data = (await site.client.get("/.json")).json()
    told = {
        (line["as_of"], verdict): n
        for line in data["verdicts_by_date"]
        for verdict, n in line["verdicts"].items()
    }
    truth = ask(kb, "select as_of, verdict, count(*) from claims group by 1, 2")
    assert told == {(as_of, verdict): n for as_of, verdict, n in truth}
    shown = {claim["claim_id"]: claim["verdicts"] for claim in data["claims"]}
    judged = ask(kb, "select distinct claim_id from claims where verdict <> 'not_provable'")
    assert set(shown) == {claim for (claim,) in judged}
    for claim, as_of, verdict in ask(kb, "select claim_id, as_of, verdict from claims"):
        assert claim not in shown or shown[claim][as_of] == verdict
