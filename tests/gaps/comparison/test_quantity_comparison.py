"""Which quantities may be held against each other, and whom a difference favours."""

from dataclasses import replace

import pytest

from pipeline.core.records import Measure
from pipeline.gaps import severity
from pipeline.gaps.comparison import quantity_comparison

CAP = Measure(
    "m", "c", "money", "award", None, 3e7, "元", "at_most", None, None, None, "最高3000万元", 0, 9
)
FIXED = replace(CAP, measure_id="n", min=2e5, max=2e5, bound="exact", quote="20万元")
RATE = replace(
    CAP, kind="percent", unit="%", min=30.0, max=30.0, bound="exact", base="销售合同额", quote="30%"
)


def only(a: Measure, b: Measure) -> quantity_comparison.Contrast:
    (found,) = quantity_comparison.whole([a], [b])
    return found


def test_a_cap_and_a_fixed_sum_are_compared_by_their_upper_ends():
    pair = only(CAP, FIXED)
    assert (pair.ratio, pair.basis, quantity_comparison.favours(pair)) == (
        150.0,
        "upper_end",
        "baseline",
    )


@pytest.mark.parametrize(
    "a, b, why",
    [
        (CAP, replace(FIXED, unit="美元"), "元 and 美元"),
        (CAP, replace(FIXED, per="人"), "a sum and a sum per person"),
        (replace(CAP, per="人"), replace(FIXED, per="户"), "per person and per family"),
        (RATE, FIXED, "a rate and an amount"),
        (RATE, replace(RATE, base="新增投资", quote="10%"), "rates of different bases"),
        (RATE, replace(RATE, base=None, quote="10%"), "a rate whose base is not told"),
        (CAP, replace(FIXED, bound="at_least"), "the most and the least"),
    ],
)
def test_unlike_quantities_are_listed_and_never_divided(a, b, why):
    pair = only(a, b)
    assert (pair.basis, pair.values, pair.ratio) == ("told", None, None), why
    assert quantity_comparison.favours(pair) == "unclear" and not pair.equal


@pytest.mark.parametrize("base", ["合同额", "产品销售合同额", "销售合同额"])
def test_one_base_in_other_words_is_one_base(base):
    assert only(RATE, replace(RATE, base=base, max=10.0, min=10.0)).basis == "like"


@pytest.mark.parametrize("base", ["新增投资", "违法所得", "营业收入"])
def test_another_base_is_another(base):
    assert only(RATE, replace(RATE, base=base)).basis == "told"


def test_another_role_is_another_matter():
    assert quantity_comparison.whole([CAP], [replace(FIXED, role="fine")]) == []


@pytest.mark.parametrize(
    "role, favoured",
    [("award", "baseline"), ("points", "baseline"), ("fee", "target"), ("fine", "target"),
     ("price", "target"), ("deadline", "unclear"), ("limit", "unclear"), ("threshold", "unclear")],
)  # fmt: skip
def test_more_favours_whom(role, favoured):
    assert (
        quantity_comparison.favours(only(replace(CAP, role=role), replace(FIXED, role=role)))
        == favoured
    )


def test_points_taken_away_favour_who_loses_fewer():
    more, less = (
        replace(CAP, role="points", quote="扣150分"),
        replace(FIXED, role="points", quote="扣50分"),
    )
    assert quantity_comparison.favours(only(more, less)) == "target"


def test_caps_are_never_summed_the_highest_tier_is_compared():
    (pair,) = quantity_comparison.whole([CAP, replace(CAP, max=1e7)], [FIXED])
    assert pair.values[0] == 3e7 and pair.several


def test_one_sum_against_tiers_is_told_as_such_and_unclear_where_the_lowest_turns_it():
    """8000元 against 5000元, or 1万元 with three people employed."""
    single, low, high = (replace(FIXED, measure_id=str(v), max=v, min=v) for v in (8e3, 5e3, 1e4))
    (pair,) = quantity_comparison.whole([single], [low, high])
    assert (pair.basis, pair.values, quantity_comparison.favours(pair)) == (
        "upper_end",
        (8e3, 1e4),
        "unclear",
    )
    (clear,) = quantity_comparison.whole([replace(single, max=4e3, min=4e3)], [low, high])
    assert quantity_comparison.favours(clear) == "target"


def test_lists_are_paired_by_position_and_refused_where_the_counts_differ():
    three = [replace(FIXED, max=v, min=v) for v in (200.0, 100.0, 50.0)]
    two = [replace(FIXED, max=v, min=v) for v in (100.0, 80.0)]
    values = [pair.values for pair in quantity_comparison.whole(three, three[::-1])]
    assert values == [(200.0, 50.0), (100.0, 100.0), (50.0, 200.0)]
    assert quantity_comparison.whole(three, two) == []


def test_of_two_articles_only_what_is_near_is_compared_and_each_quantity_once():
    ours = [
        replace(FIXED, measure_id=f"a{i}", start=i, max=v, min=v) for i, v in enumerate((5.0, 7.0))
    ]
    theirs = [
        replace(FIXED, measure_id=f"b{i}", start=i, max=v, min=v) for i, v in enumerate((6.0, 9.0))
    ]
    near = {("a0", "b0"): 0.9, ("a0", "b1"): 0.8, ("a1", "b0"): 0.85, ("a1", "b1"): 0.3}
    found = quantity_comparison.among(
        ours, theirs, lambda a, b: near[a.measure_id, b.measure_id], 0.6
    )
    assert [(p.a.measure_id, p.b.measure_id) for p in found] == [("a0", "b0")]


def test_what_is_the_same_on_both_sides_is_paired_first():
    half, thirds = (replace(FIXED, measure_id=f"a{v}", max=v, min=v) for v in (50.0, 66.6667))
    others = [replace(m, measure_id="b" + m.measure_id) for m in (half, thirds)]
    found = quantity_comparison.among(
        [thirds], others, lambda a, b: 0.9 if b.max == 50.0 else 0.5, 0.6
    )
    assert [pair.equal for pair in found] == [True]


def test_thresholds_of_tiers_are_no_differences():
    tiers = [replace(FIXED, measure_id=f"t{v}", role="threshold", max=None, min=v, bound="at_least")
             for v in (300.0, 1000.0, 5000.0)]  # fmt: skip
    assert (
        quantity_comparison.among(
            tiers, [replace(tiers[0], measure_id="o", min=100.0)], lambda _a, _b: 1.0, 0.6
        )
        == []
    )


def test_equal_quantities_are_equivalent_and_weigh_nothing():
    pair = only(CAP, CAP)
    assert (
        quantity_comparison.kind(pair),
        severity.size(pair),
        quantity_comparison.favours(pair),
    ) == (
        "equivalent",
        0.0,
        "neutral",
    )


def test_two_ranges_with_one_upper_end_differ_by_the_lower():
    wide = replace(CAP, role="fine", min=1e3, max=5e4, bound="range")
    pair = only(wide, replace(wide, min=5e3))
    assert pair.values == (1e3, 5e3) and not pair.equal


@pytest.mark.parametrize("bound, favoured", [("at_most", "baseline"), ("at_least", "target")])
def test_a_lower_floor_and_a_higher_ceiling_are_easier_to_meet(bound, favoured):
    a, b = (replace(CAP, role="threshold", min=v, max=v, bound=bound) for v in (5.0, 2.0))
    assert quantity_comparison.favours(only(a, b)) == favoured


def test_less_waiting_is_better_only_where_an_authority_must_act():
    pair = only(replace(CAP, role="deadline"), replace(FIXED, role="deadline"))
    assert (quantity_comparison.favours(pair), quantity_comparison.favours(pair, waiting=True)) == (
        "unclear",
        "target",
    )
