"""Severity: bounded, growing with the ratio, the product of its factors."""

from dataclasses import replace

from pipeline.core.records import Measure
from pipeline.gaps import severity
from pipeline.gaps.comparison import quantity_comparison

CAP = Measure(
    "m", "c", "money", "award", None, 3e7, "元", "at_most", None, None, None, "最高3000万元", 0, 9
)


def only(a: Measure, b: Measure) -> quantity_comparison.Contrast:
    (found,) = quantity_comparison.whole([a], [b])
    return found


def test_a_size_grows_with_the_ratio_and_is_bounded():
    sizes = [
        severity.size(only(replace(CAP, max=size), replace(CAP, max=100.0)))
        for size in (101, 200, 1e3, 1e4, 1e9)
    ]
    assert sizes == sorted(sizes) and sizes[-1] == 1.0 and sizes[0] > 0.29


def test_a_side_of_zero_has_no_ratio():
    pair = only(CAP, replace(CAP, min=0.0, max=0.0))
    assert pair.ratio is None and severity.size(pair) == 0.9


def test_a_severity_is_the_product_of_its_factors_and_falls_with_doubt():
    sure, doubtful = (severity.factors(1.0, "amount", "企业", c) for c in (1.0, 0.2))
    assert severity.severity(sure) == 1.0 and severity.severity(doubtful) == 0.6
    later = severity.factors(1.0, "amount", "企业", 1.0, doubtful=True)
    assert severity.severity(later) == 0.7
