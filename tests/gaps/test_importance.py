"""Importance: bounded, the product of its factors, growing with reach and ratio."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gaps import importance, outcomes
from pipeline.gaps.contrasts import LIKE, Contrast
from support.matters import compared, matter, rule


def of(ratio=2.0, certainty=1.0, **fields) -> float:
    what = matter(**fields)
    size = importance.size(what, outcomes.DIFFERS, Contrast(ratio, 1.0, LIKE))
    return importance.importance(importance.factors(what, size, certainty))


RATIOS = st.floats(1.0, 1e6)


@given(RATIOS, RATIOS)
def test_it_grows_with_the_ratio(one, other):
    low, high = sorted((one, other))
    assert 0 < of(low) <= of(high) <= 1


@given(RATIOS, st.integers(1, 4))
def test_it_grows_with_the_reach(ratio, reach):
    assert of(ratio, reach=reach) < of(ratio, reach=reach + 1)


@given(RATIOS, st.floats(0.1, 1.0), st.floats(0.1, 1.0))
def test_it_grows_with_the_certainty(ratio, one, other):
    low, high = sorted((one, other))
    assert of(ratio, low) <= of(ratio, high)


def test_what_the_city_can_change_weighs_most_and_the_nations_least():
    city, county, province, nation = (
        of(decided_by=[level]) for level in ("市", "县", "省", "国家")
    )
    assert city == county > province > nation
    assert of(decided_by=["国家", "省", "市"]) == city


def test_a_zero_is_large_and_not_without_end():
    what = matter()
    zero = importance.size(what, outcomes.DIFFERS, Contrast(0.0, 5.0, LIKE))
    slight, tenfold = (importance.size(what, outcomes.DIFFERS, Contrast(times, 1.0, LIKE)) for times in (1.01, 10.0))  # fmt: skip
    assert slight < zero < tenfold == 1.0
    assert importance.size(what, outcomes.DIFFERS, Contrast(1e9, 1.0, LIKE)) == tenfold


@pytest.mark.parametrize("outcome", ["same", "national"])
def test_where_nothing_differs_nothing_matters(outcome):
    assert importance.size(matter(), outcome, None) == 0


def test_a_known_absence_outweighs_what_nobody_collected():
    missing, extra, lapsed, unknown = (importance.size(matter(), outcome, None)
                                       for outcome in ("missing", "extra", "lapsed", "uncollected"))  # fmt: skip
    assert missing == extra > lapsed >= unknown > 0


@pytest.mark.parametrize("outcome", ["differs", "missing", "extra", "lapsed", "uncollected"])
def test_what_is_better_for_nobody_weighs_less(outcome):
    assert importance.size(matter(better="none"), outcome, None) < importance.size(
        matter(), outcome, None
    )


def test_a_gap_shows_the_factors_whose_product_it_is():
    weak = rule("南河市", 1.0, "f-2", source_grade="press", confidence="medium")
    (gap,) = compared(matter(), [rule("东海市", 10.0), weak])
    (sure,) = compared(matter(), [rule("东海市", 10.0), rule("南河市", 1.0, "f-2")])
    assert [name for name, _ in gap.factors] == list(importance.NAMES)
    assert gap.importance == pytest.approx(math.prod(value for _, value in gap.factors), abs=1e-4)
    assert gap.importance < sure.importance and gap.confidence < sure.confidence == 1.0
