"""A table, view or query as a workbook: headings and labels in Chinese, ids as links, and a sheet of notes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.site.exports import caveats, sheets
from pipeline.site.exports.sheets import Linked, Sheet, Value
from pipeline.site.kb import from_json
from pipeline.site.parts import columns

Address = Callable[[str], str]  # a path of the site → its absolute address
Word = Callable[[Any, str, str | None], Any]  # a value, its column and table → its label


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported.

    Attributes:
        title: in Chinese, of the table, view or query.
        description: what it shows.
        headings: column → its heading, in the order of the columns.
        meanings: column → what it holds, of those that are described.
        rows: values by column; {"value", "label"} is an id with its name.
        page: the address of the page of which this is the file.
        build_id: of the knowledge base.
        table: the table or view, which some codes need; None for a query.
        cut: one line on the rows that were left out; None where all are there.
        details: further lines of the notes.
    """

    title: str
    description: str
    headings: Mapping[str, str]
    meanings: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    page: str
    build_id: str
    table: str | None = None
    cut: str | None = None
    details: Iterable[tuple[str, str]] = field(default=())


def workbook(export: Export, address: Address, word: Word) -> bytes:
    """The bytes of the workbook: the rows, then the sheet 说明."""
    names = _distinct(export.headings.values())
    lines = ([cell(row[c], c, export.table, address, word) for c in export.headings] for row in export.rows)  # fmt: skip
    table = Sheet(export.title, names, lines, frozen=1)
    return sheets.workbook([table, caveats.sheet(_notes(export))])


def cell(value: Any, column: str, table: str | None, address: Address, word: Word) -> Value:
    """A value of the database as a cell: its label, the text of its list, and the page that it leads to."""
    key, shown = value, value
    if isinstance(value, dict) and value.keys() == {"value", "label"}:
        key, shown = value["value"], value["label"]
    if isinstance(shown, float):
        return round(shown, 6)
    if not isinstance(shown, str):
        return columns.plain(shown) if isinstance(shown, list | dict) else shown
    if column == "diff":
        return _difference(from_json(shown))
    label = word(shown, column, table)
    text = columns.plain(from_json(label)) if label[:1] in ("[", "{") else label
    return Linked(text, _link(key, column, address))


def _link(key: Any, column: str, address: Address) -> str | None:
    """The page that a value of this column leads to."""
    if column in columns.PAGES and isinstance(key, str):
        return address(f"/-/{columns.PAGES[column]}/{key}")
    is_web = column == "url" and isinstance(key, str) and key.startswith(("http://", "https://"))
    return key if is_web else None


def _difference(ops: Any) -> str:
    """A stored difference on one line.

    >>> _difference([["=", "奖励", "奖励"], ["~", "20万元", "30万元"], ["-", "一次性", ""]])
    '奖励【20万元→30万元】【仅左：一次性】'
    """
    if not isinstance(ops, list):
        return str(ops)
    forms = {"=": "{0}", "~": "【{0}→{1}】", "-": "【仅左：{0}】", "+": "【仅右：{1}】"}
    return "".join(forms[op].format(left, right) for op, left, right in ops)


def _distinct(names: Iterable[str]) -> list[str]:
    """Headings without doubles: the second 条款 is 条款（2）.

    >>> _distinct(["条款", "地区", "条款"])
    ['条款', '地区', '条款（2）']
    """
    found: dict[str, int] = {}
    result = []
    for name in names:
        found[name] = found.get(name, 0) + 1
        result.append(name if found[name] == 1 else f"{name}（{found[name]}）")
    return result


def _notes(export: Export) -> list[tuple[str, str]]:
    number = f"{len(export.rows)} 行" + (f"；{export.cut}" if export.cut else "，全部在内")
    about = [
        ("名称", export.title),
        ("内容", export.description),
        ("网页", export.page),
        ("行数", number),
        ("链接", f"编号可以点开；只有前 {sheets.MAX_LINKS:,} 个带链接，免得打开太慢。"),
        *export.details,
        ("构建编号", export.build_id),
        *caveats.LINES,
    ]
    meanings = [
        (f"列：{export.headings[column]}", meaning)
        for column, meaning in export.meanings.items()
        if column in export.headings
    ]
    return [(label, text) for label, text in about + meanings if text]
