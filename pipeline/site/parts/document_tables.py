"""Tables of a document: its rows and cells, which are clauses, as one block that a page prints."""

import re
from itertools import groupby
from typing import Any

from pipeline.site import kb

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|:\-\s]+")


def joined(blocks: list[kb.Row]) -> list[kb.Row]:
    """The blocks of a document's page, the clauses of each table joined.

    A joined block has `rows` for print and `cells`, the clauses that stand in them.
    """
    found: list[kb.Row] = []
    for is_row, group in groupby(blocks, key=lambda block: block["kind"] == "row"):
        clauses = list(group)
        found += [_table(clauses)] if is_row else clauses
    return found


def _table(clauses: list[kb.Row]) -> kb.Row:
    cells = [clause for clause in clauses if clause["is_unit"]]
    by_start = {cell["start"]: cell for cell in cells}
    rows = [row for clause in clauses if not clause["is_unit"] for row in _rows(clause, by_start)]
    above = clauses[0]["path"].rpartition(" ")[0]
    return clauses[0] | {
        "kind": "table", "path": f"{above} 表".strip(), "heading": None, "is_heading": False,
        "rows": rows, "cells": cells, "gaps": [gap for cell in cells for gap in cell["gaps"]],
        "partners": [], "listed": [],
    }  # fmt: skip


def _rows(clause: kb.Row, by_start: dict[int, kb.Row]) -> list[dict[str, Any]]:
    """The printed rows of a clause: one, or several of headers."""
    found, at = [], clause["start"]
    for line in clause["text"].split("\n"):
        if not _RULE.fullmatch(line):
            found.append({
                "clause_id": clause["clause_id"], "is_head": clause["heading"] is None and not _said(line, at, by_start),
                "cells": [_cell(*part, by_start) for part in _parts(line, at)],
            })  # fmt: skip
        at += len(line) + 1
    return found


def _said(line: str, at: int, by_start: dict[int, kb.Row]) -> bool:
    return any(start in by_start for start, _ in _parts(line, at))


def _parts(line: str, at: int) -> list[tuple[int, str]]:
    """Where each cell's words begin in the document, and the words."""
    bars = [bar.start() for bar in _BAR.finditer(line)]
    edges = bars if line.rstrip().endswith("|") and len(bars) > 1 else [*bars, len(line)]
    found = []
    for a, b in zip(edges, edges[1:], strict=False):
        inner = line[a + 1 : b]
        found.append((at + a + 1 + len(inner) - len(inner.lstrip()), inner.strip()))
    return found


def _cell(start: int, said: str, by_start: dict[int, kb.Row]) -> dict[str, Any]:
    clause = by_start.get(start) if said else None
    return {
        "text": said.replace("\\|", "|"),
        "clause_id": clause["clause_id"] if clause else None,
        "heading": clause["heading"] if clause else None,
        "gaps": len(clause["gaps"]) if clause else 0,
    }
