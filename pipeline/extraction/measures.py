"""Measures: the quantities with policy meaning of every unit clause.

Reads   build/clauses.jsonl, corpus/patterns/measures.toml
Writes  build/measures.jsonl
"""

import json

from pipeline.core import jsonl
from pipeline.core.paths import Workspace
from pipeline.core.records import Measure
from pipeline.extraction import measure_finding, measure_rules
from pipeline.extraction.quantities.quantities import Quantity
from pipeline.language import markdown_tables


def run(work: Workspace) -> None:
    """Find the measures of every document that changed."""
    rules = measure_rules.load()
    unpaired_ids: list[str] = []  # of clauses with a 分别 list that could not be paired

    def compute(lines: list[str]) -> list[Measure]:
        rows = []
        for clause in filter(lambda clause: clause["is_unit"], map(json.loads, lines)):
            clause_id, text = clause["clause_id"], clause["text"]
            headers = clause["heading"] if clause["kind"] == "row" else None
            for number, quantity in enumerate(measure_finding.find(text, rules), 1):
                rows.append(row(quantity, clause_id, number, text, headers))
                unpaired_ids.extend([clause_id] * quantity.unpaired)
        return rows

    fresh, kept = jsonl.compute_per_document(work.rows("clauses"), work.rows("measures"), compute)
    print(f"measures: {fresh} 件新取，{kept} 件未变")
    for clause_id in unpaired_ids:
        print(f"  注意：{clause_id} 的“分别”与对象个数不符，未配对")


def row(q: Quantity, clause_id: str, number: int, text: str, headers: str | None = None) -> Measure:
    """A quantity as a row of the measures table.

    Args:
        q: the quantity.
        clause_id: of the clause that it stands in.
        number: its number in the clause, from 1.
        text: of the clause.
        headers: those of the clause, where it is a cell of a table.
    """

    def words(span: tuple[int, int] | None) -> str | None:
        return text[slice(*span)] if span else None

    return Measure(
        measure_id=f"{clause_id}__m{number}",
        clause_id=clause_id,
        kind=q.kind,
        role=q.role,
        min=q.low,
        max=q.high,
        unit=q.unit,
        bound=q.bound,
        base=words(q.base),
        per=q.per,
        of=words(q.of) or headers or markdown_tables.subject(text, q.start),
        quote=text[q.start : q.end],
        start=q.start,
        end=q.end,
    )
