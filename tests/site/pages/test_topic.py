"""The page of a topic: its matters in five sections, and what changed between the two dates."""

import html
import json
import re

import pytest

from support.site import ask, squeezed, visible

OUTCOMES = {
    "differs": {"differs"},
    "absent": {"missing", "extra"},
    "same": {"same", "national"},
    "not_found": {"uncollected", "lapsed"},
    "to_collect": {"uncollected"},
}


@pytest.mark.parametrize("chosen", ["", "?date=2018", "?comparison=sh-hn"])
async def test_every_matter_stands_once_in_its_section(site, kb, chosen):
    for (topic,) in ask(kb, "select topic_id from topics"):
        data = (await site.client.get(f"/-/topic/{topic}.json{chosen}")).json()
        assert [part["section"] for part in data["sections"]] == list(OUTCOMES)
        gaps = [gap["gap_id"] for part in data["sections"] for gap in part["gaps"]]
        truth = ask(
            kb,
            "select gap_id from gaps where topic_id = ? and comparison_id = ? and as_of = ?",
            topic,
            data["comparison"]["comparison_id"],
            data["moment"]["as_of"],
        )
        assert sorted(gaps) == sorted(gap for (gap,) in truth)
        for part in data["sections"]:
            assert part["total"] == len(part["gaps"])
            assert {gap["outcome"] for gap in part["gaps"]} <= OUTCOMES[part["section"]]


async def test_the_important_come_first(site):
    data = (await site.client.get("/-/topic/shoufei.json")).json()
    for part in data["sections"]:
        order = {"national": 1}
        told = [(order.get(gap["outcome"], 0), -gap["importance"]) for gap in part["gaps"]]
        assert told == sorted(told)
    assert {gap["outcome"] for gap in data["sections"][2]["gaps"]} == OUTCOMES["same"]


async def test_a_row_tells_what_each_level_says_and_leads_to_the_matter(site, kb):
    """Every rule in force of the baseline and the target, up to three a place, as headlines word it."""
    page = (await site.client.get("/-/topic/shuishou")).text
    data = (await site.client.get("/-/topic/shuishou.json")).json()
    told = {gap["gap_id"]: gap for part in data["sections"] for gap in part["gaps"]}
    own = ask(
        kb,
        "select gap_id, side, says from gaps join moments using (as_of) join gap_rules using (gap_id)"
        " join rules using (rule_id) where topic_id = 'shuishou' and comparison_id = 'sh-jx'"
        " and newest = 1 and in_force = 1 and level = 'own'",
    )
    assert own
    for gap, side, says in own:
        assert f'href="/-/matter/{told[gap]["matter_id"]}?comparison=sh-jx"' in page
        cell = told[gap]["cells"][side]
        assert cell["more"] or says in [line["says"] for line in cell["lines"]]


async def test_differences_are_told_in_short_with_what_the_short_sentence_leaves_out(site, kb):
    text = squeezed(visible((await site.client.get("/-/topic/shuishou")).text))
    for summary, caveats in ask(
        kb,
        "select summary, caveats from gaps join moments using (as_of) where topic_id = 'shuishou'"
        " and comparison_id = 'sh-jx' and newest = 1 and outcome in ('differs', 'missing', 'extra')",
    ):
        assert squeezed(summary) in text
        assert all(squeezed(words) in text for _, words in json.loads(caveats))


async def test_a_place_without_a_rule_of_its_own_says_why(site):
    """查过未查得 and 待收集 for what is not known; 没有 only with what it rests on."""
    for topic in ("shoufei", "rencai", "gongyong", "churujing"):
        data = (await site.client.get(f"/-/topic/{topic}.json")).json()
        for part in data["sections"]:
            for gap in part["gaps"]:
                for side in "ab":
                    blank = gap["blanks"][side]
                    assert (blank == "") == bool(gap["cells"][side]["lines"]), gap["gap_id"]
                    assert (blank == "absent") <= (gap["outcome"] in OUTCOMES["absent"])
                    assert (blank == "unknown") <= (gap["outcome"] in ("uncollected", "lapsed"))


async def test_a_countys_price_stands_beside_what_is_not_found_of_the_city(site, kb):
    """A county's rule never fills the city's cell."""
    data = (await site.client.get("/-/topic/gongyong.json")).json()
    inside = [
        gap
        for part in data["sections"]
        for gap in part["gaps"]
        if part["section"] == "not_found"
        and gap["blanks"]["b"] == "unknown"
        and gap["cells"]["inside"]["lines"]
    ]
    assert inside
    assert "本级查过未查得" in visible((await site.client.get("/-/topic/gongyong")).text)


async def test_a_reader_narrows_the_page(site):
    whole = (await site.client.get("/-/topic/shoufei.json")).json()
    better = (await site.client.get("/-/topic/shoufei.json?favours=target")).json()
    gaps = [gap for part in better["sections"] for gap in part["gaps"]]
    assert 0 < len(gaps) < whole["total"] == better["of_all"]
    assert {gap["favours"] for gap in gaps} == {"target"}
    power = (await site.client.get("/-/topic/shoufei.json?power=市县")).json()
    assert all(
        {"市", "县"} & set(gap["decided_by"].split("、"))
        for part in power["sections"]
        for gap in part["gaps"]
    )
    odd = (await site.client.get("/-/topic/shoufei.json?favours=nobody")).json()
    assert odd["total"] == whole["total"]


async def test_what_is_to_collect_is_folded_and_never_told_as_absent(site):
    page = (await site.client.get("/-/topic/jifen")).text
    part = page[page.index('<section id="to_collect">') :]
    part = part[: part.index("</section>")]
    assert re.search(r"<details><summary>展开 \d+ 件</summary>", part)
    told = html.unescape(visible(part)).replace("不等于没有", "")
    assert "待收集" in told and "没有（" not in told


async def test_an_earlier_date_leads_to_its_part_of_the_matters_page(site):
    page = (await site.client.get("/-/topic/churujing?date=2018")).text
    assert re.search(r'href="/-/matter/[a-z0-9-]+\?comparison=sh-jx#date-2018"', page)


async def test_a_topic_tells_what_changed_since_the_date_before(site):
    text = visible((await site.client.get("/-/topic/churujing")).text)
    assert "2018-12-31 以来的变化" in text and "消失" in text and "全国" in text
    before = visible((await site.client.get("/-/topic/churujing?date=2018")).text)
    assert "截至 2018-12-31" in before and "永久居留的收入条件" in before
