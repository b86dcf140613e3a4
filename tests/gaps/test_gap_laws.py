"""Laws that every gap of the bundled corpus obeys, beside those of checks.sql."""

import itertools
import json
import math
import re

import pytest

from pipeline.core import regions
from pipeline.core.paths import DATA

MAIN = "sh-jx"


def rows(db, sql, *params):
    return db.execute(sql, params).fetchall()


def names(db, sql, *params):
    return [row[0] for row in rows(db, sql, *params)]


@pytest.fixture(scope="module")
def days(db):
    """The dates, from early to late."""
    return names(db, "select as_of from moments order by as_of")


def test_no_matter_stands_twice_in_a_comparison_on_one_day(db):
    assert (
        rows(db, "select 1 from gaps group by comparison_id, matter_id, as_of having count(*) > 1")
        == []
    )


def test_the_rows_of_the_newest_day_are_the_matters_with_a_rule_on_either_side(db, days):
    places = regions.load(DATA / "regions.toml")
    ours = (
        {"000000", "330000"} | regions.within("310000", places) | regions.within("330400", places)
    )
    with_rule = {
        row["matter_id"]
        for row in rows(db, "select matter_id, region_id, within from rules")
        if row["region_id"] in ours
        and (row["region_id"] != "330000" or row["within"] is None or ours & set(json.loads(row["within"])))
    } | set(names(db, "select matter_id from rule_regions join rules using (rule_id) where rule_regions.region_id in (select value from json_each(?))", json.dumps(sorted(ours))))  # fmt: skip
    listed = names(db, "select matter_id from gaps where comparison_id = ? and as_of = ?", MAIN, days[-1])  # fmt: skip
    later = set(names(db, "select matter_id from rules group by 1 having min(in_force_from) > ?", days[-1]))  # fmt: skip
    assert set(listed) == with_rule - later


def test_a_county_has_rows_only_where_it_has_or_had_a_rule_of_its_own(db):
    bare = names(db, """
        select gap_id from gaps g join comparisons c using (comparison_id) join regions r on r.region_id = c.target_region
        where r.level = 'county' and not exists (
            select 1 from gap_rules x where x.gap_id = g.gap_id and side = 'b' and level = 'own')""")  # fmt: skip
    assert bare == []


def test_no_row_speaks_of_a_day_before_any_rule_began(db):
    early = names(db, """
        select gap_id from gaps g where not exists (
            select 1 from gap_rules x join rules r using (rule_id)
            where x.gap_id = g.gap_id and coalesce(r.in_force_from, '') <= g.as_of)""")  # fmt: skip
    assert early == []


def test_a_rule_of_unknown_beginning_counts_on_the_newest_day_only(db, days):
    early = names(db, """
        select gap_id from gap_rules join rules using (rule_id) join gaps using (gap_id)
        where in_force_from is null and as_of < ?""", days[-1])  # fmt: skip
    assert early == []


def test_a_version_with_a_successor_is_never_what_is_missing(db):
    gone = names(db, """
        select gap_id from gaps g where outcome in ('missing', 'extra') and not exists (
            select 1 from gap_rules x where x.gap_id = g.gap_id and in_force)""")  # fmt: skip
    assert gone == []


def test_no_two_rules_of_one_place_and_tier_are_in_force_on_one_day(db):
    twice = rows(db, """
        select g.gap_id, x.region_id, r.tier from gap_rules x join gaps g using (gap_id) join rules r using (rule_id)
        where in_force group by g.gap_id, x.side, x.region_id, r.tier having count(*) > 1
        and sum(r.in_force_from is null) = 0""")  # fmt: skip
    assert [tuple(row) for row in twice] == []


def test_an_importance_is_the_product_of_the_factors_that_are_shown(db):
    for row in rows(db, "select importance, factors from gaps"):
        product = math.prod(value for _, value in json.loads(row["factors"]))
        assert row["importance"] == pytest.approx(product, abs=1e-4)


def test_what_is_equal_matters_nothing_and_favours_nobody_unless_a_person_said_so(db):
    equal = rows(
        db, "select importance, favours, ratio from gaps where outcome in ('same', 'national')"
    )
    assert equal and {row["importance"] for row in equal} == {0.0}
    assert {row["ratio"] for row in equal} == {None}


def test_a_direction_is_that_of_the_values_where_nobody_read_another(db):
    found = rows(db, """
        select g.gap_id, g.favours, m.better, p.value_a, p.value_b from gaps g join matters m using (matter_id)
        join gap_points p using (gap_id)
        where g.ratio is not null and p.ratio = g.ratio and p.weight = 3 and m.better <> 'none'
        and m.favours = '{}'""")  # fmt: skip
    assert len(found) > 50
    assert [
        row["gap_id"] for row in found
        if row["favours"] != ("baseline" if (row["value_a"] > row["value_b"]) == (row["better"] == "more") else "target")
    ] == []  # fmt: skip


def test_no_sentence_denies_what_is_only_not_found(db):
    """The answers and names of matters may say 没有 themselves; the sentence around them may not."""
    denying = re.compile(r"(上海市|嘉兴市|浙江省|县|区)(本级)?(没有|无此|不存在)")
    told = rows(db, "select gap_id, outcome, headline from gaps")
    assert [
        row["gap_id"] for row in told
        if row["outcome"] not in ("missing", "extra") and denying.search(row["headline"])
    ] == []  # fmt: skip


def test_an_absence_names_what_it_rests_on(db):
    """A source that says so, or a list or text read whole; of a search only that it found nothing."""
    told = rows(db, "select gap_id, headline from gaps where outcome in ('missing', 'extra')")
    why = r"(?:没有这一规定（.+）|未见这一规定（查找记录：.+）)"
    said = re.compile(rf"{why}(?:，.+(?:有规定|适用他地的规定))?。")
    assert told and [row["gap_id"] for row in told if not said.search(row["headline"])] == []


def test_a_headline_tells_the_values_of_the_lead_tier(db):
    points = rows(db, """
        select p.*, g.headline from gap_points p join gaps g using (gap_id)
        where g.ratio is not null and p.ratio = g.ratio and weight = 3""")  # fmt: skip
    assert points
    for row in points:
        for value in (row["value_a"], row["value_b"]):
            assert f"{value:.10g}" in row["headline"], row["gap_id"]


def test_a_quote_is_a_whole_sentence(db):
    """A rule's quote stops at the end of a sentence, of the clause, or before the condition that follows."""
    for row in rows(
        db,
        "select rule_id, quote, rules.end, clauses.text from rules join clauses using (clause_id)",
    ):
        rest = row["text"][row["end"] :].strip()
        assert row["quote"][-1] in "。！？" or rest == "" or rest.startswith("（条件"), row[
            "rule_id"
        ]


def test_ids_of_the_newest_date_bear_no_date_and_name_the_matter(db, days):
    for row in rows(db, "select gap_id, comparison_id, matter_id, as_of from gaps"):
        parts = row["gap_id"].split("__")
        assert parts[0] == row["comparison_id"] and parts[-1] == row["matter_id"]
        assert len(parts) == (2 if row["as_of"] == days[-1] else 3)


def test_a_change_stands_between_two_following_dates_and_its_rule_lies_between(db, days):
    steps = set(itertools.pairwise(days))
    for row in rows(
        db,
        """
        select c.*, r.in_force_from, r.in_force_to from gap_changes c left join rules r using (rule_id)""",
    ):
        assert (row["from_date"], row["to_date"]) in steps
        if row["change"] in ("unchanged", "collected"):
            assert row["rule_id"] is None
        elif row["rule_id"]:
            began, ended = row["in_force_from"] or "", row["in_force_to"] or ""
            assert any(
                row["from_date"][: len(d)] <= d <= row["to_date"] for d in (began, ended) if d
            )


def test_a_department_is_one_body_and_never_a_government_as_such(db):
    found = names(db, "select department_a from gaps union select department_b from gaps")
    assert [
        name
        for name in found
        if name and (re.search("[、，；]", name) or name.endswith("人民政府"))
    ] == []


def test_a_short_sentence_says_nothing_that_the_headline_does_not(db):
    told = rows(db, "select gap_id, summary, headline from gaps")
    longer = [row["gap_id"] for row in told if len(row["summary"]) > len(row["headline"])]
    assert told and longer == []
    figure = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)\d+(?:\.\d+)?(?!档)")
    for row in told:
        shown = set(figure.findall(row["summary"])) - set(figure.findall(row["headline"]))
        assert not shown, (row["gap_id"], shown)


def test_a_short_sentence_denies_only_what_its_headline_denies_and_an_unknown_side_stays_unknown(
    db,
):
    unknown = re.compile("查过未查得|待收集|没有这一规定|未见这一规定")
    for row in rows(db, "select gap_id, summary, headline from gaps"):
        assert unknown.findall(row["summary"]) == unknown.findall(row["headline"]), row["gap_id"]
