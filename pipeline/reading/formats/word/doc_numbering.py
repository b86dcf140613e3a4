"""Automatic numbers of a .doc, from its lists [PlfLst] and list overrides [PlfLfo]."""

import struct

from pipeline.reading.formats.word.doc_stream import LISTS, OVERRIDES, Paragraph, located
from pipeline.reading.formats.word.numbering import Level, Lists

_LIST, _LEVEL = 0x460B, 0x260A  # [sprmPIlfo], [sprmPIlvl]
_HEAD = 28  # bytes of the fixed part of a list [LSTF] and of a level [LVLF]
_FORMS = {  # number format codes [MSONFC] → names as in .docx
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    18: "decimalEnclosedCircle",
    23: "bullet",
    33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand",
    37: "chineseCounting",
    39: "chineseCountingThousand",
    255: "none",
}


class DocNumbering:
    """The numbered lists of a .doc."""

    def __init__(self, main: bytes, table: bytes) -> None:
        self._lists = Lists(_levels(main, table))
        self._keys = _keys(main, table)

    def label(self, paragraph: Paragraph) -> str:
        """The number of a paragraph; empty where it has none."""
        number = int.from_bytes(paragraph.properties.get(_LIST, b""), "little")
        level = int.from_bytes(paragraph.properties.get(_LEVEL, b""), "little")
        if not 0 < number <= len(self._keys):
            return ""
        return self._lists.label(self._keys[number - 1], level, str(number))


def _keys(main: bytes, table: bytes) -> list[str]:
    """The key of the list for each list override, which paragraphs refer to by number."""
    at, size = located(main, OVERRIDES)
    if size < 4:
        return []
    (count,) = struct.unpack_from("<I", table, at)
    count = min(count, size // 16)
    return [str(struct.unpack_from("<I", table, at + 4 + 16 * n)[0]) for n in range(count)]


def _levels(main: bytes, table: bytes) -> dict[str, dict[int, Level]]:
    """List → level → format of its number."""
    at, size = located(main, LISTS)
    if size < 2:
        return {}
    (count,) = struct.unpack_from("<H", table, at)
    lists: dict[str, dict[int, Level]] = {}
    place = at + size
    for number in range(count):
        head = table[at + 2 + _HEAD * number : at + 2 + _HEAD * (number + 1)]
        levels: dict[int, Level] = {}
        for level in range(1 if head[26] & 1 else 9):
            levels[level], place = _level(table, place)
        lists[str(struct.unpack_from("<I", head, 0)[0])] = levels
    return lists


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """A level, and the offset of the next."""
    start, form, flags = struct.unpack_from("<iBB", table, at)
    after = table[at + 26] if flags & 8 else None  # fNoRestart, ilvlRestartLim
    at += _HEAD + table[at + 24] + table[at + 25]
    (length,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in text)
    return Level(start, _FORMS.get(form, "decimal"), text, after), at + 2 + 2 * length
