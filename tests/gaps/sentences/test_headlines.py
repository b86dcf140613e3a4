"""Headlines: both values with units and years, and 没有 only where an absence is known."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import labels
from pipeline.core.gap_records import Absence
from pipeline.gaps.basis import AbsenceSource, Search
from pipeline.gaps.sentences import wording
from support.matters import (
    COUNTY,
    EARLIER,
    NATION,
    NEWEST,
    all_gaps,
    basis,
    compared,
    matter,
    rule,
)

A, B = rule("东海市", 3000.0, "f-1", bound="at_most", value_min=None), rule("南河市", 20.0, "f-2")
GONE = Absence("南河市", None, None, "closed_list", "f-9")


def headline(what, *rules, **options) -> str:
    (gap,) = compared(what, list(rules), **options)
    return gap.headline


def test_a_difference_tells_both_values_and_how_many_times_and_that_upper_ends_are_compared():
    said = headline(matter(), A, B)
    assert said == (
        "某项补贴：东海市至多3000万元（2010年起），南河市20万元（2010年起）；"
        "以上限计，东海市是南河市的150倍。"
    )


@pytest.mark.parametrize(
    "a, b, unit, said",
    [
        (30.0, 20.0, "万元", "东海市比南河市高50%"),
        (20.0, 30.0, "万元", "南河市比东海市高50%"),
        (30.0, 20.0, "年", "东海市比南河市多50%"),
        (50.0, 20.0, "万元", "东海市是南河市的2.5倍"),
        (1.001, 1.0, "元", "东海市比南河市高0.1%"),
        (0.0, 20.0, "元", "一方为0，不作倍数比较"),
    ],
)
def test_how_much_more_is_said_in_words_that_fit(a, b, unit, said):
    rules = [rule("东海市", a, "f-1", unit=unit), rule("南河市", b, "f-2", unit=unit)]
    assert said in headline(matter(unit=unit), *rules)


def test_other_bases_are_told_side_by_side_without_times():
    said = headline(matter(compare="told"), A, B)
    assert "3000万元" in said and "20万元" in said
    assert "口径不同，不作倍数比较" in said and "倍。" not in said


def test_other_tiers_are_told_side_by_side_without_times():
    rules = [rule("东海市", 2.0, "f-1", tier="本科"), rule("南河市", 1.0, "f-2", tier="应届")]
    said = headline(matter(), *rules)
    assert (
        "本科：东海市2万元" in said
        and "应届：南河市1万元" in said
        and "倍" not in said.replace("不作倍数", "")
    )


def test_the_only_tier_stands_with_the_name():
    rules = [rule("东海市", 9.0, "f-1", tier="博士"), rule("南河市", 3.0, "f-2", tier="博士")]
    assert headline(matter(), *rules).startswith("某项补贴（博士）：东海市9万元")


def test_a_rule_of_a_level_above_is_called_by_its_place():
    said = headline(matter(), A, rule("西山省", 200.0, "f-2"))
    assert "西山省200万元（南河市适用" in said
    assert "国家规定200万元" in headline(matter(), A, rule(NATION, 200.0, "f-2"))


@pytest.mark.parametrize(
    "grade, said",
    [("press", "据新闻报道"), ("secondary", "据二手资料"), ("mirror", None), ("official", None)],
)
def test_a_weak_source_is_said(grade, said):
    told = headline(matter(), A, rule("南河市", 20.0, "f-2", source_grade=grade))
    assert said in told if said else "据" not in told


def test_a_known_absence_is_said_with_the_text_that_it_rests_on():
    said = headline(matter(absences=[GONE]), A)
    why = labels.of("gap_grade", "closed_list").in_summary.format(title="某清单")
    assert f"南河市没有这一规定（{why}）" in said and "某清单" in said


def test_of_an_absence_that_rests_on_a_search_only_that_it_found_nothing():
    base = basis(
        [matter(absences=[GONE])], [A], sources={"f-9": AbsenceSource("search", "high", "某数据库")}
    )
    (gap,) = all_gaps(base)
    assert "南河市未见这一规定（查找记录：某数据库）" in gap.headline and "没有" not in gap.headline


def test_a_rule_that_is_over_is_told_with_its_end():
    over = rule("南河市", 20.0, "f-2", in_force_to="2020-06", ended="expired")
    said = headline(matter(), A, over)
    assert "至多3000万元" in said and "20万元" in said and "2020年6月" in said


def test_a_side_is_named_where_a_rule_above_it_is_over_and_nobody_read_where_it_held():
    above = rule("西山省", 20.0, "f-2", in_force_to="2022", note="省级奖补，适用地区未读到")
    said = headline(matter(), A, above)
    assert "西山省20万元" in said and "2022年到期" in said and "（南河市本级" in said


def test_counties_are_told_as_counties():
    said = headline(matter(), A, rule("北溪县", 20.0, "f-2"))
    assert "北溪县" in said and "20万元" in said and "南河市本级" in said


def test_tiers_beyond_three_are_counted_not_listed():
    rules = [rule(region, float(n), f"f-{region}-{n}", tier=f"第{n}档")
             for region in ("东海市", "南河市") for n in range(1, 6)]  # fmt: skip
    rules = [r if r.region_id == "东海市" else rule("南河市", r.value + 1, r.rule_id, tier=r.tier) for r in rules]  # fmt: skip
    said = headline(matter(), *rules)
    assert "第3档" in said and "第4档" not in said and "等5项" in said


VALUES = st.sampled_from([0.0, 0.0663, 1.5, 20.0, 3000.0])
PLACES = st.sampled_from(["东海市", "南河市", "西山省", "北溪县", NATION])


@given(st.lists(st.tuples(PLACES, VALUES), min_size=1, max_size=4, unique_by=lambda each: each[0]),
       st.sampled_from(["like", "told"]), st.booleans(), st.sampled_from([EARLIER, NEWEST]))  # fmt: skip
def test_every_headline_tells_the_values_that_it_rests_on_and_denies_nothing_unknown(
    places, compare, is_absent, day
):
    rules = [rule(place, value, f"f-{place}") for place, value in places]
    what = matter(compare=compare, absences=[GONE] if is_absent else [])
    for comparison in (None, COUNTY):
        for gap in compared(what, rules, day, *([comparison] if comparison else [])):
            assert gap.headline.startswith("某项补贴：") and gap.headline.endswith("。")
            assert ("没有" in gap.headline) == (gap.outcome in ("missing", "extra"))
            values = {v for p in gap.points for v in (p.value_a, p.value_b) if v is not None}
            for value in values:
                assert wording.quantity(value, "万元") in gap.headline
            for point in gap.points:
                assert point.sentence.endswith("。") and "没有" not in point.sentence


@given(VALUES, VALUES)
def test_a_headline_has_no_times_that_its_row_has_not(a, b):
    (gap,) = compared(matter(), [rule("东海市", a, "f-1"), rule("南河市", b, "f-2")])
    told = re.findall(r"的([\d.]+)倍", gap.headline)
    assert told == ([wording.number(round(gap.ratio, 1))] if gap.ratio and gap.ratio >= 2 else [])


def test_a_side_that_is_not_known_is_searched_or_still_to_collect_never_absent():
    said = headline(matter(), A)
    assert "南河市待收集" in said and "没有" not in said
    said = headline(matter(), A, searched=("南河市",))
    assert "南河市查过未查得" in said and "没有" not in said


def test_a_search_of_the_province_is_not_told_as_one_of_the_city():
    said = headline(matter(), A, searched=("西山省",))
    assert "南河市待收集，西山省查过未查得" in said and "没有" not in said


@pytest.mark.parametrize("day, said", [(EARLIER, "南河市待收集"), (NEWEST, "南河市查过未查得")])
def test_what_was_looked_for_from_a_later_year_on_does_not_answer_for_a_day_before(day, said):
    searches = {"shi": [Search("南河市", "2022")]}
    (gap,) = all_gaps(basis([matter()], [A], searches=searches), day=day)
    assert said in gap.headline


def test_how_many_times_names_the_level_whose_value_it_is():
    said = headline(matter(), A, rule("西山省", 20.0, "f-2"))
    assert "以上限计，东海市是西山省的150倍" in said


def test_one_rule_of_both_sides_is_told_once():
    joint = rule("东海市", 3.0, "f-1", regions=["南河市"])
    assert (
        headline(matter(), joint)
        == "某项补贴：东海市3万元（2010年起），东海市与南河市适用同一规定。"
    )


@pytest.mark.parametrize("note", ["市级奖补，适用地区未读到", "市级奖补，县（市）是否适用未读到"])
def test_where_nobody_read_in_which_places_a_rule_holds_it_is_not_told_that_it_does(note):
    upper = rule("西山省", 3.0, "f-1", note=note)
    said = headline(matter(), upper, rule("东海市", 5.0, "f-2"))
    assert "南河市适用" not in said and note in said
    joint = rule("东海市", 3.0, "f-1", regions=["南河市"], note=note)
    assert headline(matter(), joint) == f"某项补贴：东海市3万元（2010年起，{note}）。"


def test_which_amended_text_was_read_is_told_once():
    note = "工资照发；所读为2010年修正本第二条"
    said = headline(matter(), rule("东海市", 3.0, "f-1", note=note))
    assert "东海市3万元（工资照发，所读为2010年修正本第二条）" in said


def test_a_further_tier_tells_what_is_not_as_in_the_first():
    first = rule("东海市", 3.0, "f-1", tier="甲", note="按月发")
    other = rule("东海市", 2.0, "f-2", tier="乙", note="按月发；限本地户籍", in_force_from="2023")
    said = headline(matter(), first, other, rule("南河市", 1.0, "f-3", tier="丙"))
    assert "甲：东海市3万元（2010年起，按月发）；乙：东海市2万元（2023年起，限本地户籍）" in said


def test_a_repeal_that_lifts_a_restriction_is_not_told_as_a_loss():
    over = rule(
        "南河市",
        3.0,
        "f-2",
        in_force_to="2023-07-21",
        ended="repealed",
        note="2023年7月取消落户限制",
    )
    assert "2023年7月起取消限制" in headline(matter(), A, over)


def test_a_repeal_is_told_with_the_last_day_of_the_rule():
    over = rule("南河市", 3.0, "f-2", in_force_to="2025-11-30", ended="repealed")
    assert "2025年11月止，其后废止" in headline(matter(), A, over)


def test_equal_figures_on_other_bases_are_not_said_to_differ_in_number():
    said = headline(matter(compare="told"), rule("东海市", 3.0, "f-1"), rule("南河市", 3.0, "f-2"))
    assert said.endswith("数额相同，口径不同。")


def test_two_yes_are_told_as_both_having_it():
    rules = [rule("东海市", None, "f-1", answer="有"), rule("南河市", None, "f-2", answer="有")]
    assert headline(matter(kind="yes_no", unit=None), *rules).endswith("两地都有这一规定。")


def test_what_was_in_force_once_says_so_once():
    over = rule(
        "南河市", 3.0, "f-2", ended="expired", note="历史版本，年份未读到", in_force_from=None
    )
    assert headline(matter(), A, over).count("历史版本") == 1


def summary(what, *rules, **options) -> str:
    (gap,) = compared(what, list(rules), **options)
    return gap.summary


def test_the_short_sentence_tells_year_limit_and_weak_source_and_leaves_the_rest_to_the_caveats():
    note = "按合同额30%以内封顶；限规上企业"
    weak = rule("东海市", 3000.0, "f-1", in_force_from="2018-04", note=note, source_grade="press")
    (gap,) = compared(matter(), [weak, B])
    assert gap.summary == (
        "某项补贴：东海市3000万元（2018年起，限规上企业，据新闻报道），南河市20万元（2010年起）；"
        "东海市是南河市的150倍。"
    )
    assert gap.caveats == [("东海市", "按合同额30%以内封顶")]


def test_of_several_tiers_the_short_sentence_tells_the_lead_and_counts_the_others():
    rules = [
        rule(place, value, f"f-{place}{tier}", tier=tier)
        for tier, values in {"博士": (9.0, 3.0), "硕士": (4.0, 2.0)}.items()
        for place, value in zip(("东海市", "南河市"), values, strict=True)
    ]
    assert summary(matter(), *rules) == (
        "某项补贴（博士）：东海市9万元（2010年起），南河市3万元（2010年起），另有1档；东海市是南河市的3倍。"
    )


def test_a_tier_that_the_name_tells_is_not_told_twice():
    rules = [rule("东海市", 9.0, "f-1", tier="国际"), rule("南河市", 3.0, "f-2", tier="国际")]
    assert summary(matter(name="国际首台奖补"), *rules).startswith("国际首台奖补：")


def test_a_figure_of_which_no_later_year_was_found_is_of_its_year_alone():
    dated = rule("东海市", 40.0, "f-1", in_force_from="2025-07", note="2025年标准，最近可核年度")
    assert "东海市40万元（2025年），" in summary(matter(), dated, B)


def test_that_the_figures_are_of_different_years_is_said_where_no_later_one_of_the_older_was_found():
    note = "2023年标准，最近可核年度"
    older = rule("东海市", 40.0, "f-1", in_force_from="2023-07", note=note)
    newer = rule("南河市", 20.0, "f-2", in_force_from="2025-07")
    same_year = rule("南河市", 20.0, "f-2", in_force_from="2023-01")
    assert "（两侧年份不同）" in headline(matter(), older, newer)
    assert "年份不同" not in headline(matter(), older, same_year)


def test_beside_a_zero_the_short_sentence_speaks_of_no_times():
    rules = [rule("东海市", 0.0, "f-1"), rule("南河市", 20.0, "f-2")]
    assert summary(matter(), *rules).endswith("南河市20万元（2010年起）。")


def test_an_unknown_city_stands_apart_from_what_its_county_rules():
    inside = rule("北溪县", 5.0, "f-2")
    assert summary(matter(), A, inside).endswith("北溪县5万元（2010年起），南河市本级待收集。")
