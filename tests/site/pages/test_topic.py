"""The page of a topic: its matters in four sections, and what changed between the two dates."""

import html
import re

import pytest

from pipeline.site import amounts
from support.site import ask, visible

ORDER = ["both", "absent", "not_found", "to_collect"]
OUTCOMES = {
    "both": {"differs", "same", "national"},
    "absent": {"missing", "extra"},
    "not_found": {"uncollected", "lapsed"},
    "to_collect": {"uncollected"},
}


@pytest.mark.parametrize("chosen", ["", "?date=2018", "?comparison=sh-hn"])
async def test_every_matter_stands_once_in_its_section(site, kb, chosen):
    for (topic,) in ask(kb, "select topic_id from topics"):
        data = (await site.client.get(f"/-/topic/{topic}.json{chosen}")).json()
        assert [part["section"] for part in data["sections"]] == ORDER
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


async def test_differences_come_before_what_is_the_same_and_the_important_first(site):
    data = (await site.client.get("/-/topic/shoufei.json")).json()
    order = {"differs": 0, "same": 1, "national": 2}
    told = [(order[gap["outcome"]], -gap["importance"]) for gap in data["sections"][0]["gaps"]]
    assert told == sorted(told) and len({outcome for outcome, _ in told}) == 3


async def test_a_line_tells_the_matter_and_leads_to_it(site, kb):
    page = (await site.client.get("/-/topic/shuishou")).text
    text = visible(page)
    for matter, name, headline, ratio in ask(
        kb,
        "select matter_id, matters.name, headline, ratio from gaps join moments using (as_of)"
        " join matters using (matter_id) where gaps.topic_id = 'shuishou' and comparison_id = 'sh-jx' and newest = 1",
    ):
        assert f'href="/-/matter/{matter}?comparison=sh-jx"' in page
        assert name in text and amounts.told(headline, name) in text
        assert ratio is None or f"{amounts.times(ratio)} 倍" in text


async def test_what_is_to_collect_is_folded_and_never_told_as_absent(site):
    page = (await site.client.get("/-/topic/jifen")).text
    part = page[page.index('<section id="to_collect">') :]
    part = part[: part.index("</section>")]
    assert re.search(r"<details><summary>展开 \d+ 项</summary>", part)
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
