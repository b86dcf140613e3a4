"""Signature blocks (署名、成文日期): the issuing offices and the date below their names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.language import dates, official_words
from pipeline.language.lines import Line, unspaced
from pipeline.language.official_words import any_of

_PIECES = re.compile(r"[ \t\u00a0\u3000]{1,}|、")
_NAME = re.compile(r"(?:中共)?[\u3400-\u9fff（）()]{2,40}")
_SPREAD = re.compile(r"(?:\S[ \t\u00a0\u3000]+)+\S")
_BESIDE = 60  # characters of names before a date in its line
_ABOVE = 12  # lines of names above a date


@cache
def _person() -> re.Pattern[str]:
    """A post and a person's name: 市长 王某, 代市长 王某."""
    return re.compile(
        rf"(?:代|副)?{any_of(official_words.signatures().posts)}[\u3400-\u9fff·]{{2,8}}"
    )


@cache
def _stamp() -> re.Pattern[str]:
    """The words of a seal behind an office's name: （盖章）."""
    return re.compile(rf"[（(]?{any_of(official_words.signatures().stamps)}[）)]?$")


@dataclass(frozen=True, slots=True)
class Signature:
    """The names and the date at one place; lines[first:last] hold them."""

    issuers: tuple[str, ...]
    date: str | None
    first: int
    last: int


def find(lines: Sequence[Line], endings: Sequence[str]) -> list[Signature]:
    """The signatures of a text in order: names above a date, or a date on a line of its own.

    Args:
        lines: of the text.
        endings: of office names.
    """
    signatures: list[Signature] = []
    for place, line in enumerate(lines):
        dated = _dated(line.text, endings)
        if dated is None:
            continue
        beside, date = dated
        above, first = _above(lines, place, endings)
        names = tuple(dict.fromkeys((*above, *beside)))
        signatures.append(Signature(names, date, first, place + 1))
    return signatures


def _dated(text: str, endings: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """The offices and the date of a line that has nothing else; None for any other line."""
    spans = dates.find(text)
    if len(spans) != 1 or len(spans[0].iso) < 7:
        return None
    before, after = text[: spans[0].start], text[spans[0].end :]
    if after.strip(" \t\u3000）)。") or len(unspaced(before)) > _BESIDE:
        return None
    if not before.strip(" \t\u3000（("):
        return (), spans[0].iso
    beside = offices(before, endings)
    return (beside, spans[0].iso) if beside else None


def _above(
    lines: Sequence[Line], place: int, endings: Sequence[str]
) -> tuple[tuple[str, ...], int]:
    """The names on the lines right above a date, and the first of these lines."""
    names: list[str] = []
    first = place
    while first > 0 and place - first < _ABOVE:
        text = lines[first - 1].text
        if not _person().fullmatch(unspaced(text)):
            row = offices(text, endings)
            if not row:
                break
            names[:0] = row
        first -= 1
    return tuple(names), first


def offices(text: str, endings: Sequence[str]) -> tuple[str, ...]:
    """The offices in a line of nothing but office names; none for any other line.

    >>> offices("某市财政局　某市 税务局（盖章）", ("局",)), offices("送某市财政局。", ("局",))
    (('某市财政局', '某市税务局'), ())
    """
    plain = _stamp().sub("", text.strip())
    if _SPREAD.fullmatch(plain):  # 某 市 财 政 局
        plain = unspaced(plain)
    names: list[str] = []
    open_piece = ""
    for piece in filter(None, _PIECES.split(plain)):
        open_piece += piece
        if open_piece.endswith(tuple(endings)) and _NAME.fullmatch(open_piece):
            names.append(open_piece)
            open_piece = ""
    return () if open_piece else tuple(names)
