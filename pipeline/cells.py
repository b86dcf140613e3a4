"""Cells: a Markdown table inside a text, and which row and column a place in it lies in."""

import re

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


def subject(text: str, at: int) -> str | None:
    r"""The row and column headers of the cell at a place; None outside tables and in headers.

    >>> table = "|学历|分值|\n|---|---|\n|硕士|100分|"
    >>> subject(table, table.index("100"))
    '硕士·分值'
    """
    lines = text.split("\n")
    row = text.count("\n", 0, at)
    if not is_row(lines[row]):
        return None
    top = row
    while top > 0 and is_row(lines[top - 1]):
        top -= 1
    column = lines[row].count("|", 0, at - text.rfind("\n", 0, at) - 1) - 1
    names, cells = _cells(lines[top]), _cells(lines[row])
    if row == top or not 0 <= column < len(cells):
        return None
    head = names[column] if column < len(names) else ""
    parts = [cells[0] if column else "", head]
    return "·".join(part for part in parts if part) or None


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line.lstrip().startswith("|")


def _cells(line: str) -> list[str]:
    if _RULE.match(line):
        return []
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
