"""Quantities: numbers with their units in a text, before anyone asks what they are for.

Everything is matched on a view of the text: folded to half width, blanks and line wraps taken out,
with the place of every remaining character kept, so that a hit is always a slice of the text.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import numerals
from pipeline.text import fold

_HAN = "\u4e00-\u9fff"
_CJK = numerals.CHINESE
_BLANK = re.compile(rf"(?<=[{_HAN}\d%,;:()])[ \t]+(?=[{_HAN}(%])|(?<=[{_HAN},;:()])[ \t]+(?=\d)")
_MARKED = re.compile(r"\d{1,2}[.、)]|\(|[一二三四五六七八九十]+[、.]|第")
_RANGE = re.compile(r"至|到|[-—–~]+")
_LIST = re.compile(r"、|和|或者?|及|与")
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+(?![\d.:])")
_RATIO_CUE = re.compile("配套|匹配|比例|分担|承担|配比|分配|共担")


@dataclass(frozen=True, slots=True)
class View:
    """A text without what stands in the way of matching; at[i] is where text[i] stood before."""

    text: str
    at: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] of the view stands in the text that it was made from."""
        return self.at[start], self.at[end - 1] + 1


def view(text: str) -> View:
    """Fold a text and take out blanks and line wraps inside sentences.

    >>> view("不超过 5\\n００万元").text
    '不超过500万元'
    """
    folded = fold(text)
    gone = {i for hit in _BLANK.finditer(folded) for i in range(*hit.span())}
    gone |= {i for i, c in enumerate(folded) if c == "\n" and _wrapped(folded, i)}
    at = [i for i in range(len(folded)) if i not in gone] if gone else list(range(len(folded)))
    return View("".join(folded[i] for i in at) if gone else folded, at)


def _wrapped(text: str, at: int) -> bool:
    """Whether a line end cuts a numeral in two, or a line as wide as a page."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if not re.search(rf"[{_HAN}]", line) or _MARKED.match(text, at + 1):
        return False
    if re.search(rf"[\d{_CJK}]$", line):
        return bool(re.match(rf"[\d{_CJK},.]*[{_HAN}%]", text[at + 1 : at + 20]))
    return len(line) >= 16 and bool(re.match(rf"[{_HAN}]$", line[-1]))


@dataclass(slots=True)
class Quantity:
    """A number or range with its unit; text[start:end] of the view are its words, bound included.

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
    base: str | None = None
    per: str | None = None
    of: str | None = None

    def __post_init__(self) -> None:
        """Until bound words join, the number and unit are all there is."""
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
    factor: float
    needs: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Units:
    """The compiled units, words and exclusions."""

    token: re.Pattern[str]
    never: re.Pattern[str]
    forms: dict[str, Unit]
    words: list[tuple[re.Pattern[str], dict[str, Any]]]


def units(content: dict[str, Any]) -> Units:
    """Compile what corpus/patterns/measures.toml says of units."""
    forms: dict[str, Unit] = {}
    written: list[tuple[str, str]] = []
    for row in content["unit"]:
        needs = re.compile(row["needs"] + "$") if "needs" in row else None
        for form in row["forms"]:
            forms[form] = Unit(row["kind"], row.get("unit", form), row.get("factor", 1), needs)
            guard = f"(?!{row['not_before']})" if "not_before" in row else ""
            written.append((form, re.escape(form) + guard))
    choice = "|".join(pattern for _, pattern in sorted(written, key=lambda pair: -len(pair[0])))
    numeral = numerals.NUMERAL
    token = (
        rf"(?P<den>[{_CJK}]+)分之(?P<part>{numeral})"
        rf"|(?P<num>{numeral}|半(?=年|个月|个?小时|天|日))(?P<more>个半)?(?:(?P<unit>{choice})(?P<half>半(?![数年]))?)?"
    )
    words = [(re.compile(row["pattern"]), row) for row in content["word"]]
    return Units(re.compile(token), re.compile("|".join(content["never"])), forms, words)


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    value: float | None
    unit: Unit | None
    scale: float  # the 万 or 亿 that a bare numeral before it may share
    bare: bool  # no 万, 亿 of its own


def scan(text: str, rules: Units) -> list[Quantity]:
    """All quantities of a view's text in reading order, without bound words.

    A numeral that cannot be read takes its whole span with it: it is left out, not guessed.
    """
    barred = [hit.span() for hit in rules.never.finditer(text)]
    tokens = _share(text, [_token(hit, rules) for hit in rules.token.finditer(text)])
    found = _ranges(text, tokens) + _worded(text, rules) + _ratios(text)
    found = [q for q in found if not _overlaps(q, barred) and _sound(text, q, rules)]
    return _disjoint(found)


def _token(hit: re.Match[str], rules: Units) -> _Token:
    if hit["den"]:
        whole, part = numerals.number(hit["den"]) or _round(hit["den"]), numerals.number(hit["part"])
        value = 100 * part / whole if whole and part is not None else None
        return _Token(hit.start(), hit.end(), value, Unit("percent", "%", 1, None), 1, False)
    written = hit["num"]
    unit = rules.forms.get(hit["unit"] or "")
    value = 0.5 if written == "半" else _value(written, unit)
    if value is not None and (hit["more"] or hit["half"]):
        value += 0.5
    suffix = re.search("[百千]?(?:万亿|万|亿)$", written)
    scale = 1.0
    if suffix and value:
        mantissa = numerals.number(written[: suffix.start()])
        scale = value / mantissa if mantissa else 1.0
    return _Token(hit.start(), hit.end(), value, unit, scale, not suffix)


def _round(den: str) -> float | None:
    return {"百": 100.0, "千": 1000.0, "万": 10000.0}.get(den)


def _value(written: str, unit: Unit | None) -> float | None:
    digits = len(written) > 1 and all(c in numerals.DIGITS for c in written)
    value = numerals.number(written)
    if unit and unit.unit == "折":
        return None if value is None else value * 10 if value < 10 else value
    return None if digits else value


def _share(text: str, tokens: list[_Token]) -> list[_Token]:
    """Give numerals without a unit the unit, and the 万, of the list or range that they stand in."""
    for left, right in reversed(list(zip(tokens, tokens[1:], strict=False))):
        between = text[left.end : right.start]
        if left.unit or not right.unit or not (_RANGE.fullmatch(between) or _LIST.fullmatch(between)):
            continue
        left.unit = right.unit
        if left.bare and left.value and right.value and left.value < 1000:
            if left.value <= 100 * right.value / right.scale and _rising(left, right, between):
                left.value, left.scale = left.value * right.scale, right.scale
    for left, right in zip(tokens, tokens[1:], strict=False):
        between = text[left.end : right.start]
        if left.unit and not right.unit and left.unit.unit == "%" and "分之" in text[left.start : left.end]:
            if _RANGE.fullmatch(between):
                right.unit = left.unit
    return tokens


def _rising(left: _Token, right: _Token, between: str) -> bool:
    """A range that shares 万 rises: 1-3万元, but not 5000-1万元."""
    assert left.value is not None and right.value is not None
    return bool(_LIST.fullmatch(between)) or left.value < right.value / right.scale


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
    elif _RANGE.fullmatch(between) and _convert(left, right) and left.low < right.low:
        left.high = right.high
    else:
        return False
    left.end = left.tail = right.end
    return True


def _convert(left: Quantity, right: Quantity) -> bool:
    """Bring a range's ends to one unit; months and days have no exact ratio and stay apart."""
    if left.low is not None and right.low is not None and {left.unit, right.unit} == {"年", "月"}:
        for side in (left, right):
            if side.unit == "年" and side.low is not None:
                side.low = side.high = side.low * 12
                side.unit = "月"
    return left.unit == right.unit


def _worded(text: str, rules: Units) -> list[Quantity]:
    return [
        Quantity(row["kind"], row["unit"], row.get("low"), row.get("high"), *hit.span())
        for pattern, row in rules.words
        for hit in pattern.finditer(text)
    ]


def _ratios(text: str) -> list[Quantity]:
    found = []
    for hit in _RATIO.finditer(text):
        if not _RATIO_CUE.search(text[max(0, hit.start() - 8) : hit.end() + 8]):
            continue
        parts = [float(part) for part in hit[0].split(":")]
        if sum(parts) in (10, 100):
            scale = 100 / sum(parts)
            found += [Quantity("percent", "%", p * scale, p * scale, *hit.span()) for p in parts]
        elif len(parts) == 2 and parts[0]:
            value = parts[1] / parts[0]
            found.append(Quantity("multiple", "倍", value, value, *hit.span()))
    return found


def _overlaps(q: Quantity, spans: list[tuple[int, int]]) -> bool:
    return any(start < q.end and q.start < end for start, end in spans)


def _sound(text: str, q: Quantity, rules: Units) -> bool:
    """Whether what stands before lets the numeral be one: no broken scan, no 几 or 数."""
    before = text[max(0, q.start - 20) : q.start]
    if re.search(r"[几数OolI|]$|[\d][.,]$", before):
        return False
    form = next((f for f in rules.forms if rules.forms[f].needs and text[:q.end].endswith(f)), None)
    needs = rules.forms[form].needs if form else None
    return not (needs and q.kind == "other" and not needs.search(before))


def _disjoint(found: list[Quantity]) -> list[Quantity]:
    """Longest first where two overlap; parts of one ratio share their words."""
    kept: list[Quantity] = []
    for q in sorted(found, key=lambda q: (q.start - q.end, q.start)):
        clash = [k for k in kept if k.start < q.end and q.start < k.end]
        if all(":" in "" or (k.start, k.end) == (q.start, q.end) for k in clash):
            kept.append(q)
    return sorted(kept, key=lambda q: (q.start, q.end))


def load(path: Path) -> dict[str, Any]:
    """Read the patterns file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
