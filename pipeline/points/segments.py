"""Segments of an article: sentences and items, their comma units, and runs of neighbouring units.

A point is told of a run: an item, a sentence, or some neighbouring units of one. Items carry the lead
text of their list (有下列情形之一的，处…罚款：).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.similarity.article_parts import TextSpan, body_start

_OPENING, _CLOSING = "（(《“「", "）)》”」"
_ENDS = "。；\n："
_MARGIN = " \n\u3000，；。：、"
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[)）]|\d{1,2}[.．、]")
_LEAST_SENTENCE = 2  # characters
_LEAST_UNIT = 6  # a shorter unit (经批准，) is one with what follows it
_LEAST_LAST = 4
_LONGEST_RUN = 4  # units; a whole sentence is a run however long it is


@dataclass(frozen=True, slots=True)
class SentenceUnits:
    """A sentence, clause ended by ；, or item; `lead` is the number of the sentence that leads its list."""

    span: TextSpan
    units: list[TextSpan]
    lead: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring units of one sentence: units `first` to `last`, counted over the article."""

    span: TextSpan
    sentence: int
    first: int
    last: int
    is_start: bool
    is_end: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole sentence."""
        return self.is_start and self.is_end


def sentences(text: str) -> list[SentenceUnits]:
    """The sentences and items of an article, without its number and heading.

    >>> text = "第九条 有下列行为之一的，处警告：（一）超载；（二）闯红灯，情节严重。"
    >>> [[text[slice(*unit)] for unit in sentence.units] for sentence in sentences(text)]
    [['有下列行为之一的，处警告'], ['超载'], ['闯红灯，情节严重']]
    >>> [sentence.lead for sentence in sentences(text)]
    [None, 0, 0]
    """
    found: list[SentenceUnits] = []
    lead = None
    for start, end in _split(text, body_start(text), len(text), _ENDS):
        span = _stripped(text, start, end)
        marker = _ITEM.match(text, *span)
        if marker:
            span = _stripped(text, marker.end(), span[1])
        if span[1] - span[0] < _LEAST_SENTENCE:
            continue
        found.append(SentenceUnits(span, _units(text, *span), lead if marker else None))
        if text[end : end + 1] == "：":
            lead = len(found) - 1
    return found


def runs(found: list[SentenceUnits]) -> list[Run]:
    """All runs of some neighbouring units, and of all units, of each sentence, in order."""
    return list(_runs(found))


def _runs(found: list[SentenceUnits]) -> Iterator[Run]:
    before = 0
    for number, sentence in enumerate(found):
        units = sentence.units
        for first in range(len(units)):
            for last in range(first, len(units)):
                is_start, is_end = first == 0, last == len(units) - 1
                if last - first < _LONGEST_RUN or (is_start and is_end):
                    span = units[first][0], units[last][1]
                    yield Run(span, number, before + first, before + last, is_start, is_end)
        before += len(units)


def _units(text: str, start: int, end: int) -> list[TextSpan]:
    """The comma units of a sentence; what is too short to say something is one with its neighbour."""
    units: list[TextSpan] = []
    for piece in _split(text, start, end, "，"):
        span = _stripped(text, *piece)
        if units and units[-1][1] - units[-1][0] < _LEAST_UNIT:
            units[-1] = units[-1][0], span[1]
        else:
            units.append(span)
    if len(units) > 1 and units[-1][1] - units[-1][0] < _LEAST_LAST:
        units[-2:] = [(units[-2][0], units[-1][1])]
    return units


def _split(text: str, start: int, end: int, ends: str) -> list[TextSpan]:
    """The parts of a text between some characters outside brackets; blank ones are left out."""
    parts, depth, begin = [], 0, start
    for place in range(start, end):
        character = text[place]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in ends and (depth == 0 or character == "\n"):
            parts.append((begin, place))
            begin, depth = place + 1, 0
    parts.append((begin, end))
    return [part for part in parts if text[slice(*part)].strip()]


def _stripped(text: str, start: int, end: int) -> TextSpan:
    while start < end and text[start] in _MARGIN:
        start += 1
    while end > start and text[end - 1] in _MARGIN:
        end -= 1
    return start, end
