"""Word documents (.docx): paragraphs and tables in document order, with numbers and notes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from pipeline.reading.formats import file_titles
from pipeline.reading.formats.blocks import Block, Cell, FileContent, Table
from pipeline.reading.formats.word.docx_numbering import DocxNumbering

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = ("del", "delText", "moveFrom")
_PROPERTIES = ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sectPr", "rubyPr")
_SKIPPED = {  # beside these: field codes, ruby (annotations of characters), the copy of a text box
    *(qn(f"w:{name}") for name in (*_DELETED, *_PROPERTIES, "instrText", "rt")),
    _FALLBACK,
}
_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_PICTURE = qn("a:blip")
_BOX, _TEXT = qn("w:txbxContent"), qn("w:t")
_SIGNS = {
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:noBreakHyphen"): "-",
}
# Wingdings code → the character that it looks like
_SYMBOLS = {"F0A3": "□", "F0A8": "□", "F06F": "□", "F0FE": "☑", "F052": "☑", "F06C": "●"}


def read(path: Path) -> FileContent:
    """Read a document; its title is that in its properties, where it names a document."""
    document = docx.Document(str(path))
    body = document.element.body
    content = [*_blocks(body, DocxNumbering(document)), *_notes(document.part)]
    pictures = sum(1 for _ in body.iter(_PICTURE))
    title = file_titles.choose([document.core_properties.title or ""])
    return FileContent(content, title, pictures)


def _blocks(parent: Any, numbering: DocxNumbering) -> Iterator[Block]:
    for child in parent:
        if child.tag == _P:
            yield from _paragraph(child, numbering)
        elif child.tag == _TBL:
            yield _table(child, numbering)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _blocks(child, numbering)


def _paragraph(paragraph: Any, numbering: DocxNumbering) -> Iterator[Block]:
    boxes: list[Any] = []
    text = "".join(_pieces(paragraph, boxes))
    if _is_deleted(paragraph):
        text = text.strip()
    if text.strip():
        text = numbering.label(paragraph) + text.lstrip("\n")
        yield from (line for line in text.split("\n") if line.strip())
    for box in boxes:
        yield from _blocks(box, numbering)


def _is_deleted(paragraph: Any) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The text of an element in pieces; text boxes in it are added to `boxes`."""
    for child in element:
        if child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == qn("w:sym"):
            yield _SYMBOLS.get((child.get(qn("w:char")) or "").upper(), "")
        elif child.tag == _BOX:
            boxes.append(child)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and not _is_hidden(child):
            yield from _pieces(child, boxes)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _table(table: Any, numbering: DocxNumbering) -> Table:
    """A table; a cell merged with the one above lengthens that one."""
    rows: list[list[Cell]] = []
    tops: dict[int, tuple[int, int]] = {}  # column → row and place of the cell that spans down
    for row in _below(table, _TR):
        rows.append([])
        column = 0
        if before := _span(row, "w:trPr", "w:gridBefore", 0):
            rows[-1].append(Cell([], before))
            column = before
        for cell in _below(row, _TC):
            width = _span(cell, "w:tcPr", "w:gridSpan", 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) != "restart" and column in tops:
                top, at = tops[column]
                above = rows[top][at]
                rows[top][at] = Cell(above.blocks, above.columns, len(rows) - top)
            else:
                tops[column] = (len(rows) - 1, len(rows[-1]))
                rows[-1].append(Cell(list(_blocks(cell, numbering)), width))
            column += width
    return Table(rows)


def _below(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in (*_SKIPPED, _P, _TBL):
            yield from _below(child, tag)


def _span(element: Any, properties: str, name: str, default: int) -> int:
    """A number of columns in an element's properties, at most 100; the default where it is absent."""
    child = element.find(f"{qn(properties)}/{qn(name)}")
    value = (child.get(qn("w:val")) if child is not None else None) or ""
    return min(int(value), 100) if re.fullmatch("[0-9]{1,4}", value) and int(value) else default


def _notes(part: Any) -> list[Block]:
    """Footnotes and endnotes, each as one paragraph."""
    notes: list[Block] = []
    for relation in part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        for note in parse_xml(relation.target_part.blob):
            if isinstance(note.tag, str) and note.get(qn("w:type")) is None:
                lines = ("".join(_pieces(line, [])).strip() for line in note.iter(_P))
                if text := " ".join(filter(None, lines)):
                    notes.append(f"注：{text}")
    return notes
