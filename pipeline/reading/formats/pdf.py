"""PDF files with a text layer: lines in reading order, without margins, joined into paragraphs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.core.errors import CorpusError
from pipeline.language.normalization import ordinary
from pipeline.reading.formats import file_titles
from pipeline.reading.formats.blocks import Block, Cell, FileContent, Table
from pipeline.reading.formats.pdf_lines import (
    Page,
    PrintedLine,
    joined,
    without_gaps,
    without_margins,
)
from pipeline.reading.formats.web import boilerplate

_OCR = "先做文字识别：ocrmypdf -l chi_sim 原文件.pdf 新文件.pdf（Debian：apt install ocrmypdf tesseract-ocr-chi-sim），再添加新文件"
_ASCENT = 0.86  # of a character's size above its baseline, as Chinese fonts have it
_GAP = 0.35  # of a character's size: a wider gap is a blank
_LONGEST = 25  # lines of a cell from which its table is a frame around running text
_LEAST = 10  # characters a page below which a file is taken to have no text layer


def read(path: Path) -> FileContent:
    """Read a file; its title is that in its properties, where it names a document.

    Raises:
        CorpusError: no PDF, encrypted, or scanned.
    """
    pages: list[Page] = []
    pictures = 0
    try:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                pages.append(list(_page(page)))
                pictures += _characters(pages[-1:]) < _LEAST and bool(page.images)
                page.close()
            title = (pdf.metadata or {}).get("Title")
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (*error.args, error.__cause__)):
            raise CorpusError(str(path), "PDF 加了密码", "去掉密码后再添加") from None
        raise CorpusError(str(path), f"PDF 残缺（{error}）", "重新下载，或打印成新的 PDF") from None
    if _characters(pages) < _LEAST * max(len(pages), 1):
        raise CorpusError(str(path), "PDF 没有文字层，是扫描件", _OCR)
    name = file_titles.choose([title] if isinstance(title, str) else [])
    return FileContent(joined(without_margins(pages)), name, pictures)


def _characters(pages: list[Page]) -> int:
    """The number of characters of pages."""
    total = 0
    for page in pages:
        for item in page:
            texts = [item.text] if isinstance(item, PrintedLine) else map(str, item.rows)
            total += sum(map(len, texts))
    return total


def _page(page: Any) -> Iterator[PrintedLine | Table]:
    """Lines and tables from the top down; text at an angle is a watermark, and is dropped."""
    _align_boxes(page.chars)
    upright, patterns = page.filter(_is_upright).dedupe_chars(), boilerplate.patterns()
    items: list[tuple[float, PrintedLine | Table]] = []  # top, in points; line or table
    rest = upright
    for table in upright.find_tables():
        if _is_data(texts := table.extract(x_tolerance_ratio=_GAP)):
            items.append((table.bbox[1], _table(table, texts)))
            rest = rest.outside_bbox(table.bbox)
    for line in rest.extract_text_lines(return_chars=True, x_tolerance_ratio=_GAP):
        sizes = sorted(char["size"] for char in line["chars"])
        text, size = without_gaps(ordinary(line["text"])).strip(), sizes[len(sizes) // 2]
        edges = (line["x0"], line["x1"], line["top"] / page.height, line["bottom"] / page.height)
        if text and not boilerplate.is_added(text, patterns):
            items.append((line["top"], PrintedLine(text, *edges, size)))
    yield from (item for _, item in sorted(items, key=lambda pair: pair[0]))


def _align_boxes(chars: list[dict[str, Any]]) -> None:
    """Move every character's box to its baseline; else fonts without boxes move digits to other lines."""
    for char in chars:
        above = char["y1"] - (char["matrix"][5] + _ASCENT * char["size"])
        if char["upright"] and 0 < abs(above) < char["size"]:
            for edge in ("top", "bottom", "doctop"):
                char[edge] += above


def _is_upright(item: dict[str, Any]) -> bool:
    return item["object_type"] != "char" or bool(item["upright"])


def _is_data(texts: list[list[str | None]]) -> bool:
    """Whether ruling lines make a data table, and not the frame of a page or a box around text."""
    rows = [[text for text in row if text and text.strip()] for row in texts]
    longest = max((text.count("\n") for row in rows for text in row), default=0)
    return sum(len(row) > 1 for row in rows) > 1 and longest < _LONGEST


def _table(table: Any, texts: list[list[str | None]]) -> Table:
    """A table from its ruling lines; a cell spans the columns and rows that begin within its box."""
    columns = sorted({box[0] for box in table.cells})
    tops = [min(box[1] for box in row.cells if box) for row in table.rows]
    rows: list[list[Cell]] = []
    for row, line in zip(table.rows, texts, strict=True):
        rows.append([])
        for box, text in zip(row.cells, line, strict=True):
            if box is not None:
                wide = sum(box[0] <= left < box[2] - 1 for left in columns)
                high = sum(box[1] - 1 <= top < box[3] - 1 for top in tops)
                rows[-1].append(Cell(_lines(text or ""), max(wide, 1), max(high, 1)))
    return Table(rows)


def _lines(text: str) -> list[Block]:
    """The text of a cell on one line; a line break between Chinese characters is no blank."""
    whole = re.sub(r"(?<![A-Za-z0-9])\n|\n(?![A-Za-z0-9])", "", text).replace("\n", " ")
    return [without_gaps(whole)] if whole.strip() else []
