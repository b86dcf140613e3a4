"""Quantities: numbers with their units in a text, before anyone asks what they are for.

All of it works on folded text (half width) without blanks or line wraps; see measures.view.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.language import numerals

LIST = re.compile(r"[、/]|和|或者?|及|与")
_RANGE = re.compile(r"(?:\(含[^()]{0,4}\))?(?:至|到|[-—–~]+)")
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+(?![\d.:])")
_SHARED_CUE = re.compile("配套|匹配|比例|分担|承担|配比|分配|共担")
_MATCHED_CUE = re.compile("配套|匹配|配比")
_ROUND = {"百": 100.0, "千": 1000.0, "万": 10000.0}
_OPEN = re.compile("以上[至、]?")  # 二万以上二十万元以下
_SCALE = re.compile("[百千]?(?:万亿|万|亿)$")
_CJK = numerals.CHINESE


@dataclass(slots=True)
class Quantity:
    """A number or range with its unit; start and end are of its words, bound words included.

    `core` and `tail` are where the words of number and unit alone begin and end.
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
    base: tuple[int, int] | None = None  # places, as start and end are
    per: str | None = None
    of: tuple[int, int] | None = None
    unpaired: bool = False  # heads a 分别 list whose subjects are more or fewer

    def __post_init__(self) -> None:
        """Until bound words join, number and unit are all there is."""
        self.core, self.tail = self.start, self.end

    @property
    def bound(self) -> str:
        """Which ends are open."""
        if self.low is None:
            return "at_most"
        if self.high is None:
            return "at_least"
        return "exact" if self.low == self.high else "range"


@dataclass(frozen=True, slots=True)
class Unit:
    """How a unit is written and what it means."""

    kind: str
    unit: str
    factor: float = 1
    needs: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """The compiled units, words and exclusions."""

    token: re.Pattern[str]
    over: re.Pattern[str]
    never: re.Pattern[str]
    forms: dict[str, Unit]
    words: list[tuple[re.Pattern[str], dict[str, Any]]]

    def named(self, form: str) -> str:
        """The normalised name of a denominator: 天 → 日, ㎡ → 平方米."""
        return self.forms[form].unit if form in self.forms else form

    def rate(self, numerator: str, denominators: list[str]) -> str:
        """The unit of a rate, time first: 元/月·人."""
        names = dict.fromkeys(self.named(form) for form in denominators)
        times = {unit.unit for unit in self.forms.values() if unit.kind == "duration"}
        return f"{numerator}/{'·'.join(sorted(names, key=lambda name: name not in times))}"


def compile_units(content: dict[str, Any]) -> Units:
    """Compile what corpus/patterns/measures.toml says of units."""
    forms: dict[str, Unit] = {}
    written: list[tuple[str, str]] = []
    for row in content["unit"]:
        needs = re.compile(row["needs"] + "$") if "needs" in row else None
        guard = f"(?!{row['not_before']})" if "not_before" in row else ""
        for form in row["forms"]:
            forms[form] = Unit(row["kind"], row.get("unit", form), row.get("factor", 1), needs)
            written.append((form, re.escape(form) + guard))
    choice = "|".join(pattern for _, pattern in sorted(written, key=lambda pair: -len(pair[0])))
    below = "|".join(sorted({*forms, *content["per"]["nouns"]}, key=len, reverse=True))
    token = (
        rf"(?P<den>[{_CJK}]+)分之(?P<part>{numerals.NUMERAL})"
        r"|(?P<over>(?<![\d/])[1-9]/[2-9])(?=以[上下]|的)"
        rf"|(?P<num>{numerals.NUMERAL}|半(?=年|个月|个?小时|天|日))(?P<more>个半)?(?:\(含\))?"
        rf"(?:(?P<unit>{choice})(?P<half>半(?![数年]))?)?"
    )
    over = rf"(?:/|每)\(?(?:{below})(?:[·•*./](?:{below}))*\)?|/[一-龥]{{1,5}}?(?=[,。;、的标计收给予补执]|$)"
    words = [(re.compile(row["pattern"]), row) for row in content["word"]]
    never = re.compile("|".join(content["never"]))
    return Units(re.compile(token), re.compile(over), never, forms, words)


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    value: float | None
    unit: Unit | None
    scale: float = 1  # the 万 or 亿 that a bare numeral before it may share
    bare: bool = False  # no 万, 亿 of its own
    fraction: bool = False


def scan(text: str, rules: Units) -> list[Quantity]:
    """All quantities of a view's text in reading order, without bound words.

    A numeral that cannot be read takes its whole span with it: it is left out, not guessed.
    """
    tokens = _share(text, [_token(hit, rules) for hit in rules.token.finditer(text)])
    found = _ranges(text, tokens) + _worded(text, rules) + _ratios(text)
    found = [q for q in found if not _ordinal(text, q)]
    barred = [hit.span() for hit in rules.never.finditer(text)] if found else []
    return _disjoint([q for q in found if not _overlaps(q, barred) and not _damaged(text, q)])


def _token(hit: re.Match[str], rules: Units) -> _Token:
    if hit["den"] or hit["over"]:
        return _fraction(hit)
    written, unit = hit["num"], rules.forms.get(hit["unit"] or "")
    before = hit.string[max(0, hit.start() - 20) : hit.start()]
    if unit and unit.needs and not unit.needs.search(before):
        unit = None
    value = 0.5 if written == "半" else _value(written, unit)
    if before.endswith("每"):
        value = _ROUND.get(written, value)  # 每千人
    if value is not None and (hit["more"] or hit["half"]):
        value += 0.5
    if unit and unit.unit == "年" and value and (written == "半" or hit["half"]):
        value, unit = value * 12, Unit("duration", "月")
    suffix = _SCALE.search(written)
    mantissa = numerals.number(written[: suffix.start()]) if suffix else None
    scale = value / mantissa if value and mantissa else 1.0
    return _rated(_Token(hit.start(), hit.end(), value, unit, scale, not suffix), hit, rules)


def _fraction(hit: re.Match[str]) -> _Token:
    """百分之三十, 三分之一, 1/3以上."""
    below, above = (hit["over"] or "/").split("/")[::-1]
    below, above = below or hit["den"], above or hit["part"]
    whole, part = (_ROUND.get(end) or numerals.number(end) for end in (below, above))
    value = 100 * part / whole if whole and part is not None else None
    return _Token(hit.start(), hit.end(), value, Unit("percent", "%"), fraction=True)


def _rated(token: _Token, hit: re.Match[str], rules: Units) -> _Token:
    """Take in the denominator that follows a unit: 元/平方米, 毫克/升."""
    unit = token.unit
    over = rules.over.match(hit.string, token.end) if unit else None
    if unit and over and unit.kind in ("money", "length", "other"):
        below = re.split(r"[·•*./()每]+", over[0].strip("/()每"))
        kind, named = ("rate", unit.unit) if unit.kind == "money" else ("other", hit["unit"])
        factor = unit.factor if unit.kind == "money" else 1
        token.unit, token.end = Unit(kind, rules.rate(named, below), factor), over.end()
    return token


def _value(written: str, unit: Unit | None) -> float | None:
    value = numerals.number(written)
    if unit and unit.unit == "折":  # 八折, 八五折, 85折
        return None if value is None else value * 10 if value < 10 else value
    digits = len(written) > 1 and all(c in numerals.DIGITS for c in written)
    lone = written in "零〇○壹贰叁肆伍陆柒捌玖拾"  # 零件, 陆家嘴
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
    """Whether what stands between two numerals makes them one list or range."""
    marker = between == "、" and (left.start == 0 or text[left.start - 1] in "\n;。")  # 一、三年内…
    joins = any(joint.fullmatch(between) for joint in (_RANGE, LIST, _OPEN))
    return joins and not marker


def _ranges(text: str, tokens: list[_Token]) -> list[Quantity]:
    found: list[Quantity] = []
    joined: _Token | None = None
    for token in tokens:
        if token.unit is None or token.value is None:
            joined = None
            continue
        value = round(token.value * token.unit.factor, 4)
        unit = "%" if token.unit.unit == "折" else token.unit.unit
        now = Quantity(token.unit.kind, unit, value, value, token.start, token.end)
        between = text[joined.end : token.start] if joined else "|"
        if not (joined and found and _join(found[-1], now, between)):
            found.append(now)
        joined = token
    return found


def _join(left: Quantity, right: Quantity, between: str) -> bool:
    """Make one range, or one compound (1年6个月), of two neighbours; False where they are not."""
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
    """Bring a range's ends to one unit; months and days have no exact ratio and stay apart."""
    if {left.unit, right.unit} == {"年", "月"}:
        for side in (left, right):
            if side.unit == "年":
                side.low, side.high = (end and end * 12 for end in (side.low, side.high))
                side.unit = "月"
    return left.unit == right.unit


def _worded(text: str, rules: Units) -> list[Quantity]:
    return [
        Quantity(row["kind"], row["unit"], row.get("low"), row.get("high"), *hit.span())
        for pattern, row in rules.words
        for hit in pattern.finditer(text)
    ]


def _ratios(text: str) -> list[Quantity]:
    """Ratios: 6:4 is two shares, 1:0.5配套 is half as much again from another purse."""
    found = []
    for hit in _RATIO.finditer(text):
        near = text[max(0, hit.start() - 8) : hit.end() + 8]
        parts = [float(part) for part in hit[0].split(":")]
        if sum(parts) in (10, 100) and _SHARED_CUE.search(near):
            shares = [100 * part / sum(parts) for part in parts]
            found += [Quantity("percent", "%", share, share, *hit.span()) for share in shares]
        elif len(parts) == 2 and parts[0] and _MATCHED_CUE.search(near):
            value = parts[1] / parts[0]
            found.append(Quantity("multiple", "倍", value, value, *hit.span()))
    return found


def _overlaps(q: Quantity, spans: list[tuple[int, int]]) -> bool:
    return any(start < q.end and q.start < end for start, end in spans)


def _ordinal(text: str, q: Quantity) -> bool:
    """第三条, 2019年: by far the most, and cheap to see."""
    return text.startswith("第", q.start - 1) or (q.unit == "年" and (q.high or 0) >= 1900)


def _damaged(text: str, q: Quantity) -> bool:
    """Whether the numeral is the rest of a broken one (1O0万元), or an estimate (数十万元)."""
    before = text[max(0, q.start - 2) : q.start]
    estimate = before[-1:] in ("几", "数") and re.match("[十百千万亿](?!分之)", text[q.start :])
    return bool(estimate or re.search(r"[OolI|]$|\d[., ]$", before))


def _disjoint(found: list[Quantity]) -> list[Quantity]:
    """Longest first where two overlap; the parts of one ratio share their words."""
    kept: list[Quantity] = []
    for q in sorted(found, key=lambda q: (q.start - q.end, q.start)):
        clash = [k for k in kept if k.start < q.end and q.start < k.end]
        if all((k.start, k.end) == (q.start, q.end) for k in clash):
            kept.append(q)
    return sorted(kept, key=lambda q: (q.start, q.end))
