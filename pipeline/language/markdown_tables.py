"""Cells: a Markdown table inside a text, its rows and cells in place, each with its headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_HAN_GAP = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_COUNTING = re.compile(r"序号?|编号|项次|行次|№|[Nn][Oo][.．]?")
_VALUE = re.compile(r"\d|[０-９]|[一二三四五六七八九十百千万]+[分元年月日个%％]|免费|免收")
_DEEPEST = 4  # columns that may head a row: 类别, 一级, 二级, 三级指标
_LONG = 25  # characters; what is longer on the average is a text and heads nothing
_NAME = 60  # characters of a header that a heading tells


@dataclass(frozen=True, slots=True)
class Cell:
    """text[start:end] without blanks around; the heading is 行头·列头."""

    start: int
    end: int
    heading: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row; headers, and the rule below them, have no cells."""

    start: int
    end: int
    heading: str | None = None
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    spans: list[tuple[int, int]]
    said: list[str]  # of each cell; none for a rule

    def alone(self) -> str | None:
        """What the row says where it says one thing only, over all columns."""
        told = {said for said in self.said if said}
        return told.pop() if len(told) == 1 and len(self.said) > 1 else None


def subject(text: str, at: int) -> str | None:
    r"""The row and column headers of the cell at a place; None outside tables and in headers.

    >>> table = "|学历|分值|\n|---|---|\n|硕士|100分|"
    >>> subject(table, table.index("100"))
    '硕士·分值'
    """
    line = text.rfind("\n", 0, at) + 1
    if not is_row(text[line : at + 1]):
        return None
    for spans in tables(text):
        if spans[0][0] <= at < spans[-1][1]:
            cells = (cell for row in grid(text, spans) for cell in row.cells)
            return next((cell.heading for cell in cells if cell.start <= at < cell.end), None)
    return None


def tables(text: str) -> list[list[tuple[int, int]]]:
    """Start and end of each row of each table in a text."""
    found: list[list[tuple[int, int]]] = []
    inside = False
    for line in re.finditer(r".+", text):
        row = is_row(line[0])
        if row and inside:
            found[-1].append(line.span())
        elif row:
            found.append([line.span()])
        inside = row
    return found


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line.lstrip().startswith("|")


def grid(text: str, rows: Sequence[tuple[int, int]]) -> list[Row]:
    """Read a table; empty where the rows are no table of headers and data.

    Args:
        text: that the table stands in.
        rows: start and end of each printed row, the rule below the headers among them.
    """
    lines = [_line(text, *span) for span in rows]
    printed = [line for line in lines if line.said]
    width = max((len(line.said) for line in printed), default=0)
    heads = _heads(printed)
    if width < 2 or heads >= len(printed):
        return []
    names = _names(printed[:heads], width)
    table = _Table(names, _keys(printed[heads:], names))
    names_again = [line.said for line in printed[:heads]]  # on the next page
    data = {line.start for line in printed[heads:] if line.said not in names_again}
    return [table.row(line) if line.start in data else Row(line.start, line.end) for line in lines]


def _line(text: str, start: int, end: int) -> _Line:
    raw = text[start:end]
    if _RULE.match(raw.strip()):
        return _Line(start, end, [], [])
    bars = [hit.start() for hit in _BAR.finditer(raw)]
    edges = bars if raw.rstrip().endswith("|") and len(bars) > 1 else [*bars, len(raw)]
    spans = []
    for a, b in zip(edges, edges[1:], strict=False):
        inner = raw[a + 1 : b]
        left = start + a + 1 + len(inner) - len(inner.lstrip())
        spans.append((left, left + len(inner.strip())))
    return _Line(start, end, spans, [_HAN_GAP.sub("", text[a:b]) for a, b in spans])


def _heads(lines: Sequence[_Line]) -> int:
    """How many rows are headers: a caption over all columns, the first row, and what parts it."""
    count = 0
    while count + 2 < len(lines) and lines[count].alone():
        count += 1
    count += 1
    while count < len(lines) and _parts(lines[count - 1], lines[count]):
        count += 1
    return count


def _parts(above: _Line, below: _Line) -> bool:
    """Whether a row parts the headers above it: repeats or leaves blank, or divides what spans columns."""
    if len(above.said) != len(below.said) or any(re.search(r"\d", said) for said in below.said):
        return False
    same = sum(bool(a) and a == b for a, b in zip(above.said, below.said, strict=True))
    if 2 <= same < len(below.said):
        return True
    divided = False
    for i, said in enumerate(below.said):
        over = above.said[i]
        right = above.said[i + 1 : i + 2]
        spans = not over or over in above.said[max(i - 1, 0) : i] or right in ([over], [""])
        if said and said != over:
            if not spans or (not over and i == 0):
                return False
            divided = True
    return divided and any(said in ("", above.said[i]) for i, said in enumerate(below.said))


def _names(heads: Sequence[_Line], width: int) -> list[str]:
    """The header of each column, those of several rows joined."""
    names: list[list[str]] = [[] for _ in range(width)]
    for place, line in enumerate(heads):
        left = ""
        if line.alone():
            continue
        for i, said in enumerate(line.said):
            left = said or (left if place + 1 < len(heads) else "")
            if left and left not in names[i]:
                names[i].append(left)
    return ["·".join(parts) for parts in names]


def _keys(lines: Sequence[_Line], names: Sequence[str]) -> list[int]:
    """The columns that head the rows: the first ones that hold words, not values."""
    keys: list[int] = []
    counting = {i for i, name in enumerate(names) if _COUNTING.fullmatch(name)}
    columns = [i for i in range(len(names)) if i not in counting]
    for i in columns:
        said = [line.said[i] for line in lines if len(line.said) == len(names) and line.said[i]]
        values = sum(bool(_VALUE.search(one)) for one in said)
        if values * 2 >= max(len(said), 1):
            return (keys or columns)[: len(keys) or 1]
        if sum(map(len, said)) > _LONG * len(said) or len(keys) == _DEEPEST:
            break
        keys.append(i)
    return columns[:1] if len(keys) == len(columns) else keys or columns[:1]


@dataclass(slots=True)
class _Table:
    """The headers of a table, and what the rows read so far hand down to those below."""

    names: Sequence[str]
    keys: Sequence[int]
    group: str = ""
    above: _Line | None = None
    heads: list[str] = field(default_factory=list)

    def row(self, line: _Line) -> Row:
        """Read the next row of data."""
        if (alone := line.alone()) and not _VALUE.search(alone):
            self.group, self.heads = alone, []  # heads the rows below it
            return Row(line.start, line.end, alone)
        self._hand_down(line)
        heading = "·".join(dict.fromkeys(one[:_NAME] for one in (self.group, *self.heads) if one))
        cells = [self._cell(line, i, heading) for i in self._told(line)]
        self.above = line
        return Row(line.start, line.end, heading or None, cells)

    def _hand_down(self, line: _Line) -> None:
        """The row's own headers; blank ones are those of the row above, unless a higher one changed."""
        said = [line.said[i] if i < len(line.said) else "" for i in self.keys]
        before = self.heads or [""] * len(said)
        changed = False
        self.heads = []
        for own, old in zip(said, before, strict=True):
            self.heads.append(own or ("" if changed else old))
            changed = changed or (bool(own) and own != old)

    def _told(self, line: _Line) -> list[int]:
        """The columns of the cells that say something of their own."""
        found = [
            i for i, said in enumerate(line.said)
            if said and i not in self.keys and not _COUNTING.fullmatch(self._name(i)) and not self._merged(line, i)
        ]  # fmt: skip
        own = [i for i in self.keys if i < len(line.said) and line.said[i]]
        return found or own[-1:]

    def _merged(self, line: _Line, i: int) -> bool:
        """Whether a reader repeats here a cell that spans columns or rows."""
        if i and line.said[i] == line.said[i - 1] and i - 1 not in self.keys:
            return len(line.said[i]) > 1
        over = self.above.said[i : i + 1] if self.above else []
        return over == [line.said[i]] and not _VALUE.search(line.said[i]) and len(over[0]) > 4

    def _name(self, i: int) -> str:
        return self.names[i] if i < len(self.names) else ""

    def _cell(self, line: _Line, i: int, heading: str) -> Cell:
        """A cell; in a row that lacks cells nobody knows which column it stands in."""
        name = self._name(i)[:_NAME] if len(line.said) == len(self.names) else ""
        if i in self.keys:
            heading = "·".join(
                one for one in (self.group, *self.heads[: self.keys.index(i)]) if one
            )
        parts = [one for one in (heading, name) if one]
        return Cell(*line.spans[i], "·".join(parts) or None)
