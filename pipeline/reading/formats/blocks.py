"""Blocks: what a document is made of once its format is taken off, and how that is written as text.

A block is a paragraph or a table, a table's cell holds blocks again. Tables that only place things on
a page are unwrapped; tables of data become Markdown rows, since a scoring table is read by its cells.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

Block: TypeAlias = "str | Table"

_MOST = 500_000  # places of one table
_WORD = 10  # characters up to which the lines of a cell are one word, broken to fit
_OPEN = "、，（("
MERGED = 60  # characters of a merged cell up to which it is repeated in each of its rows
_PROSE = 200  # characters of one cell from which it may be running text
_SENTENCE = re.compile(r"[。；;]")
_NAME = re.compile(r"[\u3000-\u9fff（）\s]{2,12}[:：]\s*")  # 索 引 号：
_NAMED = re.compile(_NAME.pattern)
_NUMBERED = re.compile(
    r"\s*(第\s?[零〇一二三四五六七八九十百0-9]+\s?[章条]|[一二三四五六七八九十]+、)"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at the place where it begins."""

    blocks: list[Block]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell that spans places stands only where it begins."""

    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found in a file."""

    blocks: list[Block]
    title: str | None = None  # what the file calls its document
    pictures: int = 0  # that may hold text which nobody can read


def write(blocks: list[Block]) -> str:
    r"""Write blocks as lines, one paragraph a line.

    >>> write(["甲。", Table([[Cell(["项"]), Cell(["分"])], [Cell(["学历"]), Cell(["10"])]])])
    '甲。\n\n| 项 | 分 |\n|---|---|\n| 学历 | 10 |\n'
    """
    out: list[str] = []
    for block in unwrapped(blocks):
        if isinstance(block, Table):
            out += ["", *_rows(block), ""]
        else:  # a paragraph that begins with a bar is no row
            out.append(block.replace("|", "｜") if block.lstrip()[:1] == "|" else block)
    return "\n".join(out)


def unwrapped(blocks: list[Block]) -> list[Block]:
    """The same with every table that is mere layout replaced by what its cells hold, in order."""
    out: list[Block] = []
    todo = list(reversed(blocks))
    while todo:
        block = todo.pop()
        if isinstance(block, Table) and is_layout(block):
            todo += reversed([each for row in block.rows for each in _flat(row)])
        else:
            out.append(block)
    return out


def _flat(row: list[Cell]) -> list[Block]:
    """What a row of a layout holds; a name and what it names stand on one line."""
    out: list[Block] = []
    for cell in row:
        named = bool(out) and isinstance(out[-1], str) and _NAME.fullmatch(out[-1])
        if named and len(cell.blocks) == 1 and isinstance(cell.blocks[0], str):
            out[-1] = f"{out[-1]}{cell.blocks[0].strip()}"
        else:
            out += cell.blocks
    return out


def is_layout(table: Table) -> bool:
    """Whether a table only places text on a page.

    So it does with one column or one row, with running text in a cell, or with most of its text in
    tables that stand in its cells.
    """
    cells = [cell for row in table.rows for cell in row if cell.blocks]
    wide = [row for row in table.rows if sum(map(_holds, row)) > 1]
    if len(wide) < 2:
        return True
    if _inner(cells) > sum(map(_own, cells)):
        return True
    if all(_NAMED.match(cell_text(cell)) for row in wide for cell in row[:1]):
        return True
    return any(map(_is_running, cells))


def _own(cell: Cell) -> int:
    """How many characters a cell holds itself."""
    return sum(len("".join(block.split())) for block in cell.blocks if isinstance(block, str))


def _inner(cells: list[Cell]) -> int:
    """How many characters the tables within cells hold."""
    todo, total = [table for cell in cells for table in _tables(cell)], 0
    while todo:
        held = [cell for row in todo.pop().rows for cell in row]
        total += sum(map(_own, held))
        todo += [table for cell in held for table in _tables(cell)]
    return total


def _tables(cell: Cell) -> list[Table]:
    return [block for block in cell.blocks if isinstance(block, Table)]


def _holds(cell: Cell) -> bool:
    """Whether a cell holds anything."""
    return any(isinstance(block, Table) or block.strip() for block in cell.blocks)


def _is_running(cell: Cell) -> bool:
    lines = [block for block in cell.blocks if isinstance(block, str)]
    if sum(map(len, lines)) < _PROSE:
        return False
    numbered = sum(bool(_NUMBERED.match(line)) for line in lines)
    sentences = sum(bool(_SENTENCE.search(line)) for line in lines)
    return numbered >= 3 or (len(lines) >= 8 and sentences >= 5)


def _rows(table: Table) -> list[str]:
    """A data table as lines: its caption, the header, a rule, the rows."""
    grid, head = _grid(table)
    captions = []
    while grid and head <= 1 and len(set(grid[0])) == 1 and len(grid[0]) > 1 and len(grid) > 1:
        captions.append(grid.pop(0)[0])
    header, body = _header(grid[: max(head, 1)]), grid[max(head, 1) :]
    lines = [_line(header), "|" + "---|" * len(header)]
    return captions + lines + [_line(row) for row in body if any(row)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _header(rows: list[list[str]]) -> list[str]:
    """Several rows of headers as one: 分值 over 市, 区 gives 分值·市 and 分值·区."""
    columns = zip(*rows, strict=True)
    return ["·".join(dict.fromkeys(filter(None, column))) for column in columns]


def _grid(table: Table) -> tuple[list[list[str]], int]:
    """Every place of the table with its text, and how many rows are header."""
    places: dict[tuple[int, int], str] = {}
    head = 1
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (y, x) in places:
                x += 1
            if y == 0 and cell.rows > head and len(row) > 1:
                head = cell.rows
            _place(places, cell, y, x, y == 0 or y < head)
            x += cell.columns
    width = max((x for _, x in places), default=0) + 1
    height = len(table.rows)
    grid = [[places.get((y, x), "") for x in range(width)] for y in range(height)]
    spans = any(cell.columns > 1 for cell in table.rows[0])
    return _narrowed(grid), min(head, height - 1) if spans else 1


def _place(places: dict[tuple[int, int], str], cell: Cell, y: int, x: int, heads: bool) -> None:
    text = cell_text(cell)
    for down in range(cell.rows):
        for right in range(cell.columns):
            again = heads or (right == 0 and (down == 0 or len(text) <= MERGED))
            places[y + down, x + right] = text if again else ""
    if len(places) > _MOST:
        raise MemoryError


def _narrowed(grid: list[list[str]]) -> list[list[str]]:
    """Without columns that are empty in every row."""
    kept = [x for x in range(len(grid[0])) if any(row[x] for row in grid)] if grid else []
    return [[row[x] for x in kept] for row in grid]


def width(table: Table) -> int:
    """How many columns a table has."""
    return max((sum(cell.columns for cell in row) for row in table.rows), default=0)


def cell_text(cell: Cell) -> str:
    """The text of a cell on one line, the rows of a table in it set apart by ；.

    A bar in it would end the cell and is written full width.
    """
    text = ""
    for block in cell.blocks:
        if line := _row_text(block) if isinstance(block, Table) else " ".join(block.split()):
            whole = not text or text[-1] in _OPEN or len(text) + len(line) <= _WORD
            text += line if whole else f" {line}"
    return text.replace("|", "｜")


def _row_text(table: Table) -> str:
    """A table on one line."""
    rows = (" ".join(filter(None, map(cell_text, row))) for row in table.rows)
    return "；".join(filter(None, rows))
