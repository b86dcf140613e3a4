"""A topic's matrix as files: an Excel workbook, and CSV that Chinese Excel opens."""

import csv
import io
from collections.abc import Callable, Iterator

from pipeline.site.exports import caveats, sheets
from pipeline.site.exports.sheets import Linked, Sheet, Value
from pipeline.site.kb import Row
from pipeline.site.parts import matrix_cells

Address = Callable[[str], str]  # a path of the site → its absolute address
Word = Callable[[str, str], str]  # a code and its column → its label
_RULE_COLUMNS = (
    "事项", "地区", "档次", "规定", "起", "引语", "说明", "文件", "位置", "摘编/正文", "来源", "链接",
)  # fmt: skip
_RULE_WIDTHS = (26, 12, 14, 20, 12, 60, 36, 36, 14, 10, 14, 48)


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
        values = map(sheets.text, row)
        writer.writerow([f"'{v}" if v.startswith(sheets.FORMULA_STARTS) else v for v in values])
    return out.getvalue().encode("utf-8-sig")


def as_excel(data: Row, address: Address, word: Word) -> bytes:
    """A workbook of three sheets: the table, notes on it, and the rules with their sources."""
    return sheets.workbook(
        [_table(data, address), caveats.sheet(_notes(data, address)), _rules(data, address, word)]
    )


def matter_path(row: Row) -> str:
    """The page that a row and its cells lead to."""
    return f"/-/matter/{row['matter_id']}"


def _table(data: Row, address: Address) -> Sheet:
    def line(row: Row) -> list[Value]:
        link = address(matter_path(row))
        cells = [Linked(c["text"], link if c["entries"] else None) for c in row["cells"]]
        return [Linked(row["matter"], link), *cells]

    widths = [30, *([26] * len(data["columns"]))]
    headings = next(rows(data))
    return Sheet("对照表", headings, map(line, data["rows"]), widths, 1, filters=False, bold=True)


def _notes(data: Row, address: Address) -> list[tuple[str, str]]:
    topic, moment, build = data["topic"], data["moment"], data["build"] or {}
    return [
        ("主题", topic["name"]),
        ("定义", topic["definition"]),
        ("比较日期", f"{moment['as_of']}（{moment['name']}）"),
        ("构建编号", build.get("build_id", "")),
        ("网页", address(f"/-/matrix/{topic['topic_id']}?date={moment['moment_id']}")),
        (matrix_cells.EMPTY, "只表示本库未收集到；未收集不等于没有。"),
        ("规定", "每格是当地本级在施行的规定，有几档列几行；各级逐级列出，不相加。"),
        *caveats.LINES,
    ]


def _rules(data: Row, address: Address, word: Word) -> Sheet:
    """One row for each rule in a cell, with its source and its quote."""
    names = {column["region_id"]: column["name"] for column in data["columns"]}

    def lines() -> Iterator[list[Value]]:
        for line in data["rows"]:
            for cell in line["cells"]:
                for entry in cell["entries"]:
                    link = address(f"/-/clause/{entry['clause_id']}")
                    values = _rule_values(entry, word)
                    yield [line["matter"], names[cell["region_id"]], *values, Linked(link, link)]

    return Sheet("规定", _RULE_COLUMNS, lines(), _RULE_WIDTHS, 2, bold=True)


def _rule_values(entry: Row, word: Word) -> list[Value]:
    """The columns from 档次 to 来源."""
    columns = ("tier", "says", "in_force_from", "quote", "note", "document", "path")
    kinds = [word(entry[column], column) for column in ("text_kind", "source_grade")]
    return [*(entry[column] or "" for column in columns), *kinds]
