"""Amounts: numbers, sums, conditions and measures as readers see them in Chinese."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def number(value: float) -> str:
    """A number with thousands separators and without trailing zeros.

    >>> number(30000000.0), number(0.125)
    ('30,000,000', '0.125')
    """
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def amount(value: float | None, unit: str | None) -> str:
    """A quantity for a headline, with large sums in 万元 (10⁴ yuan) and 亿元 (10⁸ yuan).

    >>> amount(30000000.0, "元"), amount(15.0, "日"), amount(None, "元")
    ('3,000万元', '15日', '—')
    """
    if value is None:
        return "—"
    if unit == "元" and abs(value) >= 100_000_000:
        return f"{number(value / 100_000_000)}亿元"
    if unit == "元" and abs(value) >= 10_000:
        return f"{number(value / 10_000)}万元"
    return f"{number(value)}{unit or ''}"


def requirement(condition: dict[str, Any]) -> str:
    """The value of a condition or a deadline with its operator.

    >>> requirement({"operator": "≥", "value_min": 7.0, "value_max": None, "unit": "年"})
    '≥ 7年'
    >>> requirement({"operator": "之间", "value_min": 18.0, "value_max": 60.0, "unit": "周岁"})
    '18周岁 至 60周岁'
    """
    low, high = condition["value_min"], condition["value_max"]
    sizes = [amount(value, condition["unit"]) for value in (low, high) if value is not None]
    if condition["operator"] == "之间":
        return " 至 ".join(sizes)
    return f"{condition['operator']} {sizes[0]}"


def reading(measure: dict[str, Any], word: Callable[[str, str], str]) -> str:
    """A quantity as the machine read it: size, role, base, denominator, member of a list.

    Args:
        measure: a row of measures.
        word: the label of a code in a column; see `labels.Labels.word`.

    >>> award = {"min": None, "max": 3e7, "unit": "元", "bound": "at_most", "role": "award",
    ...          "base": None, "per": None, "of": None}
    >>> reading(award, {"award": "奖补"}.get)
    '最高 30,000,000 元 · 奖补'
    """
    low, high, unit = measure["min"], measure["max"], measure["unit"]
    if measure["bound"] == "range" and low is not None and high is not None:
        size = f"{number(low)}–{number(high)} {unit}"
    elif measure["bound"] == "at_least" and low is not None:
        size = f"至少 {number(low)} {unit}"
    else:
        value = high if high is not None else low
        most = "最高 " if measure["bound"] == "at_most" else ""
        size = f"{most}{number(value)} {unit}" if value is not None else unit
    base = f"以{measure['base']}为基数" if measure["base"] else None
    role = word(measure["role"], "role") if measure["role"] != "other" else None
    parts = [size, role, base, measure["per"], measure["of"]]
    return " · ".join(part for part in parts if part)


def times(ratio: float) -> str:
    """A ratio with one decimal, rounded half up, as headlines give it.

    >>> times(3.25), times(10.0), times(1.04)
    ('3.3', '10', '1.04')
    """
    digits = "0.1" if ratio >= 1.1 else "0.01"
    return number(float(Decimal(repr(ratio)).quantize(Decimal(digits), ROUND_HALF_UP)))


def spread(gap: dict[str, Any]) -> str:
    """How far two values are apart, as headlines say it; "" where they are not compared.

    Args:
        gap: ratio, and of its first point unit, value_a and value_b.

    >>> spread({"ratio": 7.125, "unit": "元", "value_a": 8.55, "value_b": 1.2})
    '7.1 倍'
    >>> spread({"ratio": 1.08, "unit": "%", "value_a": 92.0, "value_b": 85.0})
    '差 7 个百分点'
    >>> spread({"ratio": 1.125, "unit": "元", "value_a": 9.0, "value_b": 8.0})
    '差 13%'
    """
    ratio, values = gap["ratio"], (gap["value_a"], gap["value_b"])
    if not ratio:
        return ""
    if ratio >= 2:
        return f"{times(ratio)} 倍"
    if gap["unit"] == "%" and None not in values:
        return f"差 {number(round(abs(values[0] - values[1]), 4))} 个百分点"
    more = Decimal(repr((ratio - 1) * 100))
    return (
        f"差 {number(float(more.quantize(Decimal('1' if more >= 1 else '0.1'), ROUND_HALF_UP)))}%"
    )


def rest(sentence: str, matter: str) -> str:
    """A sentence of a gap without the name of its matter, which stands before it as a link.

    >>> rest("奖补上限：上海市20万元。", "奖补上限"), rest("奖补上限（国际）：上海市20万元。", "奖补上限")
    ('：上海市20万元。', '（国际）：上海市20万元。')
    """
    return sentence.removeprefix(matter)


def short(region: str) -> str:
    """The name of a region as a sentence calls it.

    >>> short("上海市"), short("海盐县"), short("临港新片区"), short("国家")
    ('上海', '海盐', '临港新片区', '国家')
    """
    return region[:-1] if len(region) == 3 and region[-1] in "省市县区" else region


def told(headline: str, matter: str) -> str:
    """A gap's headline where the name of its matter stands before it; a tier in brackets stays.

    >>> told("奖补上限：上海市20万元。", "奖补上限"), told("奖补上限（国际）：上海市20万元。", "奖补上限")
    ('上海市20万元。', '（国际）上海市20万元。')
    """
    rest = headline.removeprefix(matter)
    return rest.replace("）：", "）", 1) if rest.startswith("（") else rest.removeprefix("：")
