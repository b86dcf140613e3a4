"""Denominators of quantities: 每人每月 and 每满100万元 make a rate, or say what a quantity is per."""

import re
from dataclasses import dataclass
from typing import Any

from pipeline.extraction.quantities.bounds import BoundWords, bind_before
from pipeline.extraction.quantities.quantities import LIST, Quantity
from pipeline.extraction.quantities.units import UnitRules

_TIMES = {"年", "月", "日", "天", "周", "季度", "小时", "年度", "学年"}


@dataclass(frozen=True, slots=True)
class DenominatorWords:
    """The compiled `[per]`: what may stand between 每 and what it counts, and what carries a rate on."""

    each: re.Pattern[str]
    verbs: re.Pattern[str]
    filler: re.Pattern[str]
    keeps: re.Pattern[str]


@dataclass(slots=True)
class _Denominator:
    """One or more 每 in a row, text[start:end]: the units that they count, and in what words."""

    start: int
    end: int
    names: list[str]
    words: list[str]
    whole: bool  # of a single unit, so that money makes a rate
    counted: bool  # written with a number: 每满100万元


def compile_denominators(content: dict[str, Any], units: UnitRules) -> DenominatorWords:
    """Compile `[per]` of the pattern file, checked before."""
    per = content["per"]
    nouns = "|".join(sorted({*units.forms, *per["nouns"]}, key=len, reverse=True))
    return DenominatorWords(
        re.compile(f"每一?个?({nouns})|(时)速"),
        per["verbs"],
        re.compile("^(?:满|再?新?增加?|新增加?|减少|减|超过|超出|达到?|累计)+"),
        re.compile(per["keeps"] + "$"),
    )


def divide(
    text: str,
    quantities: list[Quantity],
    words: DenominatorWords,
    bounds: BoundWords,
    units: UnitRules,
) -> list[Quantity]:
    """Take the denominators out of the quantities, and give each to the quantity that it divides.

    Args:
        text: compact.
        quantities: in reading order, with their bounds; they are changed.
        words: of denominators.
        bounds: bound words, which may stand before a denominator.
        units: of the pattern file.

    Returns:
        The quantities that are no denominators.
    """
    used: set[int] = (
        set()
    )  # numbers of the quantities that are denominators: 100万元 in 每满100万元
    denominators = _denominators(text, quantities, words, used)
    divided = [q for i, q in enumerate(quantities) if i not in used]
    for denominator in denominators:
        target = next((q for q in divided if q.core >= denominator.end), None)
        if target and _divides(text, denominator, target):
            _divide(denominator, target, units)
            # 最高每人500元, 至少每年一次: the bound word stands before the denominator
            if target.bound == "exact" and target.start == denominator.start:
                floor = max((q.end for q in divided if q.end <= denominator.start), default=0)
                bind_before(text, target, floor, bounds)
    _carry_on(text, divided, words)
    return divided


def _denominators(
    text: str, quantities: list[Quantity], words: DenominatorWords, used: set[int]
) -> list[_Denominator]:
    denominators: list[_Denominator] = []
    for match in re.finditer("每|时速", text):
        inside = any(q.core <= match.start() < q.tail for q in quantities)  # 元每平方米
        denominator = None if inside else _denominator(text, match.start(), quantities, words, used)
        if not denominator:
            continue
        last = denominators[-1] if denominators else None
        if last and re.fullmatch("|、|或者?|和|且", text[last.end : denominator.start]):
            joint = text[last.end : denominator.start]
            last.end, last.names = denominator.end, last.names + denominator.names
            last.words = [*last.words, *([joint] if joint else ["·"]), *denominator.words]
            last.whole = last.whole and denominator.whole and not joint
            last.counted = last.counted or denominator.counted
        else:
            denominators.append(denominator)
    return denominators


def _denominator(
    text: str, offset: int, quantities: list[Quantity], words: DenominatorWords, used: set[int]
) -> _Denominator | None:
    """The denominator that begins with the 每 at an offset."""
    near = next((i for i, q in enumerate(quantities) if offset < q.core <= offset + 14), None)
    bare = words.each.match(text, offset)
    if near is not None:
        q = quantities[near]
        gap = text[offset + 1 : q.core]
        counts = not gap or words.verbs.fullmatch(gap)
        if counts or (not bare and _is_counting(text, quantities, near, gap)):
            used.add(near)
            quote = words.filler.sub("", text[offset + 1 : q.tail])
            name = q.unit if 1 in (q.low, q.high) else ""
            return _Denominator(offset, q.tail, [name], [quote], bool(name), True)
    if bare:
        name = "小时" if bare[2] else bare[1]
        return _Denominator(offset, bare.end(), [name], [name], True, False)
    return None


def _is_counting(text: str, quantities: list[Quantity], number: int, gap: str) -> bool:
    """Whether 每获得一项…加10分 counts: only verbs before the number, and something to divide after it."""
    q, following = quantities[number], quantities[number + 1 :]
    if q.start != q.core or not following or not re.fullmatch("[一-龥]{1,8}", gap):
        return False
    return bool(re.fullmatch("[^。;,]{0,15}", text[q.end : following[0].start]))


def _divides(text: str, denominator: _Denominator, q: Quantity) -> bool:
    """Whether a quantity is near enough to a denominator before it, and of a kind that it divides."""
    gap = text[denominator.end : max(q.start, denominator.end)]
    reach = 25 if q.kind == "money" and not denominator.counted else 18
    priced = re.search("按.{2}|的$", gap) or not set(denominator.names) & _TIMES
    if q.kind in ("percent", "multiple") and not denominator.counted and priced:
        return False  # 每平方米造价的5%
    near = len(gap) <= reach and gap.count(",") <= int(denominator.counted)
    return near and not re.search(r"[。;:\n\d]", gap)


def _divide(denominator: _Denominator, q: Quantity, units: UnitRules) -> None:
    gap = q.start - denominator.end
    if denominator.names == ["小时"] and q.kind == "length":
        q.kind, q.unit = "other", "公里/小时"
        q.low, q.high = (None if end is None else end / 1000 for end in (q.low, q.high))
    elif denominator.whole and q.kind in ("money", "rate"):
        above, _, below = q.unit.partition("/")
        names = [*denominator.names, *filter(None, below.split("·"))]
        q.kind, q.unit = "rate", units.rate(above, names)
    else:
        q.per = "".join(units.normalised(word) for word in denominator.words)
    if denominator.counted or gap <= (4 if q.kind == "percent" else 10) or q.kind == "rate":
        q.start = min(q.start, denominator.start)


def _carry_on(text: str, quantities: list[Quantity], words: DenominatorWords) -> None:
    """Make a sum that goes on from a rate one of that rate: 每人每月180元,90至99周岁的为350元."""
    rate: Quantity | None = None
    last, kind = 0, ""
    for q in quantities:
        if re.search(r"[。;\n]", text[last : q.start]):
            rate = None
        if rate and (q.kind, q.bound) == ("money", "exact"):
            before = text[last : q.core]
            tier = kind == "age" and before in ("", "的")  # 80周岁以上180元
            if tier or LIST.fullmatch(before) or words.keeps.search(before):
                q.kind, q.unit = "rate", rate.unit
        last, kind = q.end, q.kind
        if q.kind == "rate" and text[q.start] == "每":
            rate = q
