"""Coded values held against the quantities of clauses, in whatever unit either is written."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.extraction import measure_finding, measure_rules, measures
from pipeline.matters import rule_values

RULES = measure_rules.load()


def stated(value: float, unit: str | None, text: str) -> str | None:
    """What of a text states a value."""
    found = [measures.row(q, "d__art_1", n, text) for n, q in enumerate(measure_finding.find(text, RULES), 1)]  # fmt: skip
    at = rule_values.stating(value, unit, text, found)
    return at and text[at[0] : at[1]]


@pytest.mark.parametrize(
    "value, unit, text, quote",
    [
        (3000, "万元", "单项最高3000万元。", "最高3000万元"),
        (3000, "万元", "单项最高三千万元。", "最高三千万元"),
        (0.3, "亿元", "单项最高3000万元。", "最高3000万元"),
        (30, "%", "按合同额的20%至30%资助。", "20%至30%"),
        (20, "%", "按合同额的20%至30%资助。", "20%至30%"),
        (24, "月", "期限为2年。", "2年"),
        (2, "年", "期限为24个月。", "24个月"),
        (24, "小时", "1日内办结。", "1日"),
        (120, "分", "标准分值为120分。", "120分"),
        (6, None, "共有 6 类人才。", "6"),
        (200, "万元", "单项最高20万元。", None),
        (20, "万元", "单项最高20元。", None),
        (6, None, "共有 16 类、6.5 倍。", None),
    ],
)
def test_a_value_is_found_where_the_clause_states_it(value, unit, text, quote):
    found = stated(value, unit, text)
    if quote is None:
        assert found is None
    else:
        assert found is not None and (found in quote or quote in found)


@pytest.mark.parametrize(
    "unit, name, factor",
    [("万元", "元", 1e4), ("亿元", "元", 1e8), ("个月", "月", 1), ("元", "元", 1), ("%", "%", 1)],
)
def test_a_unit_of_readers_is_converted_to_that_of_measures(unit, name, factor):
    assert rule_values.normalised(unit) == (name, factor)


def test_a_unit_that_nobody_can_convert_is_told():
    with pytest.raises(
        CorpusError, match=r"zhuti.toml \[shi\]：单位 '斗' 不能换算；改法："
    ) as error:
        rule_values.check_unit("zhuti.toml [shi]", "斗")
    assert "\n" not in str(error.value)
