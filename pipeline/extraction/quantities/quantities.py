"""Quantities: the numbers with their units in a text, not yet what they are for.

All texts here are compact: folded to half width, without blanks or line wraps; see compact_text.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.quantities.units import Unit, UnitRules
from pipeline.language import numerals

LIST = re.compile(r"[、/]|和|或者?|及|与")
_RANGE = re.compile(r"(?:\(含[^()]{0,4}\))?(?:至|到|[-—–~]+)")
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+(?![\d.:])")
_SHARED_CUE = re.compile("配套|匹配|比例|分担|承担|配比|分配|共担")
_MATCHED_CUE = re.compile("配套|匹配|配比")
_ROUND = {"百": 100.0, "千": 1000.0, "万": 10000.0}
_OPEN = re.compile("以上[至、]?")  # 二万以上二十万元以下
_SCALE = re.compile("[百千]?(?:万亿|万|亿)$")


@dataclass(slots=True)
class Quantity:
    """A number or range with its unit; text[start:end] are its words, bound words included.

    Attributes:
        kind: of quantity: money, percent, duration …
        unit: normalised.
        low: least value, None where open.
        high: greatest value, None where open.
        start: offset of its first word.
        end: offset after its last word.
        core: offset of the words of number and unit alone.
        tail: offset after these.
        role: what it is for.
        base: (start, end) of what a percentage is of.
        per: what it is per, where that is not in the unit.
        of: (start, end) of its subject in a list with 分别.
        unpaired: it heads such a list, and the subjects are more or fewer than the quantities.
    """

    kind: str
    unit: str
    low: float | None
    high: float | None
    start: int
    end: int
    core: int = 0
    tail: int = 0
    role: str = "other"
    base: tuple[int, int] | None = None
    per: str | None = None
    of: tuple[int, int] | None = None
    unpaired: bool = False

    def __post_init__(self) -> None:
        """Until bound words are added, the words are those of number and unit."""
        self.core, self.tail = self.start, self.end

    @property
    def bound(self) -> str:
        """Which ends are open."""
        if self.low is None:
            return "at_most"
        if self.high is None:
            return "at_least"
        return "exact" if self.low == self.high else "range"


@dataclass(slots=True)
class _Token:
    """A numeral with the unit that follows it; value is None where the numeral cannot be read."""

    start: int
    end: int
    value: float | None
    unit: Unit | None
    scale: float = 1  # the 万 or 亿 in it, which a bare numeral before it may share
    bare: bool = False  # no 万, 亿 of its own
    fraction: bool = False


def scan(text: str, units: UnitRules) -> list[Quantity]:
    """All quantities of a text in reading order, without bound words.

    A numeral that cannot be read is left out with its unit; its value is not guessed.
    """
    tokens = _share(text, [_token(match, units) for match in units.token.finditer(text)])
    quantities = _ranges(text, tokens) + _worded(text, units) + _ratios(text)
    quantities = [q for q in quantities if not _ordinal(text, q)]
    excluded = [match.span() for match in units.never.finditer(text)] if quantities else []
    return _disjoint(
        [q for q in quantities if not _overlaps(q, excluded) and not _damaged(text, q)]
    )


def _token(match: re.Match[str], units: UnitRules) -> _Token:
    if match["den"] or match["over"]:
        return _fraction(match)
    numeral, unit = match["num"], units.forms.get(match["unit"] or "")
    before = match.string[max(0, match.start() - 20) : match.start()]
    if unit and unit.needs and not unit.needs.search(before):
        unit = None
    value = 0.5 if numeral == "半" else _value(numeral, unit)
    if before.endswith("每"):
        value = _ROUND.get(numeral, value)  # 每千人
    if value is not None and (match["more"] or match["half"]):
        value += 0.5
    if unit and unit.unit == "年" and value and (numeral == "半" or match["half"]):
        value, unit = value * 12, Unit("duration", "月")
    suffix = _SCALE.search(numeral)
    mantissa = numerals.number(numeral[: suffix.start()]) if suffix else None
    scale = value / mantissa if value and mantissa else 1.0
    token = _Token(match.start(), match.end(), value, unit, scale, bare=not suffix)
    return _with_denominator(token, match, units)


def _fraction(match: re.Match[str]) -> _Token:
    """百分之三十, 三分之一, 1/3以上."""
    above, below = match["over"].split("/") if match["over"] else (match["part"], match["den"])
    whole, part = (_ROUND.get(end) or numerals.number(end) for end in (below, above))
    value = 100 * part / whole if whole and part is not None else None
    return _Token(match.start(), match.end(), value, Unit("percent", "%"), fraction=True)


def _with_denominator(token: _Token, match: re.Match[str], units: UnitRules) -> _Token:
    """Add the denominator that follows a unit: 元/平方米, 毫克/升."""
    unit = token.unit
    over = units.over.match(match.string, token.end) if unit else None
    if unit and over and unit.kind in ("money", "length", "other"):
        below = re.split(r"[·•*./()每]+", over[0].strip("/()每"))
        kind, above = ("rate", unit.unit) if unit.kind == "money" else ("other", match["unit"])
        factor = unit.factor if unit.kind == "money" else 1
        token.unit, token.end = Unit(kind, units.rate(above, below), factor), over.end()
    return token


def _value(numeral: str, unit: Unit | None) -> float | None:
    value = numerals.number(numeral)
    if unit and unit.unit == "折":  # 八折, 八五折, 85折
        return None if value is None else value * 10 if value < 10 else value
    digits = len(numeral) > 1 and all(c in numerals.DIGITS for c in numeral)
    lone = numeral in "零〇○壹贰叁肆伍陆柒捌玖拾"  # 零件, 陆家嘴
    return None if digits or lone else value


def _share(text: str, tokens: list[_Token]) -> list[_Token]:
    """Give numerals without a unit the unit, and the 万, of the list or range they stand in."""
    for left, right in reversed(list(pairwise(tokens))):
        between = text[left.end : right.start]
        if left.unit or not right.unit or not _sharing(text, left, between):
            continue
        left.unit = right.unit
        if left.bare and left.value and right.value and left.value < 1000:
            mantissa = right.value / right.scale
            if left.value < mantissa or (LIST.fullmatch(between) and left.value <= 100 * mantissa):
                left.value, left.scale = left.value * right.scale, right.scale
    for left, right in pairwise(tokens):
        if left.fraction and not right.unit and _RANGE.fullmatch(text[left.end : right.start]):
            right.unit = left.unit  # 百分之五至十
    return tokens


def _sharing(text: str, left: _Token, between: str) -> bool:
    """Whether the text between two numerals makes them one list or range."""
    marker = between == "、" and (left.start == 0 or text[left.start - 1] in "\n;。")  # 一、三年内…
    joins = any(joint.fullmatch(between) for joint in (_RANGE, LIST, _OPEN))
    return joins and not marker


def _ranges(text: str, tokens: list[_Token]) -> list[Quantity]:
    """The tokens with unit and value as quantities, ranges and compounds (1年6个月) as one."""
    quantities: list[Quantity] = []
    previous: _Token | None = None
    for token in tokens:
        if token.unit is None or token.value is None:
            previous = None
            continue
        value = round(token.value * token.unit.factor, 4)
        unit = "%" if token.unit.unit == "折" else token.unit.unit
        quantity = Quantity(token.unit.kind, unit, value, value, token.start, token.end)
        between = text[previous.end : token.start] if previous else "|"
        if not (previous and quantities and _join(quantities[-1], quantity, between)):
            quantities.append(quantity)
        previous = token
    return quantities


def _join(left: Quantity, right: Quantity, between: str) -> bool:
    """Extend the left of two neighbours by the right to a range or compound; False where they are neither."""
    if left.kind != right.kind or left.low is None or right.low is None:
        return False
    if (left.unit, right.unit) == ("年", "月") and between == "":
        left.low = left.high = left.low * 12 + right.low
        left.unit = "月"
    elif _RANGE.fullmatch(between) and alike(left, right) and left.low < right.low:
        left.high = right.high
    else:
        return False
    left.end = left.tail = right.end
    return True


def alike(left: Quantity, right: Quantity) -> bool:
    """Bring the ends of a range to one unit, years to months; False where their units stay different."""
    if {left.unit, right.unit} == {"年", "月"}:
        for side in (left, right):
            if side.unit == "年":
                side.low, side.high = (end and end * 12 for end in (side.low, side.high))
                side.unit = "月"
    return left.unit == right.unit


def _worded(text: str, units: UnitRules) -> list[Quantity]:
    """Quantities without numeral: 过半数, 减半征收."""
    return [
        Quantity(row["kind"], row["unit"], row.get("low"), row.get("high"), *match.span())
        for pattern, row in units.words
        for match in pattern.finditer(text)
    ]


def _ratios(text: str) -> list[Quantity]:
    """Ratios: 6:4 is two shares; 1:0.5配套 is a second sum, half as large, from another budget."""
    quantities = []
    for match in _RATIO.finditer(text):
        context = text[max(0, match.start() - 8) : match.end() + 8]
        parts = [float(part) for part in match[0].split(":")]
        if sum(parts) in (10, 100) and _SHARED_CUE.search(context):
            shares = [100 * part / sum(parts) for part in parts]
            quantities += [
                Quantity("percent", "%", share, share, *match.span()) for share in shares
            ]
        elif len(parts) == 2 and parts[0] and _MATCHED_CUE.search(context):
            value = parts[1] / parts[0]
            quantities.append(Quantity("multiple", "倍", value, value, *match.span()))
    return quantities


def _overlaps(q: Quantity, spans: list[tuple[int, int]]) -> bool:
    return any(start < q.end and q.start < end for start, end in spans)


def _ordinal(text: str, q: Quantity) -> bool:
    """Whether a number is an ordinal or a year: 第三条, 2019年. Most numbers are, and the test is cheap."""
    return text.startswith("第", q.start - 1) or (q.unit == "年" and (q.high or 0) >= 1900)


def _damaged(text: str, q: Quantity) -> bool:
    """Whether the numeral is part of a broken one (1O0万元), or an estimate (数十万元)."""
    before = text[max(0, q.start - 2) : q.start]
    estimate = before[-1:] in ("几", "数") and re.match("[十百千万亿](?!分之)", text[q.start :])
    return bool(estimate or re.search(r"[OolI|]$|\d[., ]$", before))


def _disjoint(quantities: list[Quantity]) -> list[Quantity]:
    """In order; of two that overlap the longer stays; the shares of one ratio have the same words."""
    disjoint: list[Quantity] = []
    for q in sorted(quantities, key=lambda q: (q.start - q.end, q.start)):
        overlapping = [other for other in disjoint if other.start < q.end and q.start < other.end]
        if all((other.start, other.end) == (q.start, q.end) for other in overlapping):
            disjoint.append(q)
    return sorted(disjoint, key=lambda q: (q.start, q.end))
