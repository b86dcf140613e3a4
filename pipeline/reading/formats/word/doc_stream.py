"""Paragraphs of the binary format of Word 97 to 2003: their text and properties.

Names in brackets are those of the specification, [MS-DOC]. Offsets count bytes of the stream
"WordDocument" (the main stream) unless the table stream is named.
"""

import struct
from bisect import bisect_right
from dataclasses import dataclass

_CHARACTERS = 0xFA  # of [fcPlcfBteChpx]
_PARAGRAPHS = 0x102  # of [fcPlcfBtePapx]
_PIECES = 0x1A2  # of [fcClx]
LISTS, OVERRIDES = 0x2E2, 0x2EA  # of [fcPlfLst], [fcPlfLfo]
_PAGE = 512  # bytes
_PACKED = 0x40000000  # flag of a piece with one byte a character
_LEADS, _RESULT, _ENDS = "\x13", "\x14", "\x15"  # of a field: its code begins, its result, its end
_MARKS = "\r\x07\x0c"  # ends of paragraphs, cells, sections
_DELETED, _HIDDEN = 0x0800, 0x083C
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of an operand by the kind of property


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of a paragraph or cell with the mark that ends it, and its properties."""

    text: str
    properties: dict[int, bytes]

    def flag(self, code: int) -> bool:
        """Whether a property is present and on."""
        return any(self.properties.get(code, b""))


def located(main: bytes, at: int) -> tuple[int, int]:
    """The offset and size of a structure in the table stream; `at` is its entry in the main stream."""
    offset, size = struct.unpack_from("<II", main, at)
    return offset, size


def paragraphs(main: bytes, table: bytes) -> list[Paragraph]:
    """The paragraphs of the document's body, in order."""
    runs = _runs(main, table, _PARAGRAPHS)
    starts = [run[0] for run in runs]
    hidden = [
        (start, end)
        for start, end, properties in _runs(main, table, _CHARACTERS)
        if b"\1" in (properties.get(_DELETED), properties.get(_HIDDEN))
    ]
    result: list[Paragraph] = []
    text, outer, shown = "", list[bool](), True  # outer: whether the fields around are shown
    for character, at in _characters(main, table):
        if character == _LEADS:
            outer.append(shown)
            shown = False
        elif character == _RESULT and outer:
            shown = outer[-1]
        elif character == _ENDS and outer:
            shown = outer.pop()
        elif shown and not _within(hidden, at):
            text += character
            if character in _MARKS:
                run = bisect_right(starts, at) - 1
                inside = run >= 0 and at < runs[run][1]
                result.append(Paragraph(text, runs[run][2] if inside else {}))
                text = ""
    return [*result, Paragraph(text, {})] if text else result


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset is in one of the spans, which are sorted."""
    place = bisect_right(spans, (at, 1 << 32)) - 1
    return place >= 0 and at < spans[place][1]


def _characters(main: bytes, table: bytes) -> list[tuple[str, int]]:
    """The characters of the body, each with its offset in the main stream."""
    characters: list[tuple[str, int]] = []
    (length,) = struct.unpack_from("<I", main, 0x4C)  # [ccpText]
    for start, end, offset, width in _pieces(main, table):
        count = min(end, length) - start
        raw = main[offset : offset + max(count, 0) * width]
        text = raw.decode("cp1252" if width == 1 else "utf-16-le", "replace")
        characters += ((each, offset + place * width) for place, each in enumerate(text))
    return characters


def _pieces(main: bytes, table: bytes) -> list[tuple[int, int, int, int]]:
    """First character, end, offset, and bytes a character, of every piece of text."""
    at, size = located(main, _PIECES)
    clx = table[at : at + size]
    at = 0
    while clx[at] == 1:  # [Prc]
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    pieces = []
    for piece in range(count):
        (place,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * piece + 2)
        offset, packed = place & ~_PACKED, bool(place & _PACKED)
        start, end = places[piece], places[piece + 1]
        pieces.append((start, end, offset // 2 if packed else offset, 1 if packed else 2))
    return pieces


def _runs(main: bytes, table: bytes, which: int) -> list[tuple[int, int, dict[int, bytes]]]:
    """Start, end and properties of the runs of characters or paragraphs, in order.

    Args:
        main: the main stream.
        table: the table stream.
        which: _CHARACTERS or _PARAGRAPHS.
    """
    at, size = located(main, which)
    count = max(size - 4, 0) // 8
    runs = []
    for number in struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)):
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        length = page[-1]  # runs of the page
        ends = struct.unpack_from(f"<{length + 1}I", page, 0)
        step = 13 if which == _PARAGRAPHS else 1
        for run in range(length):
            offset = page[4 * (length + 1) + step * run] * 2
            raw = _raw_properties(page, offset, which) if offset else b""
            runs.append((ends[run], ends[run + 1], properties(raw)))
    return sorted(runs, key=lambda run: run[0])


def _raw_properties(page: bytes, offset: int, which: int) -> bytes:
    """The bytes of properties at an offset of their page; a paragraph's come after its style."""
    size = page[offset]
    if which == _CHARACTERS:
        return page[offset + 1 : offset + 1 + size]
    if size:
        return page[offset + 3 : offset + 2 * size]
    return page[offset + 4 : offset + 2 + 2 * page[offset + 1]]


def properties(raw: bytes) -> dict[int, bytes]:
    """Code → operand of a list of properties [grpprl]."""
    operands: dict[int, bytes] = {}
    at = 0
    while at + 3 <= len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        at += 2
        size = _SIZES.get(code >> 13)
        if code == 0xD608 and at + 2 <= len(raw):  # [sprmTDefTable] has a size of two bytes
            size = struct.unpack_from("<H", raw, at)[0] - 1
            at += 2
        elif size is None:
            size = raw[at]
            at += 1
        operands[code] = raw[at : at + size]
        at += size
    return operands
