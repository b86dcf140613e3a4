"""The cells of a matrix: which clause of which region answers a row's clause, or in what grade it is wanting."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.site.kb import Row

IN_FORCE = ("有效", "未知")
LAPSED = ("已过有效期", "已暂停")  # over, and nothing known in its place
Absences = dict[tuple[str, str], Row]  # (clause, region) → the gap that it is missing there


@dataclass(frozen=True, slots=True)
class Answers:
    """What the gaps of a date say of the clauses that head rows.

    `found` are the clauses that answer a clause, those of the stack first; `pairs` the gap of two clauses;
    `absent` the gap that a clause has no counterpart in a region; `stacks` the gap that lists a region
    where nothing was found and that has no comparison of its own.
    """

    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)
    absent: Absences = field(default_factory=dict)
    stacks: dict[tuple[str, str], str] = field(default_factory=dict)


def answers(gaps: Iterable[Row], layers: Iterable[Row]) -> Answers:
    """Sort gaps and the layers of their stacks by the clauses that they are of.

    Args:
        gaps: those of the nearest comparison first, each with the regions of its comparison.
        layers: distinct (clause_a, region_id, clause_id, gap_id) of their stacks.
    """
    known = Answers()
    for layer in layers:
        if layer["clause_id"]:
            known.found[layer["clause_a"]].append(layer["clause_id"])
        else:
            known.stacks[layer["clause_a"], layer["region_id"]] = layer["gap_id"]
    for gap in gaps:
        a, b = gap["clause_a"], gap["clause_b"]
        if a and b:
            known.found[a].append(b)
            known.found[b].append(a)
            known.pairs.setdefault((a, b), gap["gap_id"])
            known.pairs.setdefault((b, a), gap["gap_id"])
        else:
            region = gap["target_region"] if a else gap["baseline_region"]
            known.absent.setdefault((a or b, region), gap)
    return known


def row(clause_id: str, own: str, columns: Sequence[Row], known: Answers, clauses: dict[str, Row]) -> Row:  # fmt: skip
    """One row: the attribute that a clause is about, and a cell for each region.

    Args:
        clause_id: the clause that heads the row.
        own: the region whose column it stands in.
        columns: regions, as a reader meets them.
        known: what the gaps say.
        clauses: every clause that may be shown, with `column`, the region that it is shown under.
    """
    head = clauses[clause_id]
    cells = []
    for column in columns:
        region = column["region_id"]
        at = [clause_id] if region == own else [
            c for c in dict.fromkeys(known.found[clause_id])
            if c in clauses and clauses[c]["column"] == region
        ]  # fmt: skip
        told = [_entry(clauses[c], column, known.pairs.get((clause_id, c))) for c in at]
        cells.append(_cell(column, told, clause_id, known, clauses))
    return {
        "clause_id": clause_id,
        "attribute": head["heading"] or f"《{head['document']}》{head['path']}",
        "nature": head["nature"] if head["nature"] != "规定" else None,  # a goal is no rule
        "document": head["document"],
        "region_id": head["region_id"],
        "cells": cells,
    }


def _entry(clause: Row, column: Row, gap_id: str | None) -> Row:
    """One clause in a cell; a district's is shown under its city, by name."""
    place = clause["region"] if clause["region_id"] != column["region_id"] else None
    shown = ("clause_id", "value", "counted", "quote", "whole", "document_id", "document", "path",
             "text_kind", "state")  # fmt: skip
    return {key: clause[key] for key in shown} | {"place": place, "gap_id": gap_id}


def _cell(
    column: Row, told: list[Row], clause_id: str, known: Answers, clauses: dict[str, Row]
) -> Row:
    """What a region says, or the grade in which it is wanting, with the gap that proves it."""
    entries = [entry for entry in told if entry["state"] in IN_FORCE]
    past = [entry for entry in told if entry["state"] in LAPSED]
    cell: Row = {"region_id": column["region_id"], "entries": entries, "past": past, "grade": None,
                 "gap_id": None, "rests_on": None}  # fmt: skip
    if not entries:
        gap = known.absent.get((clause_id, column["region_id"]))
        cell["grade"] = gap["grade"] if gap else "expired" if past else "not_in_corpus"
        listed = known.stacks.get((clause_id, column["region_id"]))
        cell["gap_id"] = gap["gap_id"] if gap else listed
        cell["rests_on"] = _rests_on(gap, past, clauses)
    return cell


def _rests_on(gap: Row | None, past: list[Row], clauses: dict[str, Row]) -> str | None:
    """Where the grade was read, in words: the level above, the other name, the rule that is over."""
    if gap is None or gap["grade"] not in ("upper_level_only", "other_name", "expired"):
        return None
    nearest = clauses.get(gap["nearest"] or "")
    if nearest is None or (past and gap["grade"] == "expired"):
        return None
    name: str = nearest["region"]
    return f"{name}《{nearest['document']}》" if gap["grade"] == "other_name" else name


def text(cell: Row, words: Mapping[str, str]) -> str:
    """A cell as plain words, one clause a line; `words` are the labels of codes.

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
