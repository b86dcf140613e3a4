"""Old Word documents (.doc): read as they are, without Word or LibreOffice."""

import re
import struct
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import olefile

from pipeline.core.errors import CorpusError
from pipeline.reading.formats.blocks import Block, Cell, Found, Table
from pipeline.reading.formats.word.doc_numbering import Numbering
from pipeline.reading.formats.word.doc_stream import Paragraph, paragraphs

BROKEN = (OSError, struct.error, IndexError, ValueError)  # what a torn file comes to
_IN_TABLE, _ENDS_ROW, _ROW = 0x2416, 0x2417, 0xD608  # [sprmPFInTable], [sprmPFTtp], [sprmTDefTable]
_ENDS_INNER_ROW, _ENDS_INNER_CELL = 0x244C, 0x244B
_ENCRYPTED, _TABLE_1 = 0x100, 0x200
_NEAR = 60  # twentieths of a point within which two edges of cells are one
_SIGNS = str.maketrans({"\x0b": "\n", "\t": " ", "\x1e": "-", "\xa0": " ", "\r": None})
_UNSEEN = re.compile("[\x00-\x09\x0c-\x1f\xad]")


def read(path: Path) -> Found:
    """Read a document.

    Raises:
        CorpusError: a file of this family that is no Word document, or is encrypted or too old.
    """
    try:
        with olefile.OleFileIO(str(path)) as ole:
            if not ole.exists("WordDocument"):
                other = "是 Office 97 格式，但不是 Word 文档"
                raise CorpusError(str(path), other, "用原来的软件打开，另存为 .docx")
            main = ole.openstream("WordDocument").read()
            (flags,) = struct.unpack_from("<H", main, 0x0A)
            if flags & _ENCRYPTED:
                raise CorpusError(str(path), "加了密码", "用 Word 去掉密码后另存为 .docx")
            table = ole.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
        return Found(found(main, table))
    except BROKEN as error:
        broken = f"Word 97 文档残缺或版本太旧（{type(error).__name__}）"
        raise CorpusError(str(path), broken, "用 Word 或 LibreOffice 打开，另存为 .docx") from None


def found(main: bytes, table: bytes) -> list[Block]:
    """The blocks of a document by its two streams."""
    return _blocks(paragraphs(main, table), Numbering(main, table))


def _blocks(paragraphs: Iterable[Paragraph], numbering: Numbering) -> list[Block]:
    out: list[Block] = []
    rows: list[tuple[list[list[Block]], bytes]] = []
    row: list[list[Block]] = []
    cell: list[Block] = []
    for each in paragraphs:
        if each.flag(_ENDS_ROW):
            rows.append((row, each.properties.get(_ROW, b"")))
            row = []
        elif each.flag(_IN_TABLE):
            cell += _lines(each, numbering)
            if each.text.endswith("\x07"):
                row.append(cell)
                cell = []
        else:
            if rows:
                out.append(_table(rows))
                rows = []
            out += _lines(each, numbering)
    if row or cell:
        rows.append(([*row, cell], b""))
    return [*out, _table(rows)] if rows else out


def _lines(paragraph: Paragraph, numbering: Numbering) -> list[Block]:
    text = _UNSEEN.sub("", paragraph.text.translate(_SIGNS))
    if not text.strip():
        return []
    return [line for line in (numbering.label(paragraph) + text).split("\n") if line.strip()]


def _table(rows: list[tuple[list[list[Block]], bytes]]) -> Table:
    """A table whose columns are where its cells have their edges, as rows may have different cells."""
    shapes = [_shape(definition, len(cells)) for cells, definition in rows]
    edges = _distinct(edge for shape in shapes for edge in shape[0])
    out: list[list[Cell]] = []
    tops: dict[int, tuple[int, int]] = {}
    for (cells, _), (sides, merges) in zip(rows, shapes, strict=True):
        out.append([])
        places = [_place(edges, side) for side in sides]
        if places and places[0]:
            out[-1].append(Cell([], places[0]))
        for cell, (left, right), merge in zip(cells, pairwise(places), merges, strict=True):
            if merge == 1 and left in tops:
                top, at = tops[left]
                above = out[top][at]
                out[top][at] = Cell(above.blocks, above.columns, len(out) - top)
            else:
                tops[left] = (len(out) - 1, len(out[-1]))
                out[-1].append(Cell(cell, max(right - left, 1)))
    return Table(out)


def _shape(definition: bytes, count: int) -> tuple[list[int], list[int]]:
    """The edges of a row's cells, and how each is merged: 0 not, 1 with the one above, 3 first."""
    size = definition[0] if definition else 0
    if size != count or len(definition) < 1 + 2 * (count + 1):
        return [1000 * edge for edge in range(count + 1)], [0] * count
    edges = list(struct.unpack_from(f"<{count + 1}h", definition, 1))
    flags = [definition[at : at + 2] for at in range(3 + 2 * count, len(definition), 20)][:count]
    merges = [int.from_bytes(each, "little") >> 5 & 3 for each in flags]
    return edges, merges + [0] * (count - len(merges))


def _distinct(edges: Iterable[int]) -> list[int]:
    out: list[int] = []
    for edge in sorted(edges):
        if not out or edge - out[-1] > _NEAR:
            out.append(edge)
    return out


def _place(edges: list[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - edge))
