"""Workbooks: sheets of plain values and links, in which no text is a formula.

The only home of openpyxl. Rows are streamed, so that a workbook of a large table needs little memory.
"""

import io
import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.site.exports.characters import allowed

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Characters that make a spreadsheet read a cell as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL = 32_767  # characters that a cell of Excel holds
CUT = "……（超出一格容量，以下从略）"
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_MAX_TITLE = 31  # characters of the name of a sheet
MAX_LINKS = 5_000  # of a sheet; Excel allows 65,530, but some programs take minutes to open as many
_MAX_LINK = 2_000  # characters of an address; Excel allows 2,079
_MAX_EXACT = 10**15  # a number of Excel has fifteen digits
_SAMPLE = 200  # rows from which the widths of columns are taken
_NARROWEST, _WIDEST = 8, 60  # widths of columns, in half-width characters

_TOP = Alignment(wrap_text=True, vertical="top")
_LINK = {"color": "8C2F24", "underline": "single"}
_TINT = PatternFill("solid", fgColor="F5F2EB")
_LINE = Border(bottom=Side(style="thin", color="8C2F24"))


@dataclass(frozen=True, slots=True)
class Linked:
    """A value that leads to a page; the address is absolute, for a file is read away from the site."""

    value: "Scalar"
    link: str | None


Scalar = str | int | float | None
Value = Scalar | Linked


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        title: its name; what Excel does not allow in one is replaced.
        headings: of the columns, in the first row; none for a sheet of label and text.
        rows: values by column.
        widths: of the columns in half-width characters; () = from the first rows.
        frozen: how many columns on the left stay in view, beside the row of headings.
        filters: whether the headings have filters.
        bold: whether the first column is bold.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[float] = ()
    frozen: int = 0
    filters: bool = True
    bold: bool = False


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of a workbook; every sheet opens at its top and prints on pages as wide as its columns."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(title(sheet.title)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def title(name: str) -> str:
    """A name that Excel allows for a sheet.

    >>> title("规定/原文: [1]"), title("")
    ('规定_原文_ _1_', '表')
    """
    return _NOT_IN_TITLE.sub("_", text(name)).strip("'")[:_MAX_TITLE] or "表"


def text(value: str) -> str:
    """A text as a cell holds it: without control characters, and cut, with a remark, where it is too long."""
    value = allowed(value)
    return value if len(value) <= MAX_CELL else value[: MAX_CELL - len(CUT)] + CUT


def _write(sheet: Worksheet, content: Sheet) -> None:
    rows = iter(content.rows)
    sample = list(islice(rows, _SAMPLE))
    columns = len(content.headings) or max(map(len, sample), default=1)
    for number, width in enumerate(content.widths or _widths(content.headings, sample), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _set_page(sheet, content)
    write = _Writer(sheet, content.bold)
    if content.headings:
        sheet.append([write.heading(name) for name in content.headings])
    last = 1  # the number of the last row
    for row in chain(sample, rows):
        sheet.append(write.row(row))
        last += 1
    if content.headings and content.filters:
        sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{last}"


def _set_page(sheet: Worksheet, content: Sheet) -> None:
    """What must be set before the first row is written."""
    if content.headings:
        sheet.freeze_panes = f"{get_column_letter(content.frozen + 1)}2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


class _Writer:
    """Makes the cells of one sheet; cells of one look share its style, for setting each takes most of the time."""

    def __init__(self, sheet: Worksheet, bold: bool) -> None:
        self._sheet, self._bold, self._links = sheet, bold, 0
        self._looks = {
            (bold, linked, quoted): self._look(bold, linked, quoted)
            for bold in (False, True) for linked in (False, True) for quoted in (False, True)
        }  # fmt: skip

    def _look(self, bold: bool, linked: bool, quoted: bool) -> Any:
        model = WriteOnlyCell(self._sheet)
        model.alignment = _TOP
        if bold or linked:
            model.font = Font(bold=bold, **(_LINK if linked else {}))
        model.quotePrefix = quoted
        return model._style

    def heading(self, name: str) -> WriteOnlyCell:
        """A cell of the first row."""
        cell = self.cell(name, True)
        cell.fill, cell.border = _TINT, _LINE
        return cell

    def row(self, values: Sequence[Value]) -> list[WriteOnlyCell]:
        """The cells of a row."""
        return [self.cell(value, self._bold and not place) for place, value in enumerate(values)]

    def cell(self, value: Value, bold: bool) -> WriteOnlyCell:
        """A cell; a text that begins like a formula stays text even after it is edited in Excel."""
        link = value.link if isinstance(value, Linked) else None
        plain = value.value if isinstance(value, Linked) else value
        cell = WriteOnlyCell(self._sheet)
        if isinstance(plain, int | float) and abs(plain) < _MAX_EXACT:
            cell.value = plain
        elif plain is not None:
            cell.value = text(str(plain))
            cell.data_type = "s"
        if linked := bool(link and len(link) <= _MAX_LINK and self._links < MAX_LINKS):
            cell.hyperlink = link
            self._links += 1
        quoted = isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS)
        cell._style = copy(self._looks[bold, linked, quoted])
        return cell


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float]:
    """Widths that show the headings with their filters and most of the values."""
    widths = [_shown(heading) + 4 for heading in headings]
    for row in rows:
        widths += [0] * (len(row) - len(widths))
        for place, value in enumerate(row):
            widths[place] = max(widths[place], _shown(value) + 1)
    return [min(max(width, _NARROWEST), _WIDEST) for width in widths]


def _shown(value: Value) -> int:
    """How wide the first line of a value is, in half-width characters.

    >>> _shown("首台（套）"), _shown(12.5), _shown(None)
    (10, 4, 0)
    """
    plain = value.value if isinstance(value, Linked) else value
    line = "" if plain is None else str(plain)[:_WIDEST].split("\n")[0]
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)
