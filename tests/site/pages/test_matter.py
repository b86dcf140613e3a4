"""The page of a matter: what each place and level says, what differs, the versions, what an absence rests on."""

import html
import json
import re
import shutil
import sqlite3

import pytest

from support.site import ask, closed, keys, running, serve, squeezed, visible

SHOUTAI = "guoji-shoutai-jiangli"


async def load(site, matter: str, comparison: str = "") -> dict:
    query = f"?comparison={comparison}" if comparison else ""
    return (await site.client.get(f"/-/matter/{matter}.json{query}")).json()


async def read(site, matter: str, comparison: str = "") -> str:
    query = f"?comparison={comparison}" if comparison else ""
    answer = await site.client.get(f"/-/matter/{matter}{query}")
    assert answer.status_code == 200, matter
    return answer.text


def samples(kb) -> list[tuple[str, str]]:
    """A matter and its comparison for each outcome and grade at each date."""
    return ask(kb, "select min(matter_id), comparison_id from gaps group by outcome, grade, as_of")


# What is in force
async def test_every_rule_of_a_matter_stands_once_in_force_or_over(site, kb):
    for matter, comparison in samples(kb):
        data = await load(site, matter, comparison)
        current = [rule["rule_id"] for group in data["groups"].values() for rule in group]
        over = [
            rule["rule_id"]
            for place in data["history"]
            for rule in place["rules"]
            if not rule["in_force"]
        ]
        rules = ask(kb, "select rule_id from rules where matter_id = ?", matter)
        assert sorted(current + over) == sorted(rule for (rule,) in rules)


async def test_rules_in_force_are_those_of_the_gap(site, kb):
    """The page decides by the days of a rule, the gap by its stage: they must agree."""
    for gap, matter, comparison in ask(kb, """select gap_id, matter_id, comparison_id from gaps
        join moments using (as_of) where newest and gaps.rowid % 23 = 0"""):  # fmt: skip
        groups = (await load(site, matter, comparison))["groups"]
        shown = {rule["rule_id"] for name in ("a", "b", "both") for rule in groups[name]}
        truth = ask(kb, "select rule_id from gap_rules where gap_id = ? and in_force", gap)
        assert shown == {rule for (rule,) in truth}


async def test_levels_are_told_and_quotes_lead_to_their_clauses(site, kb):
    page = await read(site, SHOUTAI)
    text = squeezed(visible(page))
    assert "上海市本级" in text and "浙江省上级" in text
    data = await load(site, SHOUTAI)
    for name in ("a", "b"):
        for rule in data["groups"][name]:
            assert squeezed(rule["quote"]) in text and rule["says"] in text
            assert f'href="/-/clause/{rule["clause_id"]}"' in page


async def test_what_a_rule_says_is_what_the_headline_says(kb):
    rows = ask(kb, """select r.says, g.headline
        from gaps g join gap_rules x using (gap_id) join rules r using (rule_id)
        join matters m on m.matter_id = g.matter_id
        where g.outcome = 'same' and m.kind = 'quantity' and x.in_force and r.tier is null
            and x.level <> 'inside'""")  # fmt: skip
    told = [says in headline for says, headline in rows]
    assert len(told) > 50 and sum(told) / len(told) > 0.9


# What it means
async def test_the_answer_what_it_leaves_out_and_the_words_of_its_points_are_on_the_page(site, kb):
    for matter, comparison in samples(kb):
        page = squeezed(visible(await read(site, matter, comparison)))
        for gap in (await load(site, matter, comparison))["gaps"]:
            assert squeezed(gap["summary"].partition("：")[2]) in page
            assert all(squeezed(words) in page for _, words in gap["caveats"])
            for point in gap["points"]:
                assert all(squeezed(quote["quote"]) in page for quote in point["quotes"])


async def test_a_matter_asks_its_question_and_answers_it(site):
    page = await read(site, SHOUTAI)
    title = re.search(r"(?s)<h1[^>]*>(.*?)<small>", page)[1]
    assert visible(title).strip() == "装备被认定为国际首台（套），企业最多可得多少奖补？"
    assert "上海更优惠" in page and "以上限计，上海市是浙江省的10倍" in page


async def test_trust_is_that_of_the_weaker_side(site, kb):
    order = ["official", "mirror", "summary", "press", "secondary"]
    for matter, comparison in samples(kb):
        data = await load(site, matter, comparison)
        if trust := data["trust"]:
            grades = [grade for _, grade in trust["sides"]]
            weakest = max(grades, key=order.index)
            assert trust["level"] == {"press": "中", "secondary": "低"}.get(weakest, "高")


async def test_the_tiers_of_a_matter_are_rows(site, kb):
    matter, tiers = ask(kb, """select matter_id, json_group_array(tier) from gap_points join gaps using (gap_id)
        join moments using (as_of) where newest and comparison_id = 'sh-jx' group by gap_id having count(*) > 2 limit 1""")[0]  # fmt: skip
    page = await read(site, matter, "sh-jx")
    table = re.search(r'(?s)<table class="plain words levels tiers">.*?</table>', page)[0]
    assert all(tier in visible(table) for tier in json.loads(tiers))


async def test_importance_is_told_factor_by_factor(site, kb):
    text = visible(await read(site, SHOUTAI))
    assert all(word in text for word in ("涉及面", "差距", "把握", "事权", "谁能改", "归口"))


async def test_the_chain_and_what_became_of_it(site, kb):
    """上海 paid up to 3000万元 in 2018, 2000万元 now; the difference narrowed."""
    page = await read(site, SHOUTAI)
    text = squeezed(visible(page))
    assert "至多3000万元" in text and "已由新规接替" in text and "2018-12-31时" in text
    assert 'class="badge change-narrowed"' in page
    shanghai = next(p for p in (await load(site, SHOUTAI))["history"] if p["region"] == "上海市")
    begun = [rule["in_force_from"] for rule in shanghai["rules"]]
    assert begun == sorted(begun)
    old, current = shanghai["rules"]
    assert current["in_force"] and old["successor"]["in_force_from"].startswith("2026")


async def test_an_absence_names_what_it_rests_on(site, kb):
    for matter, comparison in ask(kb, """select matter_id, comparison_id from gaps join moments using (as_of)
        where newest and outcome in ('missing', 'extra') and comparison_id = 'sh-jx'"""):  # fmt: skip
        page = await read(site, matter, comparison)
        grounds = ask(kb, "select clause_id, search_id from matter_absences where matter_id = ?", matter)  # fmt: skip
        assert grounds and "说没有，凭什么" in page
        assert all(clause is None or f"/-/clause/{clause}" in page for clause, _ in grounds)


async def test_what_is_not_known_is_never_called_absent(site, kb):
    rows = ask(kb, """select min(matter_id), grade, outcome from gaps join moments using (as_of)
        where newest and outcome in ('uncollected', 'lapsed') and comparison_id = 'sh-jx' group by 2, 3""")  # fmt: skip
    assert len(rows) == 3
    for matter, grade, _ in rows:
        text = squeezed(visible(await read(site, matter, "sh-jx")))
        assert "未查得不等于没有" in text
        assert ("待收集" in text) or grade != "not_searched"


async def test_search_records_and_the_nearest_clauses_of_the_other_side(site, kb):
    (matter,) = ask(kb, """select g.matter_id from gaps g join moments using (as_of) join gap_nearest using (gap_id)
        join search_matters m on m.matter_id = g.matter_id
        where newest and comparison_id = 'sh-jx' and outcome = 'uncollected' order by 1 limit 1""")[0]  # fmt: skip
    page = await read(site, matter, "sh-jx")
    for (subject,) in ask(kb, "select subject from searches join search_matters using (search_id) where matter_id = ?", matter):  # fmt: skip
        assert subject in html.unescape(page)
    for (clause,) in ask(kb, """select clause_id from gap_nearest join gaps using (gap_id) join moments using (as_of)
        where newest and comparison_id = 'sh-jx' and matter_id = ?""", matter):  # fmt: skip
        assert f"/-/clause/{clause}" in page
    assert "另一侧最相近的条款" in page


async def test_claims_that_rest_on_it(kb, tmp_path):
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    claim, as_of = ask(kb, "select claim_id, as_of from claims order by 1, 2 limit 1")[0]
    with sqlite3.connect(copied) as conn:
        conn.execute(
            "insert into claim_evidence (claim_id, as_of, ordinal, gap_id, quote) values (?, ?, 99, ?, '差')",
            (claim, as_of, f"sh-jx__{SHOUTAI}"),
        )
    async with running(serve(copied)) as site:
        assert f"/-/claim/{claim}" in await read(site, SHOUTAI)


# Comparisons and ids
async def test_the_first_comparison_with_a_row_is_shown_and_the_others_are_listed(site, kb):
    order = [c for (c,) in ask(kb, "select comparison_id from comparisons order by rowid")]
    for matter, _ in samples(kb):
        found = {
            c for (c,) in ask(kb, "select comparison_id from gaps where matter_id = ?", matter)
        }
        data = await load(site, matter)
        assert data["comparison"]["comparison_id"] == next(c for c in order if c in found)
        assert {one["comparison_id"] for one in data["comparisons"]} == found


async def test_a_comparison_without_a_row_says_so(site, kb):
    """嘉善 has no rule of its own: what the city has is one link away."""
    page = await read(site, SHOUTAI, "sh-js")
    assert "这一组比较里没有这一事项" in page and f"/-/matter/{SHOUTAI}?comparison=sh-jx" in page
    unknown = await site.client.get(f"/-/matter/{SHOUTAI}?comparison=nothing")
    assert unknown.status_code == 404


async def test_a_retired_id_leads_to_the_matter(kb, tmp_path):
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    with sqlite3.connect(copied) as conn:
        conn.execute("insert into matter_aliases values ('old-id', ?)", (SHOUTAI,))
    async with running(serve(copied)) as site:
        answer = await site.client.get("/-/matter/old-id?comparison=sh-zj")
        assert answer.headers["location"] == f"/-/matter/{SHOUTAI}?comparison=sh-zj"
        twin = await site.client.get("/-/matter/old-id.json")
        assert twin.headers["location"] == f"/-/matter/{SHOUTAI}.json"


async def test_the_citation_names_matter_date_build_and_link(site, kb):
    (build,) = ask(kb, "select build_id from builds")[0]
    page = await read(site, SHOUTAI)
    boxes = [html.unescape(text) for text in re.findall(r"(?s)<textarea[^>]*>(.*?)</textarea>", page)]  # fmt: skip
    assert (
        boxes[0].startswith("国际首台（套）奖补上限：上海市 → 嘉兴市：截至") and build in boxes[0]
    )
    assert boxes[-1].endswith(f"/-/matter/{SHOUTAI}?comparison=sh-jx")
    assert len(boxes) > 3 and all("（摘编）" in text for text in boxes[1:-1])


@pytest.mark.parametrize("table", ["rules", "matters", "gaps", "searches", "claims"])
async def test_a_closed_table_closes_the_page(kb, table):
    async with running(serve(kb, closed(table))) as site:
        assert (await site.client.get(f"/-/matter/{keys(kb)['matter']}")).status_code == 403


# The collector's list
async def test_the_list_has_what_one_side_lacks_the_weightiest_first(site, kb):
    data = (await site.client.get("/-/to-collect.json?comparison=sh-jx")).json()
    weights = [row["importance"] for row in data["rows"]]
    assert weights == sorted(weights, reverse=True)
    assert data["total"] == ask(kb, """select count(*) from gaps join moments using (as_of)
        where newest and comparison_id = 'sh-jx' and outcome in ('uncollected', 'lapsed')""")[0][0]  # fmt: skip
    for row in data["rows"]:
        if row["outcome"] == "uncollected":
            assert row["lacking"] in (["上海市"], ["嘉兴市"], ["上海市", "嘉兴市"]), row[
                "matter_id"
            ]


async def test_the_two_lists_of_the_collector_lead_to_each_other(site):
    assert 'href="/-/uncollected"' in (await site.client.get("/-/to-collect")).text
    assert 'href="/-/to-collect"' in (await site.client.get("/-/uncollected")).text
    assert (await site.client.get("/-/to-collect?comparison=nothing")).status_code == 404
