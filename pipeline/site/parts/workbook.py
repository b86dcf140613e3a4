"""A matrix as files: an Excel workbook, and CSV that Chinese Excel opens."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.site.kb import Row
from pipeline.site.parts import matrix_cells

Address = Callable[[str], str]  # a path of the site → its absolute address
Word = Callable[[str, str], str]  # a code and its column → its label
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Characters that make a spreadsheet read a cell as a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in a workbook
_MAX_CELL = 32_767  # characters that a cell of Excel holds
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD, _LINK_FONT = Font(bold=True), Font(color="8C2F24", underline="single")
_TINT = PatternFill("solid", fgColor="F5F2EB")
_RULE_COLUMNS = (
    "事项", "地区", "档次", "规定", "起", "引语", "说明", "文件", "位置", "摘编/正文", "来源", "链接",
)  # fmt: skip
_RULE_WIDTHS = [26, 12, 14, 20, 12, 60, 36, 36, 14, 10, 14, 48]
_NOT_COLLECTED = "只表示本库未收集到；未收集不等于没有。"
_LICENCE = "摘编部分 CC BY 4.0；摘编所转述的文件，权利属于其发布机关；法规正文不受著作权保护。"
_DIGEST = "本库据所列来源逐条转述，不是原文，引用前请核对原文。"


def rows(data: Row) -> Iterator[list[str]]:
    """The table as plain text: the header, then one row for each matter."""
    yield ["事项", *(column["name"] for column in data["columns"])]
    for line in data["rows"]:
        yield [line["matter"], *(cell["text"] for cell in line["cells"])]


def as_csv(data: Row) -> bytes:
    """CSV in UTF-8 with a byte order mark, without which Chinese Excel reads it as GBK.

    An apostrophe precedes a value that a spreadsheet would read as a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows(data):
        values = [_CONTROL.sub("", value) for value in row]
        writer.writerow([f"'{v}" if v.startswith(_FORMULA_STARTS) else v for v in values])
    return out.getvalue().encode("utf-8-sig")


def as_excel(data: Row, address: Address, word: Word) -> bytes:
    """A workbook of three sheets: the table, notes on it, and the rules with their sources."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _table(sheet, data, address)
    _notes(book.create_sheet("说明"), data, address)
    _rules(book.create_sheet("规定"), data, address, word)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def matter_path(row: Row) -> str:
    """The page that a row and its cells lead to."""
    return f"/-/matter/{row['matter_id']}"


def _table(sheet: Worksheet, data: Row, address: Address) -> None:
    sheet.title = "对照表"
    for number, values in enumerate(rows(data), 1):
        _write_row(sheet, number, values)
    for number, row in enumerate(data["rows"], 2):
        filled = [place for place, cell in enumerate(row["cells"], 2) if cell["entries"]]
        for column in (1, *filled):
            _link(sheet.cell(number, column), matter_path(row), address)
    _format(sheet, [30, *([26] * len(data["columns"]))])
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _notes(sheet: Worksheet, data: Row, address: Address) -> None:
    topic, moment, build = data["topic"], data["moment"], data["build"] or {}
    lines = [
        ("主题", topic["name"]),
        ("定义", topic["definition"]),
        ("比较日期", f"{moment['as_of']}（{moment['name']}）"),
        ("构建编号", build.get("build_id", "")),
        ("网页", address(f"/-/matrix/{topic['topic_id']}?date={moment['moment_id']}")),
        (matrix_cells.EMPTY, _NOT_COLLECTED),
        ("摘编", _DIGEST),
        ("规定", "每格是当地本级在施行的规定，有几档列几行；各级逐级列出，不相加。"),
        ("许可", _LICENCE),
    ]
    for number, line in enumerate(lines, 1):
        _write_row(sheet, number, line)
        sheet.cell(number, 1).font = _BOLD
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 90


def _rules(sheet: Worksheet, data: Row, address: Address, word: Word) -> None:
    """One row for each rule in a cell, with its source and its quote."""
    _write_row(sheet, 1, _RULE_COLUMNS)
    names = {column["region_id"]: column["name"] for column in data["columns"]}
    found = [
        (line, cell, entry)
        for line in data["rows"]
        for cell in line["cells"]
        for entry in cell["entries"]
    ]
    for number, (line, cell, entry) in enumerate(found, 2):
        path = f"/-/clause/{entry['clause_id']}"
        place = [line["matter"], names[cell["region_id"]]]
        _write_row(sheet, number, [*place, *_rule_values(entry, word), address(path)])
        _link(sheet.cell(number, len(_RULE_COLUMNS)), path, address)
    _format(sheet, _RULE_WIDTHS)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _rule_values(entry: Row, word: Word) -> list[str]:
    """The columns from 档次 to 来源."""
    columns = ("tier", "says", "in_force_from", "quote", "note", "document", "path")
    kinds = [word(entry[column], column) for column in ("text_kind", "source_grade")]
    return [*(entry[column] or "" for column in columns), *kinds]


def _write_row(sheet: Worksheet, number: int, values: Iterable[str]) -> None:
    for column, value in enumerate(values, 1):
        _write(sheet.cell(number, column), value)


def _write(cell: Any, value: str) -> None:
    """Write text as text; one that begins like a formula stays text even after it is edited in Excel."""
    value = _CONTROL.sub("", value)[:_MAX_CELL]
    cell.value = value
    cell.data_type = "s"
    cell.alignment = _WRAPPED
    if value.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def _link(cell: Any, path: str, address: Address) -> None:
    cell.hyperlink = address(path)
    cell.font = _LINK_FONT


def _format(sheet: Worksheet, widths: list[int]) -> None:
    """Make the header bold on a tint and the first column bold; set the widths of the columns."""
    for cell in sheet[1]:
        cell.font, cell.fill = _BOLD, _TINT
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
        cell.font = _BOLD
