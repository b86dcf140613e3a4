"""Laws of gaps that hold for any rules: one row, mirrored sides, no third place, no order, one tier."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.core.gap_records import Absence
from support.matters import (
    BACK,
    CITY,
    COUNTY,
    EARLIER,
    NATION,
    NEWEST,
    REGIONS,
    all_gaps,
    basis,
    compared,
    matter,
    rule,
)

DAYS = st.sampled_from([EARLIER, NEWEST])
MIRROR = {"missing": "extra", "extra": "missing", "baseline": "target", "target": "baseline"}
ENDS = st.sampled_from(
    [(None, None), ("2016", "expired"), ("2019-05", "repealed"), ("2022-01-31", "successor")]
)


@st.composite
def sets_of_rules(draw, regions=tuple(r for r in REGIONS if r != "外江省")):
    """Rules of which no two have one region and tier, as the coding demands of one day."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(regions), st.sampled_from([None, "甲", "乙"])),
            unique=True, min_size=1, max_size=8,
        )
    )  # fmt: skip
    rules = []
    for count, (region, tier) in enumerate(keys):
        until, ended = draw(ENDS)
        rules.append(
            rule(
                region,
                draw(st.sampled_from([0.0, 1.0, 2.5, 20.0, 3000.0])),
                f"f-{region}-{tier}",
                tier=tier,
                in_force_from=draw(st.sampled_from([None, "2010", "2018-07", "2021-03-01"])),
                in_force_to=until,
                ended=ended,
                bound=draw(st.sampled_from(["exact", "at_most", "range"])),
                clause_id=f"d-{count}__f",
            )
        )
    return rules


@st.composite
def matters(draw):
    absent = draw(st.lists(st.sampled_from(["东海市", "南河市"]), unique=True))
    return matter(
        better=draw(st.sampled_from(["more", "less", "none"])),
        compare=draw(st.sampled_from(["like", "upper_end", "told", "same"])),
        inside=draw(st.sampled_from(["compare", "mention"])),
        lead=draw(st.sampled_from([None, "甲"])),
        absences=[Absence(region, None, None, "said_so", "f") for region in absent],
    )


@given(matters(), sets_of_rules(), DAYS, st.sampled_from([CITY, COUNTY]))
def test_a_comparison_has_one_gap_a_matter_and_day(what, rules, day, comparison):
    other = replace(what, matter_id="bie")
    found = all_gaps(basis([what, other], rules), comparison, day)
    assert len({(gap.comparison_id, gap.matter_id, gap.as_of) for gap in found}) == len(found)
    assert len({gap.gap_id for gap in found}) == len(found)
    assert len({gap.matter_id for gap in found}) in (0, 2)


@given(matters(), sets_of_rules(), DAYS)
def test_swapping_the_sides_mirrors_outcome_and_direction_and_keeps_the_ratio(what, rules, day):
    there, back = compared(what, rules, day, CITY), compared(what, rules, day, BACK)
    assert len(there) == len(back)
    for one, other in zip(there, back, strict=True):
        assert other.outcome == MIRROR.get(one.outcome, one.outcome)
        assert other.favours == MIRROR.get(one.favours, one.favours)
        assert (other.ratio, other.grade, other.importance) == (
            one.ratio,
            one.grade,
            one.importance,
        )
        swapped = {(p.tier, p.value_b, p.value_a, p.ratio, p.basis) for p in other.points}
        assert swapped == {(p.tier, p.value_a, p.value_b, p.ratio, p.basis) for p in one.points}


@given(matters(), sets_of_rules(), sets_of_rules(("外江省",)), DAYS)
def test_a_rule_of_a_third_place_changes_nothing(what, rules, others, day):
    assert compared(what, [*others, *rules], day) == compared(what, rules, day)


@given(matters(), sets_of_rules(), st.randoms(use_true_random=False), DAYS)
def test_the_order_in_the_file_changes_no_outcome(what, rules, random, day):
    shuffled = random.sample(rules, len(rules))
    for one, other in zip(compared(what, rules, day), compared(what, shuffled, day), strict=True):
        assert other.outcome == one.outcome and other.grade == one.grade
        of = lambda gap: {(p.tier, p.value_a, p.value_b, p.relation) for p in gap.points}  # noqa: E731
        assert of(one) == of(other)
        both = {p.tier for p in one.points if None not in (p.value_a, p.value_b)}
        if len(both) < 2 or what.lead in both:  # else the first tier of the file leads
            assert (other.favours, other.ratio) == (one.favours, one.ratio)


@given(matters(), sets_of_rules(), DAYS)
def test_a_ratio_is_more_than_one_and_of_one_tier(what, rules, day):
    for gap in compared(what, rules, day):
        assert gap.ratio is None or (gap.ratio > 1 and gap.outcome == "differs")
        for point in gap.points:
            if point.ratio is not None:
                values = point.value_a, point.value_b
                assert point.ratio == max(values) / min(values) > 1
                assert point.basis in ("like", "upper_end") and what.compare in (
                    "like",
                    "upper_end",
                    "same",
                )
        if gap.ratio is not None:
            assert gap.ratio in {point.ratio for point in gap.points}


@given(matters(), sets_of_rules(), DAYS)
def test_only_a_known_absence_is_an_absence_and_only_a_rule_that_is_over_has_lapsed(
    what, rules, day
):
    for gap in compared(what, rules, day):
        in_force = {
            side: [level for of, _, _, level, now in gap.rules if of == side and now]
            for side in "ab"
        }
        if gap.outcome in ("missing", "extra"):
            having, lacking = ("a", "b") if gap.outcome == "missing" else ("b", "a")
            assert in_force[having] and not {"own", "upper", "national"} & {*in_force[lacking]}
            place = CITY.target_region if lacking == "b" else CITY.baseline_region
            assert place in {absence.region_id for absence in what.absences}
        if gap.outcome == "lapsed":
            assert any(not now and level != "inside" for *_, level, now in gap.rules)
        if gap.outcome == "national":
            assert "own" not in in_force["a"] + in_force["b"]


@given(sets_of_rules(("东海市", "南河市", "西山省", NATION)), DAYS)
def test_every_point_quotes_each_side_that_it_speaks_of(rules, day):
    for gap in compared(matter(), rules, day):
        assume(gap.points)
        for point in gap.points:
            sides = {side for side, *_ in point.quotes}
            told = {"differs": {"a", "b"}, "same": {"a", "b"}, "only_a": {"a"}, "only_b": {"b"}}
            assert sides == told[point.relation]
