"""The binary format of Word 97 to 2003, as far as text needs it: pieces, properties of paragraphs.

Names in brackets are those of the specification, [MS-DOC]. Offsets count bytes of the stream
"WordDocument" (the main stream) unless the table stream is named.
"""

import struct
from bisect import bisect_right
from dataclasses import dataclass

_CHARACTERS, _PARAGRAPHS, _PIECES = (
    0xFA,
    0x102,
    0x1A2,
)  # of [fcPlcfBteChpx], [fcPlcfBtePapx], [fcClx]
LISTS, OVERRIDES = 0x2E2, 0x2EA  # of [fcPlfLst], [fcPlfLfo]
_PAGE = 512
_PACKED = 0x40000000
_LEADS, _RESULT, _ENDS = "\x13", "\x14", "\x15"  # a field: its code, what it shows
_MARKS = "\r\x07\x0c"  # ends of paragraphs, cells, sections
_DELETED, _HIDDEN = 0x0800, 0x083C
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of an operand by the kind of property


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of a paragraph or cell with the mark that ends it, and its properties."""

    text: str
    properties: dict[int, bytes]

    def flag(self, code: int) -> bool:
        """Whether a property is there and on."""
        return any(self.properties.get(code, b""))


def located(main: bytes, at: int) -> tuple[int, int]:
    """Where in the table stream a structure is: offset and size."""
    offset, size = struct.unpack_from("<II", main, at)
    return offset, size


def paragraphs(main: bytes, table: bytes) -> list[Paragraph]:
    """The paragraphs of the document's body, in order."""
    runs = _runs(main, table, _PARAGRAPHS)
    starts = [run[0] for run in runs]
    gone = [(start, end) for start, end, codes in _runs(main, table, _CHARACTERS)
            if codes.get(_DELETED) == b"\1" or codes.get(_HIDDEN) == b"\1"]  # fmt: skip
    out: list[Paragraph] = []
    text, codes, shown = "", list[bool](), True
    for sign, at in _characters(main, table):
        if sign == _LEADS:
            codes.append(shown)
            shown = False
        elif sign == _RESULT and codes:
            shown = codes[-1]
        elif sign == _ENDS and codes:
            shown = codes.pop()
        elif shown and not _within(gone, at):
            text += sign
            if sign in _MARKS:
                run = bisect_right(starts, at) - 1
                inside = run >= 0 and at < runs[run][1]
                out.append(Paragraph(text, runs[run][2] if inside else {}))
                text = ""
    return [*out, Paragraph(text, {})] if text else out


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    place = bisect_right(spans, (at, 1 << 32)) - 1
    return place >= 0 and at < spans[place][1]


def _characters(main: bytes, table: bytes) -> list[tuple[str, int]]:
    """The characters of the body, each with its place in the main stream."""
    out: list[tuple[str, int]] = []
    (length,) = struct.unpack_from("<I", main, 0x4C)  # [ccpText]
    for start, end, offset, width in _pieces(main, table):
        count = min(end, length) - start
        raw = main[offset : offset + max(count, 0) * width]
        signs = raw.decode("cp1252" if width == 1 else "utf-16-le", "replace")
        out += ((sign, offset + place * width) for place, sign in enumerate(signs))
    return out


def _pieces(main: bytes, table: bytes) -> list[tuple[int, int, int, int]]:
    """First character, end, offset, and bytes a character, of every stretch of text."""
    at, size = located(main, _PIECES)
    clx = table[at : at + size]
    at = 0
    while clx[at] == 1:  # [Prc]
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    out = []
    for piece in range(count):
        (place,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * piece + 2)
        offset, packed = place & ~_PACKED, bool(place & _PACKED)
        start, end = places[piece], places[piece + 1]
        out.append((start, end, offset // 2 if packed else offset, 1 if packed else 2))
    return out


def _runs(main: bytes, table: bytes, which: int) -> list[tuple[int, int, dict[int, bytes]]]:
    """Stretches of the main stream with their properties, in order."""
    at, size = located(main, which)
    count = max(size - 4, 0) // 8
    out = []
    for number in struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)):
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[-1]
        ends = struct.unpack_from(f"<{runs + 1}I", page, 0)
        step = 13 if which == _PARAGRAPHS else 1
        for run in range(runs):
            offset = page[4 * (runs + 1) + step * run] * 2
            found = _found(page, offset, which) if offset else b""
            out.append((ends[run], ends[run + 1], properties(found)))
    return sorted(out, key=lambda run: run[0])


def _found(page: bytes, offset: int, which: int) -> bytes:
    """The properties that begin at an offset of their page; a paragraph's come after its style."""
    size = page[offset]
    if which == _CHARACTERS:
        return page[offset + 1 : offset + 1 + size]
    if size:
        return page[offset + 3 : offset + 2 * size]
    return page[offset + 4 : offset + 2 + 2 * page[offset + 1]]


def properties(found: bytes) -> dict[int, bytes]:
    """Code → operand of a list of properties [grpprl]."""
    out: dict[int, bytes] = {}
    at = 0
    while at + 3 <= len(found):
        (code,) = struct.unpack_from("<H", found, at)
        at += 2
        size = _SIZES.get(code >> 13)
        if code == 0xD608 and at + 2 <= len(found):  # [sprmTDefTable] has a size of two bytes
            size = struct.unpack_from("<H", found, at)[0] - 1
            at += 2
        elif size is None:
            size = found[at]
            at += 1
        out[code] = found[at : at + size]
        at += size
    return out
