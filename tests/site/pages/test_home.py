"""The home page: what it counts is what kb.db holds, and what it puts first is the most important."""

import re

import pytest

from pipeline.site.parts import sections
from support.site import ask, visible

SHOWN = "comparison_id = ? and as_of = (select as_of from moments where moment_id = ?)"


@pytest.mark.parametrize("comparison, date", [("sh-jx", "newest"), ("sh-zj", "2018")])
async def test_the_heat_map_counts_every_matter(site, kb, comparison, date):
    page = await site.client.get(f"/?comparison={comparison}&date={date}")
    printed = re.findall(r'class="heat-number"[^>]*>(\d+)<', page.text)
    total = ask(kb, f"select count(*) from gaps where {SHOWN}", comparison, date)[0][0]
    assert sum(map(int, printed)) == total > 0


async def test_every_topic_has_its_counts_by_section(site, kb):
    topics = (await site.client.get("/.json")).json()["topics"]
    count = f"select count(*) from gaps where {SHOWN} and topic_id = ? and "
    parts = {
        "both": "outcome in ('differs', 'same', 'national')",
        "absent": "outcome in ('missing', 'extra')",
        "not_found": "(outcome = 'lapsed' or outcome = 'uncollected' and grade = 'searched')",
        "to_collect": "outcome = 'uncollected' and grade = 'not_searched'",
    }
    assert list(parts) == list(sections.TITLES)
    for topic in topics:
        for section, where in parts.items():
            truth = ask(kb, count + where, "sh-jx", "newest", topic["topic_id"])[0][0]
            assert topic["sections"].get(section, 0) == truth, (topic["name"], section)


async def test_the_most_important_differences_lead_to_their_matters(site, kb):
    page = (await site.client.get("/")).text
    rows = ask(
        kb,
        f"select matter_id, headline from gaps where {SHOWN} and outcome in ('differs', 'missing', 'extra')"
        " order by importance desc, gap_id limit 10",
        "sh-jx",
        "newest",
    )
    assert len(rows) == 10
    text = visible(page)
    for matter, headline in rows:
        assert f'href="/-/matter/{matter}?comparison=sh-jx"' in page
        assert headline.partition("：")[2] in text


async def test_changes_leave_out_what_was_only_collected_later(site, kb):
    data = (await site.client.get("/.json")).json()
    truth = ask(
        kb,
        "select change_id from gap_changes where comparison_id = 'sh-jx'"
        " and change not in ('collected', 'unchanged')",
    )
    assert {row["change_id"] for row in data["changes"]} == {change for (change,) in truth}
    assert "只是较晚才收集到的不算" in visible((await site.client.get("/")).text)


async def test_verdicts_on_the_claims_are_counted(site, kb):
    told = {
        (line["as_of"], verdict): n
        for line in (await site.client.get("/.json")).json()["claims"]
        for verdict, n in line["verdicts"].items()
    }
    truth = ask(kb, "select as_of, verdict, count(*) from claims group by 1, 2")
    assert told == {(as_of, verdict): n for as_of, verdict, n in truth}
