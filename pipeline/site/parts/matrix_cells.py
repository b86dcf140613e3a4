"""Cells of a matrix: the clauses of a region that answer a row's clause, or the grade of their absence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.site.kb import Row

IN_FORCE = ("有效", "未知")
LAPSED = ("已过有效期", "已暂停")  # over, and without a known successor
_ENTRY_KEYS = (
    "clause_id",
    "value",
    "counted",
    "quote",
    "whole",
    "document_id",
    "document",
    "path",
    "text_kind",
    "state",
)


@dataclass(frozen=True, slots=True)
class GapIndex:
    """The gaps of one date by the clauses that head rows.

    Attributes:
        counterparts: clause → the clauses that answer it, those of the stack first.
        pair_gaps: (clause, counterpart) → the gap of the two.
        absence_gaps: (clause, region) → the gap that the clause has no counterpart in the region.
        stack_gaps: (clause, region) → the gap whose stack lists the region as without a counterpart;
            for a region that has no comparison of its own.
    """

    counterparts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pair_gaps: dict[tuple[str, str], str] = field(default_factory=dict)
    absence_gaps: dict[tuple[str, str], Row] = field(default_factory=dict)
    stack_gaps: dict[tuple[str, str], str] = field(default_factory=dict)


def index_gaps(gaps: Iterable[Row], layers: Iterable[Row]) -> GapIndex:
    """Index gaps and the layers of their stacks by clause.

    Args:
        gaps: those of the nearest comparison first, each with the regions of its comparison.
        layers: distinct (clause_a, region_id, clause_id, gap_id) of their stacks.
    """
    index = GapIndex()
    for layer in layers:
        if layer["clause_id"]:
            index.counterparts[layer["clause_a"]].append(layer["clause_id"])
        else:
            index.stack_gaps[layer["clause_a"], layer["region_id"]] = layer["gap_id"]
    for gap in gaps:
        a, b = gap["clause_a"], gap["clause_b"]
        if a and b:
            index.counterparts[a].append(b)
            index.counterparts[b].append(a)
            index.pair_gaps.setdefault((a, b), gap["gap_id"])
            index.pair_gaps.setdefault((b, a), gap["gap_id"])
        else:
            region = gap["target_region"] if a else gap["baseline_region"]
            index.absence_gaps.setdefault((a or b, region), gap)
    return index


def row(
    clause_id: str,
    own_region: str,
    columns: Sequence[Row],
    index: GapIndex,
    clauses: dict[str, Row],
) -> Row:
    """One row: the attribute that a clause is about, and a cell for each region.

    Args:
        clause_id: the clause that heads the row.
        own_region: the region of the column that this clause stands in.
        columns: regions, in the order of the page.
        index: the gaps of the date.
        clauses: every clause that may be shown, with `column`, the region of its column.
    """
    head = clauses[clause_id]
    nature = None if head["nature"] == "规定" else head["nature"]  # named for a goal or a statistic
    cells = []
    for column in columns:
        region = column["region_id"]
        in_cell = [clause_id]
        if region != own_region:
            counterparts = dict.fromkeys(index.counterparts[clause_id])
            in_cell = [c for c in counterparts if c in clauses and clauses[c]["column"] == region]
        entries = [_entry(clauses[c], column, index.pair_gaps.get((clause_id, c))) for c in in_cell]
        cells.append(_cell(column, entries, clause_id, index, clauses))
    return {
        "clause_id": clause_id,
        "attribute": head["heading"] or f"《{head['document']}》{head['path']}",
        "nature": nature,
        "document": head["document"],
        "region_id": head["region_id"],
        "cells": cells,
    }


def _entry(clause: Row, column: Row, gap_id: str | None) -> Row:
    """One clause in a cell; a district's clause stands under its city, with the district's name."""
    place = clause["region"] if clause["region_id"] != column["region_id"] else None
    return {key: clause[key] for key in _ENTRY_KEYS} | {"place": place, "gap_id": gap_id}


def _cell(
    column: Row, candidates: list[Row], clause_id: str, index: GapIndex, clauses: dict[str, Row]
) -> Row:
    """The entries of a region, or the grade of their absence with the gap that proves it."""
    entries = [entry for entry in candidates if entry["state"] in IN_FORCE]
    past = [entry for entry in candidates if entry["state"] in LAPSED]
    cell: Row = {
        "region_id": column["region_id"],
        "entries": entries,
        "past": past,
        "grade": None,
        "gap_id": None,
        "rests_on": None,
    }
    if not entries:
        place = (clause_id, column["region_id"])
        gap = index.absence_gaps.get(place)
        cell["grade"] = gap["grade"] if gap else "expired" if past else "not_in_corpus"
        cell["gap_id"] = gap["gap_id"] if gap else index.stack_gaps.get(place)
        cell["rests_on"] = _grade_source(gap, past, clauses)
    return cell


def _grade_source(gap: Row | None, past: list[Row], clauses: dict[str, Row]) -> str | None:
    """What a grade refers to: the region of the level above or of the expired rule, the other name."""
    if gap is None or gap["grade"] not in ("upper_level_only", "other_name", "expired"):
        return None
    nearest = clauses.get(gap["nearest"] or "")
    if nearest is None or (past and gap["grade"] == "expired"):
        return None
    region: str = nearest["region"]
    return f"{region}《{nearest['document']}》" if gap["grade"] == "other_name" else region


def text(cell: Row, words: Mapping[str, str]) -> str:
    """A cell as plain text, one clause a line; `words` are the labels of codes.

    >>> cell = {"entries": [], "past": [], "grade": "upper_level_only", "rests_on": "浙江省"}
    >>> text(cell, {"upper_level_only": "仅上级有规定"})
    '仅上级有规定（浙江省）'
    """
    lines = [_line(entry) for entry in cell["entries"]]
    if cell["grade"]:
        basis = f"（{cell['rests_on']}）" if cell["rests_on"] else ""
        lines.append(words[cell["grade"]] + basis)
    return "\n".join(lines + [_line(entry) for entry in cell["past"]])


def _line(entry: Row) -> str:
    past = entry["state"] if entry["state"] in LAPSED else None
    notes = "；".join(note for note in (entry["place"], past) if note)
    return f"{entry['value']}（{notes}）" if notes else str(entry["value"])
