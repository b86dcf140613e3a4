"""Lists open at the newest date and in the first comparison, and mix no others in unasked."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from support.site import DESCRIBED, ask, visible

NEWEST = "(select as_of from moments where newest)"
TABLES = {
    "gap_overview": f"as_of = {NEWEST} and comparison_id = 'sh-jx'",
    "gaps": f"as_of = {NEWEST} and comparison_id = 'sh-jx'",
    "point_overview": f"as_of = {NEWEST} and comparison_id = 'sh-jx'",
    "change_overview": "comparison_id = 'sh-jx'",
    "to_collect": "comparison_id = 'sh-jx'",
    "alignment_overview": "comparison_id = 'sh-jx'",
    "claims": f"as_of = {NEWEST}",
    "rule_states": f"as_of = {NEWEST}",
}


@pytest.mark.parametrize("table, where", TABLES.items())
async def test_a_list_opens_at_the_newest_date_and_in_the_first_comparison(site, kb, table, where):
    answer = await site.client.get(f"/kb/{table}", follow_redirects=True)
    ((total,),) = ask(kb, f"select count(*) from [{table}] where {where}")
    assert f"{total:,} 行" in visible(answer.text)
    choice = re.search(r'<option value="sh-jx" selected>([^<]+)', answer.text)
    assert choice is None or choice[1] == "上海市 → 嘉兴市"


@pytest.mark.parametrize("table", DESCRIBED)
async def test_no_list_mixes_comparisons_or_dates_of_gaps(site, kb, table):
    """A view or table with both columns is one of those that open with a choice."""
    columns = {row[1] for row in ask(kb, f"pragma table_info([{table}])")}
    answer = await site.client.get(f"/kb/{table}")
    if {"comparison_id", "gap_id"} <= columns or {"as_of", "comparison_id"} <= columns:
        assert answer.status_code == 302
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize(
    "given, then",
    [
        ("topic_id=shoufei", {"topic_id": "shoufei", "as_of": "newest", "comparison_id": "sh-jx"}),
        ("as_of=2018-12-31", {"as_of": "2018-12-31", "comparison_id": "sh-jx"}),
        ("comparison_id=*&as_of=2018-12-31", {"_all": "comparison_id", "as_of": "2018-12-31"}),
        ("as_of__gt=2020&comparison_id=sh-zj", None),
        ("_all=as_of&_all=comparison_id", None),
        ("matter_id=yinhang-jiangfu", None),  # all its dates and comparisons
    ],
)
async def test_what_a_reader_chose_is_kept(site, kb, given, then):
    answer = await site.client.get(f"/kb/gap_overview?{given}")
    if then is None:
        assert answer.status_code == 200
        return
    newest = ask(kb, "select as_of from moments where newest")[0][0]
    told = parse_qs(urlsplit(answer.headers["location"]).query)
    assert told == {k: [newest if v == "newest" else v] for k, v in then.items()}
    again = await site.client.get(answer.headers["location"])
    assert again.status_code == 200  # no loop


async def test_data_are_not_narrowed_unasked(site, kb):
    data = (await site.client.get("/kb/gap_overview.json?_extra=count&_size=1")).json()
    assert data["count"] == ask(kb, "select count(*) from gaps")[0][0]


async def test_ids_of_views_are_links(site, kb):
    ((rule,),) = ask(kb, "select min(rule_id) from rule_overview")
    page = (await site.client.get(f"/kb/rule_overview?rule_id={rule}")).text
    assert f'href="/kb/rules/{rule}"' in page and 'href="/-/clause/' in page
    assert (await site.client.get(f"/kb/rules/{rule}")).status_code == 200
