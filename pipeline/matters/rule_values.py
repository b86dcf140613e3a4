"""Rule values: the coded value of a rule held against the quantities that its clause states."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.core.errors import CorpusError
from pipeline.core.records import Measure
from pipeline.extraction import measure_finding, measure_rules

_COUNTERS = ("类",)  # counted things that are no unit of measures.toml
_COUNTED = {
    "个",
    "项",
    "份",
    "种",
    "所",
    "家",
    "条",
}  # words of counting that say no unit: 62项 are 62个
_ALIASES = {"度": "千瓦时"}
_TIMES = {"年": ("月", 12.0), "日": ("小时", 24.0), "小时": ("分钟", 60.0)}
_TOLERANCE = 5e-5  # of the unit: measures keep four decimals


@cache
def normalised(unit: str) -> tuple[str, float] | None:
    """The unit of the table `measures` for a unit that readers think in, and the factor to it.

    >>> normalised("万元"), normalised("个月"), normalised("个省（区、市）")
    (('元', 10000.0), ('月', 1.0), ('个', 1.0))
    """
    found = measure_finding.find(f"为7{unit}。", measure_rules.load())
    if not found or found[0].high is None:
        return None
    return found[0].unit, found[0].high / 7


def check_unit(where: str, unit: str) -> None:
    """Raise an error for a unit that no quantity of a clause could be compared with.

    Raises:
        CorpusError: corpus/patterns/measures.toml does not have the unit.
    """
    if unit not in _COUNTERS and normalised(unit) is None:
        fix = "改用 corpus/patterns/measures.toml 中有的单位，或在那里补一个 [[unit]]"
        raise CorpusError(where, f"单位 {unit!r} 不能换算", fix)


def stating(
    value: float, unit: str | None, text: str, found: Sequence[Measure], start: int = 0
) -> tuple[int, int] | None:
    """Where a clause states a value: offsets of the quantity, or of the bare number.

    Args:
        value: in `unit`; its sign is the coder's, for a text says 扣减150分.
        unit: None for a bare number.
        text: of the clause.
        found: its quantities.
        start: offset from which a bare number is looked for.

    Returns:
        Offsets into `text`; None where the value is not in it.
    """
    value = abs(value)
    known = normalised(unit) if unit else None
    if known:
        name, factor = known
        for measure in found:
            if _equal(measure, value * factor, name):
                return measure.start, measure.end
    bare = re.compile(rf"(?<![\d.,]){re.escape(f'{value:.10g}')}(?:\.0+)?(?![\d.,]*\d)")
    measured = [(measure.start, measure.end) for measure in found]
    for match in bare.finditer(text, start):
        # A number that is a quantity of another unit, or of another value, states nothing.
        if not any(begin < match.end() and match.start() < end for begin, end in measured):
            return match.span()
    return None


def _equal(measure: Measure, value: float, unit: str) -> bool:
    """Whether a quantity has a value as one of its ends; months and years, hours and days are converted."""
    stated, factor = measure.unit.split("/")[0], 1.0
    stated = _ALIASES.get(stated, stated)
    if {stated, unit} <= _COUNTED:
        stated = unit
    while stated != unit and stated in _TIMES:
        stated, more = _TIMES[stated]
        factor *= more
    while stated != unit and unit in _TIMES:
        unit, more = _TIMES[unit]
        value *= more
    ends = [end * factor for end in (measure.min, measure.max) if end is not None]
    return stated == unit and any(abs(end - value) <= _TOLERANCE for end in ends)


def values_in(unit: str, found: Sequence[Measure]) -> set[float]:
    """The fixed or upper values of some quantities that a unit can express, in that unit."""
    known = normalised(unit)
    if known is None:
        return set()
    name, factor = known
    same = (measure for measure in found if measure.unit.split("/")[0] == name)
    ends = (measure.min if measure.max is None else measure.max for measure in same)
    return {end / factor for end in ends if end is not None}
