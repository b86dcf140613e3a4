"""Figure search: whether a text states the figure of a fact, in whatever writing, and words of the fact beside it.

2000万元, 2,000万元, 二千万元, 20000000元; 30%, 百分之三十; the ends of a range; a bare number in the cell of a table
whose headers, or the line above it, name the unit.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pipeline.collection.source_checks.verify_settings import VerifySettings
from pipeline.language import markdown_tables, numerals
from pipeline.language.lexicon import Lexicon
from pipeline.language.normalization import fold

_SCALES = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "百": 1e2}
_SCALE = "|".join(_SCALES)
_UNIT = re.compile(rf"(?P<scale>{_SCALE})?(?P<head>[%‰]|元|倍|个月|个|千瓦时|[^/(（·，,]*)")
_PARTS = {"百分之": "%", "千分之": "‰"}
_NUMBER = re.compile(rf"(?P<part>百分之|千分之)?(?P<number>{numerals.NUMERAL})")
_MORE = re.compile(rf"(?:(?:以上)?[-—–~至到、/和或及](?:{numerals.NUMERAL}))+")
_SHARED = re.compile(rf"({_SCALE})$")
_BLANK = re.compile(r"(?<!\d)[ \t\u3000]+|[ \t\u3000]+(?!\d)")
_NOT_AFTER = "(?![之钟])"  # 分: 分之, 分钟


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of units, without 万 or 亿: 2000万元 is 20,000,000 元."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """Whether the figure is anywhere in a text, and the words of the fact beside it where most of them are."""

    seen: bool
    words: tuple[str, ...]


def figures(value: float, unit: str, settings: VerifySettings) -> list[Figure]:
    """What a fact states, and the same in other units.

    >>> from pipeline.collection.source_checks import verify_settings
    >>> figures(20, "万元/亩·年", verify_settings.load())
    [Figure(value=200000.0, unit='元')]
    >>> [figure.unit for figure in figures(3, "年", verify_settings.load())]
    ['年', '个月']
    """
    found = _UNIT.match(unit.strip())
    scale, head = (found["scale"], found["head"].strip()) if found else (None, "")
    if scale and not head:
        scale, head = None, unit.strip()
    own = Figure(value * _SCALES.get(scale or "", 1.0), head)
    others = settings.same.get(head, ())
    return [own, *(Figure(round(own.value * times, 6), other) for other, times in others)]


def fact_words(texts: Sequence[str], lexicon: Lexicon, settings: VerifySettings) -> list[str]:
    """The words that tell what a fact is about, in order: no places, numbers or generic words."""
    words = dict.fromkeys(word for text in texts for word in lexicon.terms(lexicon.cut(text)))
    return [word for word in words if word not in settings.generic]


def find(
    text: str,
    wanted: Sequence[Figure],
    words: Sequence[str],
    lexicon: Lexicon,
    settings: VerifySettings,
) -> FigureFinding:
    """Look for a figure, and for words beside it.

    Args:
        text: of the page, one paragraph a line, tables as Markdown rows.
        wanted: the figure in all units.
        words: of the fact.
        lexicon: by which synonyms of the words are known.
        settings: how wide to look.
    """
    text = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    seen = False
    best: tuple[str, ...] = ()
    for context in (*_in_lines(text, wanted, settings), *_in_cells(text, wanted, settings)):
        seen = True
        known, plain = set(lexicon.terms(lexicon.cut(context))), fold(context)
        beside = tuple(word for word in words if word in known or word in plain)
        best = max(best, beside, key=len)
    return FigureFinding(seen, best)


def _in_lines(text: str, wanted: Sequence[Figure], settings: VerifySettings) -> Iterator[str]:
    """The surroundings of each place that has the figure with its unit."""
    for match in _NUMBER.finditer(text):
        if any(_is_stated(text, match, figure, settings) for figure in wanted):
            start = max(match.start() - settings.window, 0)
            yield text[start : match.start()] + "\n" + text[match.end() :][: settings.window]


def _is_stated(text: str, match: re.Match[str], figure: Figure, settings: VerifySettings) -> bool:
    value = numerals.number(match["number"])
    if value is None or re.search(r"[\d.第]$", text[max(match.start() - 1, 0) : match.start()]):
        return False
    if match["part"]:
        return figure.unit == _PARTS[match["part"]] and _same(value, figure.value)
    unit = _spelled(figure.unit, settings)
    if unit.match(text, match.end()):
        return _same(value, figure.value)
    more = _MORE.match(text, match.end())  # 20至30万元
    if more is None or not unit.match(text, more.end()):
        return False
    shared = _SHARED.search(more[0])
    factors = (1.0, _SCALES[shared[1]]) if shared else (1.0,)
    return any(_same(value * factor, figure.value) for factor in factors)


def _in_cells(text: str, wanted: Sequence[Figure], settings: VerifySettings) -> Iterator[str]:
    """The headers, row and line above of each cell of a table that has the figure."""
    for spans in markdown_tables.tables(text):
        above = text[max(spans[0][0] - settings.window, 0) : spans[0][0]].strip().split("\n")[-1]
        for row in markdown_tables.grid(text, spans):
            for cell in row.cells:
                heading, content = cell.heading or "", text[cell.start : cell.end]
                if any(
                    _is_in_cell(content, (heading, above), figure, settings) for figure in wanted
                ):
                    yield "\n".join((above, heading, text[row.start : row.end]))


def _is_in_cell(
    content: str, headers: Sequence[str], figure: Figure, settings: VerifySettings
) -> bool:
    """Whether a cell states the figure with its unit, or as a bare number whose unit the nearest header names."""
    matches = list(_NUMBER.finditer(content))
    if any(_is_stated(content, match, figure, settings) for match in matches):
        return True
    rest = re.sub(r"[-—–~至到、/和或以上下内不超过最高低≤≥<>]", "", _NUMBER.sub("", content))
    if rest or not figure.unit:
        return False
    unit = re.compile(rf"(?P<scale>{_SCALE})?{_spelled(figure.unit, settings).pattern}")
    hits = next((found for header in headers if (found := list(unit.finditer(header)))), [])
    factors = {_SCALES.get(hit["scale"] or "", 1.0) for hit in hits}
    values = [numerals.number(match["number"]) for match in matches]
    return any(v is not None and _same(v * f, figure.value) for v, f in product(values, factors))


def _spelled(unit: str, settings: VerifySettings) -> re.Pattern[str]:
    forms = settings.forms.get(unit, (unit,))
    choice = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(f"个?(?:{choice}){_NOT_AFTER}")


def _same(value: float, wanted: float) -> bool:
    return math.isclose(value, wanted, rel_tol=1e-6)
