"""Word 97 documents (.doc), read from the binary format, without Word or LibreOffice."""

import re
import struct
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import olefile

from pipeline.core.errors import CorpusError
from pipeline.reading.formats.blocks import Block, Cell, FileContent, Table
from pipeline.reading.formats.word.doc_numbering import DocNumbering
from pipeline.reading.formats.word.doc_stream import Paragraph, paragraphs

BROKEN = (OSError, struct.error, IndexError, ValueError)  # raised on a torn file
_IN_TABLE, _ENDS_ROW, _ROW = 0x2416, 0x2417, 0xD608  # [sprmPFInTable], [sprmPFTtp], [sprmTDefTable]
_ENDS_INNER_ROW, _ENDS_INNER_CELL = 0x244C, 0x244B
_ENCRYPTED, _TABLE_1 = 0x100, 0x200
_NEAR = 60  # twentieths of a point within which two edges of cells are one
_SIGNS = str.maketrans({"\x0b": "\n", "\t": " ", "\x1e": "-", "\xa0": " ", "\r": None})
_UNSEEN = re.compile("[\x00-\x09\x0c-\x1f\xad]")


def read(path: Path) -> FileContent:
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
        return FileContent(blocks(main, table))
    except BROKEN as error:
        broken = f"Word 97 文档残缺或版本太旧（{type(error).__name__}）"
        raise CorpusError(str(path), broken, "用 Word 或 LibreOffice 打开，另存为 .docx") from None


def blocks(main: bytes, table: bytes) -> list[Block]:
    """The blocks of a document.

    Args:
        main: its main stream.
        table: its table stream.
    """
    return _blocks(paragraphs(main, table), DocNumbering(main, table))


def _blocks(paragraphs: Iterable[Paragraph], numbering: DocNumbering) -> list[Block]:
    content: list[Block] = []
    rows: list[tuple[list[list[Block]], bytes]] = []
    row: list[list[Block]] = []
    cell: list[Block] = []
    for paragraph in paragraphs:
        if paragraph.flag(_ENDS_ROW):
            rows.append((row, paragraph.properties.get(_ROW, b"")))
            row = []
        elif paragraph.flag(_IN_TABLE):
            cell += _lines(paragraph, numbering)
            if paragraph.text.endswith("\x07"):
                row.append(cell)
                cell = []
        else:
            if rows:
                content.append(_table(rows))
                rows = []
            content += _lines(paragraph, numbering)
    if row or cell:
        rows.append(([*row, cell], b""))
    return [*content, _table(rows)] if rows else content


def _lines(paragraph: Paragraph, numbering: DocNumbering) -> list[Block]:
    """The lines of a paragraph, its automatic number before the first."""
    text = _UNSEEN.sub("", paragraph.text.translate(_SIGNS))
    if not text.strip():
        return []
    return [line for line in (numbering.label(paragraph) + text).split("\n") if line.strip()]


def _table(rows: list[tuple[list[list[Block]], bytes]]) -> Table:
    """A table; its columns are the edges of cells, since rows may have different cells.

    Args:
        rows: of each, the content of its cells, and its definition [sprmTDefTable].
    """
    shapes = [_shape(definition, len(cells)) for cells, definition in rows]
    edges = _distinct(edge for shape in shapes for edge in shape[0])
    grid: list[list[Cell]] = []
    tops: dict[int, tuple[int, int]] = {}  # column → row and place of the cell that spans down
    for (cells, _), (sides, merges) in zip(rows, shapes, strict=True):
        grid.append([])
        places = [_nearest(edges, side) for side in sides]
        if places and places[0]:
            grid[-1].append(Cell([], places[0]))
        for cell, (left, right), merge in zip(cells, pairwise(places), merges, strict=True):
            if merge == 1 and left in tops:
                top, at = tops[left]
                above = grid[top][at]
                grid[top][at] = Cell(above.blocks, above.columns, len(grid) - top)
            else:
                tops[left] = (len(grid) - 1, len(grid[-1]))
                grid[-1].append(Cell(cell, max(right - left, 1)))
    return Table(grid)


def _shape(definition: bytes, count: int) -> tuple[list[int], list[int]]:
    """The edges of a row's cells, and each cell's merging: 0 none, 1 with the one above, 3 first."""
    size = definition[0] if definition else 0
    if size != count or len(definition) < 1 + 2 * (count + 1):
        return [1000 * edge for edge in range(count + 1)], [0] * count
    edges = list(struct.unpack_from(f"<{count + 1}h", definition, 1))
    flags = [definition[at : at + 2] for at in range(3 + 2 * count, len(definition), 20)][:count]
    merges = [int.from_bytes(flag, "little") >> 5 & 3 for flag in flags]
    return edges, merges + [0] * (count - len(merges))


def _distinct(edges: Iterable[int]) -> list[int]:
    """The edges in order, without those that are near another."""
    distinct: list[int] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > _NEAR:
            distinct.append(edge)
    return distinct


def _nearest(edges: list[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - edge))
