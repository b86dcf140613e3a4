"""Which quantities may be held against each other, and whom a difference favours."""

from dataclasses import replace

import pytest

from pipeline import contrasts
from pipeline.records import Measure

CAP = Measure(
    "m", "c", "money", "award", None, 3e7, "元", "at_most", None, None, None, "最高3000万元", 0, 9
)
FIXED = replace(CAP, min=2e5, max=2e5, bound="exact", quote="20万元")


def only(a: Measure, b: Measure) -> contrasts.Contrast:
    (found,) = contrasts.contrasts([a], [b])
    return found


def test_a_cap_against_a_fixed_sum_is_compared_and_told():
    pair = only(CAP, FIXED)
    assert (pair.ratio, pair.like_bounds, contrasts.favours(pair)) == (150.0, False, "baseline")


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "percent", "unit": "%"},
        {"unit": "美元"},
        {"role": "fine"},
        {"per": "人"},
        {"base": "合同额"},
    ],
)
def test_unlike_is_never_compared(changes):
    assert contrasts.contrasts([CAP], [replace(FIXED, **changes)]) == []


@pytest.mark.parametrize(
    "role, favoured",
    [("award", "baseline"), ("points", "baseline"), ("fee", "target"), ("fine", "target"),
     ("price", "target"), ("deadline", "unclear"), ("limit", "unclear"), ("threshold", "unclear")],
)  # fmt: skip
def test_more_favours_whom(role, favoured):
    assert contrasts.favours(only(replace(CAP, role=role), replace(FIXED, role=role))) == favoured


def test_points_taken_away_favour_who_loses_fewer():
    more, less = (
        replace(CAP, role="points", quote="扣150分"),
        replace(FIXED, role="points", quote="扣50分"),
    )
    assert contrasts.favours(only(more, less)) == "target"


def test_caps_are_never_summed_the_highest_tier_is_compared():
    (pair,) = contrasts.contrasts([CAP, replace(CAP, max=1e7)], [FIXED])
    assert pair.value_a == 3e7 and pair.several


def test_equal_quantities_are_equivalent_and_weigh_nothing():
    pair = only(CAP, CAP)
    assert (contrasts.kind(pair), contrasts.severity(pair), contrasts.favours(pair)) == (
        "equivalent",
        0.0,
        "neutral",
    )


def test_severity_grows_with_the_ratio_and_is_bounded():
    sizes = [
        contrasts.severity(only(replace(CAP, max=size), replace(CAP, max=100.0)))
        for size in (101, 200, 1e3, 1e4, 1e9)
    ]
    assert sizes == sorted(sizes) and sizes[-1] == 1.0 and sizes[0] > 0.29


def test_a_side_of_zero_has_no_ratio():
    pair = only(CAP, replace(FIXED, min=0.0, max=0.0))
    assert pair.ratio is None and contrasts.severity(pair) == 0.9


@pytest.mark.parametrize("bound, favoured", [("at_most", "baseline"), ("at_least", "target")])
def test_a_lower_floor_and_a_higher_ceiling_are_easier_to_meet(bound, favoured):
    a, b = (replace(CAP, role="threshold", min=v, max=v, bound=bound) for v in (5.0, 2.0))
    assert contrasts.favours(only(a, b)) == favoured


def test_less_waiting_is_better_only_where_an_authority_must_act():
    pair = only(replace(CAP, role="deadline"), replace(FIXED, role="deadline"))
    assert (contrasts.favours(pair), contrasts.favours(pair, waiting=True)) == ("unclear", "target")
