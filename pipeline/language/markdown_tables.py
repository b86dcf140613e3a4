"""Markdown tables: the rows and cells of a table in a text, with offsets, each with its headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_HAN_GAP = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_COUNTING = re.compile(
    r"序号?|编号|项次|行次|№|[Nn][Oo][.．]?"
)  # header of a column of row numbers
_VALUE = re.compile(r"\d|[０-９]|[一二三四五六七八九十百千万]+[分元年月日个%％]|免费|免收")
_MOST_KEYS = 4  # columns that may hold row headers: 类别, 一级, 二级, 三级指标
_LONG = 25  # characters; a column with longer cells on average holds texts, not headers
_NAME = 60  # characters of a header that are kept in a heading


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell without the blanks around it, text[start:end]; its heading is 行头·列头."""

    start: int
    end: int
    heading: str | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A printed row; rows of headers, and the rule below them, have no cells."""

    start: int
    end: int
    heading: str | None = None
    cells: list[TableCell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _PrintedRow:
    """A row as printed: the offsets of its cells and their texts; both are empty for a rule."""

    start: int
    end: int
    spans: list[tuple[int, int]]
    texts: list[str]

    def spanning_text(self) -> str | None:
        """The text of a row that holds a single text, in a cell that spans all columns."""
        distinct = {text for text in self.texts if text}
        return distinct.pop() if len(distinct) == 1 and len(self.texts) > 1 else None


def subject(text: str, offset: int) -> str | None:
    r"""The row and column headers of the cell at an offset; None outside tables and in headers.

    >>> table = "|学历|分值|\n|---|---|\n|硕士|100分|"
    >>> subject(table, table.index("100"))
    '硕士·分值'
    """
    line = text.rfind("\n", 0, offset) + 1
    if not is_row(text[line : offset + 1]):
        return None
    for spans in tables(text):
        if spans[0][0] <= offset < spans[-1][1]:
            cells = (cell for row in grid(text, spans) for cell in row.cells)
            return next((cell.heading for cell in cells if cell.start <= offset < cell.end), None)
    return None


def tables(text: str) -> list[list[tuple[int, int]]]:
    """Start and end of each row of each table in a text."""
    spans: list[list[tuple[int, int]]] = []
    inside = False
    for line in re.finditer(r".+", text):
        row = is_row(line[0])
        if row and inside:
            spans[-1].append(line.span())
        elif row:
            spans.append([line.span()])
        inside = row
    return spans


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line.lstrip().startswith("|")


def grid(text: str, spans: Sequence[tuple[int, int]]) -> list[TableRow]:
    """Read a table.

    Args:
        text: the text that holds the table.
        spans: start and end of each printed row, that of the rule below the headers included.

    Returns:
        one row per span; an empty list where the table has fewer than two columns or no data.
    """
    printed = [_printed_row(text, *span) for span in spans]
    rows = [row for row in printed if row.texts]
    width = max((len(row.texts) for row in rows), default=0)
    count = _header_count(rows)
    if width < 2 or count >= len(rows):
        return []
    names = _column_names(rows[:count], width)
    table = _Table(names, _key_columns(rows[count:], names))
    headers = [row.texts for row in rows[:count]]  # tables over several pages repeat them
    data = {row.start for row in rows[count:] if row.texts not in headers}
    return [
        table.row(row) if row.start in data else TableRow(row.start, row.end) for row in printed
    ]


def _printed_row(text: str, start: int, end: int) -> _PrintedRow:
    raw = text[start:end]
    if _RULE.match(raw.strip()):
        return _PrintedRow(start, end, [], [])
    bars = [hit.start() for hit in _BAR.finditer(raw)]
    edges = bars if raw.rstrip().endswith("|") and len(bars) > 1 else [*bars, len(raw)]
    spans = []
    for left_bar, right_bar in pairwise(edges):
        inner = raw[left_bar + 1 : right_bar]
        left = start + left_bar + 1 + len(inner) - len(inner.lstrip())
        spans.append((left, left + len(inner.strip())))
    return _PrintedRow(start, end, spans, [_HAN_GAP.sub("", text[a:b]) for a, b in spans])


def _header_count(rows: Sequence[_PrintedRow]) -> int:
    """How many rows are headers: captions over all columns, the first row, and its subdivisions."""
    count = 0
    while count + 2 < len(rows) and rows[count].spanning_text():
        count += 1
    count += 1
    while count < len(rows) and _subdivides(rows[count - 1], rows[count]):
        count += 1
    return count


def _subdivides(above: _PrintedRow, below: _PrintedRow) -> bool:
    """Whether a row continues the headers above it.

    It repeats some of them and leaves others blank, or it divides headers that span several columns.
    """
    if len(above.texts) != len(below.texts) or any(re.search(r"\d", text) for text in below.texts):
        return False
    same = sum(bool(a) and a == b for a, b in zip(above.texts, below.texts, strict=True))
    if 2 <= same < len(below.texts):
        return True
    divides = False
    for i, text in enumerate(below.texts):
        over = above.texts[i]
        right = above.texts[i + 1 : i + 2]
        spans = not over or over in above.texts[max(i - 1, 0) : i] or right in ([over], [""])
        if text and text != over:
            if not spans or (not over and i == 0):
                return False
            divides = True
    return divides and any(text in ("", above.texts[i]) for i, text in enumerate(below.texts))


def _column_names(headers: Sequence[_PrintedRow], width: int) -> list[str]:
    """The header of each column; headers of several rows are joined by ·."""
    names: list[list[str]] = [[] for _ in range(width)]
    for place, row in enumerate(headers):
        name = ""
        if row.spanning_text():
            continue
        for i, text in enumerate(row.texts):
            # in all but the last row, a blank cell belongs to the header on its left
            name = text or (name if place + 1 < len(headers) else "")
            if name and name not in names[i]:
                names[i].append(name)
    return ["·".join(parts) for parts in names]


def _key_columns(rows: Sequence[_PrintedRow], names: Sequence[str]) -> list[int]:
    """The columns that hold row headers: the first ones with words rather than values."""
    keys: list[int] = []
    counting = {i for i, name in enumerate(names) if _COUNTING.fullmatch(name)}
    columns = [i for i in range(len(names)) if i not in counting]
    for i in columns:
        texts = [row.texts[i] for row in rows if len(row.texts) == len(names) and row.texts[i]]
        values = sum(bool(_VALUE.search(text)) for text in texts)
        if values * 2 >= max(len(texts), 1):
            return (keys or columns)[: len(keys) or 1]
        if sum(map(len, texts)) > _LONG * len(texts) or len(keys) == _MOST_KEYS:
            break
        keys.append(i)
    return columns[:1] if len(keys) == len(columns) else keys or columns[:1]


@dataclass(slots=True)
class _Table:
    """Reads the rows of data in order, with the headers that earlier rows leave in effect."""

    names: Sequence[str]
    keys: Sequence[int]
    group: str = ""  # text of the last row that spanned all columns
    above: _PrintedRow | None = None
    headers: list[str] = field(default_factory=list)  # of the current row, one per key column

    def row(self, row: _PrintedRow) -> TableRow:
        """Read the next row of data."""
        if (title := row.spanning_text()) and not _VALUE.search(title):
            self.group, self.headers = title, []
            return TableRow(row.start, row.end, title)
        self._take_headers(row)
        parts = [name[:_NAME] for name in (self.group, *self.headers) if name]
        heading = "·".join(dict.fromkeys(parts))
        cells = [self._cell(row, i, heading) for i in self._data_columns(row)]
        self.above = row
        return TableRow(row.start, row.end, heading or None, cells)

    def _take_headers(self, row: _PrintedRow) -> None:
        """Set the row's headers; a blank one is that of the row above, unless a higher one changed."""
        texts = [row.texts[i] if i < len(row.texts) else "" for i in self.keys]
        above = self.headers or [""] * len(texts)
        changed = False
        self.headers = []
        for own, inherited in zip(texts, above, strict=True):
            self.headers.append(own or ("" if changed else inherited))
            changed = changed or (bool(own) and own != inherited)

    def _data_columns(self, row: _PrintedRow) -> list[int]:
        """The columns of the cells that hold data; the last row header where none does."""
        columns = [i for i, text in enumerate(row.texts) if text and self._is_data(row, i)]
        headers = [i for i in self.keys if i < len(row.texts) and row.texts[i]]
        return columns or headers[-1:]

    def _is_data(self, row: _PrintedRow, i: int) -> bool:
        if i in self.keys or _COUNTING.fullmatch(self._name(i)):
            return False
        return not self._is_repeated(row, i)

    def _is_repeated(self, row: _PrintedRow, i: int) -> bool:
        """Whether the cell repeats one that spans columns or rows, as some readers write it."""
        text = row.texts[i]
        if i and text == row.texts[i - 1] and i - 1 not in self.keys:
            return len(text) > 1
        over = self.above.texts[i : i + 1] if self.above else []
        return over == [text] and not _VALUE.search(text) and len(text) > 4

    def _name(self, i: int) -> str:
        return self.names[i] if i < len(self.names) else ""

    def _cell(self, row: _PrintedRow, i: int, heading: str) -> TableCell:
        """A cell; in a row that lacks cells its column, and so its column header, is unknown."""
        name = self._name(i)[:_NAME] if len(row.texts) == len(self.names) else ""
        if i in self.keys:
            outer = (self.group, *self.headers[: self.keys.index(i)])
            heading = "·".join(part for part in outer if part)
        parts = [part for part in (heading, name) if part]
        return TableCell(*row.spans[i], "·".join(parts) or None)
