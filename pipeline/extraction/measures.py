"""Measures: the quantities with policy meaning of every unit clause.

Reads   build/clauses.jsonl, corpus/patterns/measures.toml
Writes  build/measures.jsonl
"""

from pipeline.core.computation import kept_rows
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Measure
from pipeline.extraction import measure_finding, measure_rules
from pipeline.extraction.quantities.quantities import Quantity
from pipeline.language import markdown_tables


def run(work: Workspace) -> None:
    """Find the measures of every document that changed."""
    measure_rules.load()  # before there are several processes
    fresh, kept = kept_rows.compute_per_document(
        (work.rows("clauses"), Clause), work.rows("measures"), of_document, work.workers
    )
    print(f"measures: {fresh} 件新取，{kept} 件未变")


def of_document(clauses: list[Clause]) -> list[Measure]:
    """The measures of the unit clauses of one document; a 分别 list that cannot be paired is told."""
    rules, rows = measure_rules.load(), []
    for clause in clauses:
        if not clause.is_unit:
            continue
        headers = clause.heading if clause.kind == "row" else None
        quantities = measure_finding.find(clause.text, rules)
        for number, quantity in enumerate(quantities, 1):
            rows.append(row(quantity, clause.clause_id, number, clause.text, headers))
        if any(quantity.unpaired for quantity in quantities):
            print(f"measures: 注意：{clause.clause_id} 的“分别”与对象个数不符，未配对")
    return rows


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
