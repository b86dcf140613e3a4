"""Signatures (署名、成文日期): who issued a paper, and the date under the names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language import dates
from pipeline.language.lines import Line, close

_PIECES = re.compile(r"[ \t\u00a0\u3000]{1,}|、")
_NAME = re.compile(r"(?:中共)?[\u3400-\u9fff（）()]{2,40}")
_SPREAD = re.compile(r"(?:\S[ \t\u00a0\u3000]+)+\S")
_PERSON = re.compile(
    r"(?:代|副)?(?:市长|省长|区长|县长|主任|主席|局长|部长|厅长|州长)[\u3400-\u9fff·]{2,8}"
)
_STAMP = re.compile(r"[（(]?(?:盖章|公章|印章|章|代章)[）)]?$")
_FILLER = re.compile(r"[（(]此?件.{0,20}[）)]|特此(?:通知|公告|通告)。?")


@dataclass(frozen=True, slots=True)
class Signature:
    """The names and the date at one place; lines[first:last] hold them."""

    issuers: tuple[str, ...]
    date: str | None
    first: int
    last: int


def find(lines: Sequence[Line], endings: Sequence[str]) -> list[Signature]:
    """The signatures of a text in order: names over a date, or a date on a line of its own.

    Args:
        lines: of the text.
        endings: how the names of offices end.
    """
    found: list[Signature] = []
    for place, line in enumerate(lines):
        alone = _dated(line.text, endings)
        if alone is None:
            continue
        beside, date = alone
        names, first = _above(lines, place, endings)
        if beside:
            names = (*names, *beside)
        found.append(Signature(tuple(dict.fromkeys(names)), date, first, place + 1))
    return found


def _dated(text: str, endings: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """The date of a line that holds nothing else but, maybe, names before it."""
    named = dates.find(text)
    if len(named) != 1 or len(named[0].iso) < 7:
        return None
    before, after = text[: named[0].start], text[named[0].end :]
    if after.strip(" \t\u3000）)。") or len(close(before)) > 60:
        return None
    if not before.strip(" \t\u3000（("):
        return (), named[0].iso
    beside = offices(before, endings)
    return (beside, named[0].iso) if beside else None


def _above(
    lines: Sequence[Line], place: int, endings: Sequence[str]
) -> tuple[tuple[str, ...], int]:
    """The names on the lines right above a date."""
    names: list[str] = []
    first = place
    while first > 0 and place - first < 12:
        text = lines[first - 1].text
        if not _PERSON.fullmatch(close(text)):
            found = offices(text, endings)
            if not found:
                break
            names[:0] = found
        first -= 1
    return tuple(names), first


def offices(text: str, endings: Sequence[str]) -> tuple[str, ...]:
    """The offices that a line names, where it names nothing else.

    >>> offices("某市财政局　某市 税务局（盖章）", ("局",)), offices("送某市财政局。", ("局",))
    (('某市财政局', '某市税务局'), ())
    """
    plain = _STAMP.sub("", text.strip())
    if _SPREAD.fullmatch(plain):  # 某 市 财 政 局
        plain = close(plain)
    pieces = [piece for piece in _PIECES.split(plain) if piece]
    names: list[str] = []
    open_piece = ""
    for piece in pieces:
        open_piece += piece
        if open_piece.endswith(tuple(endings)) and _NAME.fullmatch(open_piece):
            names.append(open_piece)
            open_piece = ""
    return () if open_piece else tuple(names)
