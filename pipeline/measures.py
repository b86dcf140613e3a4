"""Measures: the quantities with policy meaning of every unit clause.

Reads   build/clauses.jsonl, corpus/patterns/measures.toml
Writes  build/measures.jsonl
"""

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline import bounds, quantities, rows
from pipeline.bounds import BoundWords
from pipeline.quantities import Quantity, Units
from pipeline.records import Measure
from pipeline.workspace import DATA, Workspace

PATTERNS = Path("patterns") / "measures.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the patterns file says, compiled."""

    units: Units
    bounds: BoundWords


def load(path: Path) -> Rules:
    """Read and compile the patterns file."""
    content = quantities.load(path)
    return Rules(quantities.units(content), bounds.compile_words(content))


def run(work: Workspace) -> None:
    """Find the measures of every document that changed."""
    rules = load(DATA / PATTERNS)

    def compute(lines: list[str]) -> list[Measure]:
        clauses = [json.loads(line) for line in lines]
        return [
            row(measure, clause["clause_id"], count, clause["text"])
            for clause in clauses
            if clause["is_unit"]
            for count, measure in enumerate(find(clause["text"], rules), 1)
        ]

    depends = rows.code(DATA / PATTERNS)
    fresh, kept = rows.per_document(work.rows("clauses"), work.rows("measures"), depends, compute)
    print(f"measures: {fresh} 件新取，{kept} 件未变")


def row(q: Quantity, clause_id: str, count: int, text: str) -> Measure:
    """A quantity as a row of the measures table."""
    return Measure(
        f"{clause_id}__m{count}", clause_id, q.kind, q.role, q.low, q.high, q.unit, q.bound,
        q.base, q.per, q.of, text[q.start : q.end], q.start, q.end,
    )  # fmt: skip


def find(text: str, rules: Rules) -> list[Quantity]:
    """The measures of a clause in reading order; start and end are places in `text`."""
    view = quantities.view(text)
    found = bounds.bind(view.text, quantities.scan(view.text, rules.units), rules.bounds)
    for q in found:
        q.start, q.end = view.span(q.start, q.end)
    return found
