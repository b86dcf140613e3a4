"""Tables of a document: the clauses that are rows and cells of a table, joined into one block."""

import re
from itertools import groupby
from typing import Any

from pipeline.site import kb

_BAR = re.compile(r"(?<!\\)\|")  # between cells; \| is a bar in the text
_RULE = re.compile(r"[|:\-\s]+")  # the delimiter row of a Markdown table: |---|:--|


def joined(blocks: list[kb.Row]) -> list[kb.Row]:
    """The blocks of a document's page, the clauses of each table joined.

    A joined block has `rows`, to be printed, and `cells`, the clauses in them.
    """
    result: list[kb.Row] = []
    for is_row, group in groupby(blocks, key=lambda block: block["kind"] == "row"):
        clauses = list(group)
        result += [_table(clauses)] if is_row else clauses
    return result


def _table(clauses: list[kb.Row]) -> kb.Row:
    cells = [clause for clause in clauses if clause["is_unit"]]
    cells_by_start = {cell["start"]: cell for cell in cells}
    printed = [clause for clause in clauses if not clause["is_unit"]]
    parent_path = clauses[0]["path"].rpartition(" ")[0]
    return clauses[0] | {
        "kind": "table",
        "path": f"{parent_path} 表".strip(),
        "heading": None,
        "is_heading": False,
        "rows": [row for clause in printed for row in _rows(clause, cells_by_start)],
        "cells": cells,
        "matters": [matter for cell in cells for matter in cell["matters"]],
        "partners": [],
    }


def _rows(clause: kb.Row, cells_by_start: dict[int, kb.Row]) -> list[dict[str, Any]]:
    """The printed rows of a clause: one, or several lines of headers."""
    rows, line_start = [], clause["start"]
    for line in clause["text"].split("\n"):
        if not _RULE.fullmatch(line):
            parts = _parts(line, line_start)
            has_clause = any(start in cells_by_start for start, _ in parts)
            rows.append(
                {
                    "clause_id": clause["clause_id"],
                    "is_head": clause["heading"] is None and not has_clause,
                    "cells": [_cell(start, text, cells_by_start) for start, text in parts],
                }
            )
        line_start += len(line) + 1
    return rows


def _parts(line: str, line_start: int) -> list[tuple[int, str]]:
    """The text of each cell of a line, with its offset in the document."""
    bars = [bar.start() for bar in _BAR.finditer(line)]
    edges = bars if line.rstrip().endswith("|") and len(bars) > 1 else [*bars, len(line)]
    parts = []
    for left, right in zip(edges, edges[1:], strict=False):
        inner = line[left + 1 : right]
        indent = len(inner) - len(inner.lstrip())
        parts.append((line_start + left + 1 + indent, inner.strip()))
    return parts


def _cell(start: int, text: str, cells_by_start: dict[int, kb.Row]) -> dict[str, Any]:
    clause = cells_by_start.get(start) if text else None
    return {
        "text": text.replace("\\|", "|"),
        "clause_id": clause["clause_id"] if clause else None,
        "heading": clause["heading"] if clause else None,
        "matters": len(clause["matters"]) if clause else 0,
    }
