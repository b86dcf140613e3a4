"""Blocks: the content of a document without its file format, and its serialization as text.

A block is a paragraph or a table; a table's cell holds blocks again. Layout tables (tables that only
place text on a page) are unwrapped; data tables become Markdown rows, since a scoring table is read
by its cells.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

Block: TypeAlias = "str | Table"

_MOST = 500_000  # grid positions of one table
_WORD = 10  # characters up to which the lines of a cell are one word that was broken to fit
_OPEN = "、，（("
MERGED = 60  # characters of a merged cell up to which it is repeated in each of its rows
_PROSE = 200  # characters of one cell from which it may be running text
_SENTENCE = re.compile(r"[。；;]")
_LABEL = re.compile(r"[\u3000-\u9fff（）\s]{2,12}[:：]\s*")  # 索 引 号：
_NUMBERED = re.compile(
    r"\s*(第\s?[零〇一二三四五六七八九十百0-9]+\s?[章条]|[一二三四五六七八九十]+、)"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, with the numbers of columns and rows that it spans."""

    blocks: list[Block]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell that spans several positions stands only in the first."""

    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileContent:
    """The content of a file: its blocks, the title that it carries, and its number of pictures."""

    blocks: list[Block]
    title: str | None = None  # from properties or headings
    pictures: int = 0  # that may show text, which is not read


def write(blocks: list[Block]) -> str:
    r"""Write blocks as lines, one paragraph a line.

    >>> write(["甲。", Table([[Cell(["项"]), Cell(["分"])], [Cell(["学历"]), Cell(["10"])]])])
    '甲。\n\n| 项 | 分 |\n|---|---|\n| 学历 | 10 |\n'
    """
    lines: list[str] = []
    for block in unwrapped(blocks):
        if isinstance(block, Table):
            lines += ["", *_rows(block), ""]
        else:  # a paragraph that begins with a bar is no row
            lines.append(block.replace("|", "｜") if block.lstrip()[:1] == "|" else block)
    return "\n".join(lines)


def unwrapped(blocks: list[Block]) -> list[Block]:
    """The blocks with every layout table replaced by the content of its cells, in order."""
    flat: list[Block] = []
    pending = list(reversed(blocks))
    while pending:
        block = pending.pop()
        if isinstance(block, Table) and is_layout(block):
            pending += reversed([inner for row in block.rows for inner in _flat(row)])
        else:
            flat.append(block)
    return flat


def _flat(row: list[Cell]) -> list[Block]:
    """The content of a layout table's row; a label and its value stand on one line."""
    flat: list[Block] = []
    for cell in row:
        after_label = bool(flat) and isinstance(flat[-1], str) and _LABEL.fullmatch(flat[-1])
        if after_label and len(cell.blocks) == 1 and isinstance(cell.blocks[0], str):
            flat[-1] = f"{flat[-1]}{cell.blocks[0].strip()}"
        else:
            flat += cell.blocks
    return flat


def is_layout(table: Table) -> bool:
    """Whether a table only places text on a page.

    A table is layout with one column or one row, with running text in a cell, with labels only in the
    first column, or with most of its text in tables inside its cells.
    """
    cells = [cell for row in table.rows for cell in row if cell.blocks]
    wide = [row for row in table.rows if sum(map(_is_filled, row)) > 1]
    if len(wide) < 2:
        return True
    if _inner_characters(cells) > sum(map(_own_characters, cells)):
        return True
    if all(_LABEL.match(cell_text(cell)) for row in wide for cell in row[:1]):
        return True
    return any(map(_is_running, cells))


def _own_characters(cell: Cell) -> int:
    """The number of characters in a cell's own paragraphs."""
    return sum(len("".join(block.split())) for block in cell.blocks if isinstance(block, str))


def _inner_characters(cells: list[Cell]) -> int:
    """The number of characters in the tables inside cells."""
    pending, total = [table for cell in cells for table in _tables(cell)], 0
    while pending:
        inner = [cell for row in pending.pop().rows for cell in row]
        total += sum(map(_own_characters, inner))
        pending += [table for cell in inner for table in _tables(cell)]
    return total


def _tables(cell: Cell) -> list[Table]:
    return [block for block in cell.blocks if isinstance(block, Table)]


def _is_filled(cell: Cell) -> bool:
    """Whether a cell has a table or text."""
    return any(isinstance(block, Table) or block.strip() for block in cell.blocks)


def _is_running(cell: Cell) -> bool:
    """Whether a cell has running text: three numbered provisions, or eight lines with five sentences."""
    lines = [block for block in cell.blocks if isinstance(block, str)]
    if sum(map(len, lines)) < _PROSE:
        return False
    numbered = sum(bool(_NUMBERED.match(line)) for line in lines)
    sentences = sum(bool(_SENTENCE.search(line)) for line in lines)
    return numbered >= 3 or (len(lines) >= 8 and sentences >= 5)


def _rows(table: Table) -> list[str]:
    """A data table as lines: captions, header, rule, rows."""
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
    """The text at every grid position, shape (rows, columns), and the number of header rows."""
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
    """Put a cell's text at every position that repeats it, and empty text at the others it spans."""
    text = cell_text(cell)
    for down in range(cell.rows):
        for right in range(cell.columns):
            again = heads or (right == 0 and (down == 0 or len(text) <= MERGED))
            places[y + down, x + right] = text if again else ""
    if len(places) > _MOST:
        raise MemoryError


def _narrowed(grid: list[list[str]]) -> list[list[str]]:
    """The grid without columns that are empty in every row."""
    columns = [x for x in range(len(grid[0])) if any(row[x] for row in grid)] if grid else []
    return [[row[x] for x in columns] for row in grid]


def width(table: Table) -> int:
    """The number of columns of a table."""
    return max((sum(cell.columns for cell in row) for row in table.rows), default=0)


def cell_text(cell: Cell) -> str:
    """The text of a cell on one line, the rows of a table in it separated by ；.

    A bar would end the cell, and is written in full width.
    """
    text = ""
    for block in cell.blocks:
        if line := _row_text(block) if isinstance(block, Table) else " ".join(block.split()):
            continues = not text or text[-1] in _OPEN or len(text) + len(line) <= _WORD
            text += line if continues else f" {line}"
    return text.replace("|", "｜")


def _row_text(table: Table) -> str:
    """A table on one line."""
    rows = (" ".join(filter(None, map(cell_text, row))) for row in table.rows)
    return "；".join(filter(None, rows))
