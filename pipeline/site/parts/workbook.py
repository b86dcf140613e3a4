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

Address = Callable[[str], str]  # a path of the site → its absolute address
Word = Callable[[str], str]  # a code → its label
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Characters that make a spreadsheet read a cell as a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in a workbook
_MAX_CELL = 32_767  # characters that a cell of Excel holds
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD, _LINK_FONT = Font(bold=True), Font(color="8C2F24", underline="single")
_TINT = PatternFill("solid", fgColor="F5F2EB")
_BASIS_COLUMNS = ("事项", "地区", "引语", "文件", "位置", "摘编/正文", "状态", "链接")
_NOT_FOUND = (
    "只说明本库收录的文件里没有查到对应条款，不等于没有。字样带链接的，通向差异页，"
    "页上写明查过什么、收录多少、最接近的条款；不带链接的，本库没有作这一组比较。"
)
_GRADES = (
    "仅上级有规定：本级未查得，上级有。另有名称：另有名称不同的规定。有效期已过：曾有规定，期限已满。"
    "材料存疑未采用：收集到的材料可信度低，没有采用。"
)
_LICENCE = "摘编部分 CC BY 4.0；摘编所转述的文件，权利属于其发布机关；法规正文不受著作权保护。"
_DIGEST = "本库据所列来源逐条转述，不是原文，引用前请核对原文。"


def rows(data: Row) -> Iterator[list[str]]:
    """The table as plain text: the header, then one row for each attribute."""
    yield ["事项", *(column["name"] for column in data["columns"])]
    for line in data["rows"]:
        yield [line["attribute"], *(cell["text"] for cell in line["cells"])]


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
    """A workbook of three sheets: the table, notes on it, and the basis of every cell."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _table(sheet, data, address)
    _notes(book.create_sheet("说明"), data, address)
    _basis(book.create_sheet("依据"), data, address, word)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_path(cell: Row) -> str | None:
    """The page that a cell leads to: its first clause, else the gap that records the search."""
    entries = [*cell["entries"], *([] if cell["grade"] else cell["past"])]
    if entries:
        return f"/-/clause/{entries[0]['clause_id']}"
    return f"/-/compare/{cell['gap_id']}" if cell["gap_id"] else None


def _table(sheet: Worksheet, data: Row, address: Address) -> None:
    sheet.title = "对照表"
    for number, values in enumerate(rows(data), 1):
        _write_row(sheet, number, values)
    for number, row in enumerate(data["rows"], 2):
        for column, cell in enumerate(row["cells"], 2):
            _link(sheet.cell(number, column), cell_path(cell), address)
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
        ("未查得", _NOT_FOUND),
        ("其他字样", _GRADES),
        ("摘编", _DIGEST),
        ("数额", "照条款原话；各级逐级列出，不相加。"),
        ("许可", _LICENCE),
    ]
    for number, line in enumerate(lines, 1):
        _write_row(sheet, number, line)
        sheet.cell(number, 1).font = _BOLD
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 90


def _basis(sheet: Worksheet, data: Row, address: Address, word: Word) -> None:
    """One row for each cell, or for each clause of a cell that has several."""
    _write_row(sheet, 1, _BASIS_COLUMNS)
    names = {column["region_id"]: column["name"] for column in data["columns"]}
    cells = [(row["attribute"], cell) for row in data["rows"] for cell in row["cells"]]
    number = 1
    for attribute, cell in cells:
        for values, path in _basis_rows(cell, word):
            number += 1
            link = address(path) if path else ""
            _write_row(sheet, number, [attribute, names[cell["region_id"]], *values, link])
            _link(sheet.cell(number, len(_BASIS_COLUMNS)), path, address)
    _format(sheet, [30, 12, 60, 36, 14, 10, 14, 48])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _basis_rows(cell: Row, word: Word) -> Iterator[tuple[list[str], str | None]]:
    """The columns from 引语 to 状态, and the path of the page, for a grade and for each clause."""
    if cell["grade"]:
        path = f"/-/compare/{cell['gap_id']}" if cell["gap_id"] else None
        basis = cell["rests_on"] or ""
        yield ["", basis, "", "", word(cell["grade"])], path
    for entry in [*cell["entries"], *cell["past"]]:
        state = "时效未知" if entry["state"] == "未知" else entry["state"]
        kind = word(entry["text_kind"])
        values = [entry["quote"], entry["document"], entry["path"], kind, state]
        yield values, f"/-/clause/{entry['clause_id']}"


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


def _link(cell: Any, path: str | None, address: Address) -> None:
    if path:
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
