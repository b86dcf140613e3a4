"""Measures: the quantities with policy meaning of every unit clause.

Reads   build/clauses.jsonl, corpus/patterns/measures.toml
Writes  build/measures.jsonl
"""

import json
import re

from pipeline.core import jsonl
from pipeline.core.paths import Workspace
from pipeline.core.records import Measure
from pipeline.extraction import measure_rules
from pipeline.extraction.measure_rules import MeasureRules
from pipeline.extraction.quantities import bounds, denominators, quantities, roles
from pipeline.extraction.quantities.compact_text import compact
from pipeline.extraction.quantities.quantities import Quantity
from pipeline.language import markdown_tables


def run(work: Workspace) -> None:
    """Find the measures of every document that changed."""
    rules = measure_rules.load()
    unpaired: list[str] = []  # ids of clauses with a 分别 list that could not be paired

    def compute(lines: list[str]) -> list[Measure]:
        rows = []
        for clause in filter(lambda clause: clause["is_unit"], map(json.loads, lines)):
            clause_id, text = clause["clause_id"], clause["text"]
            cell = clause["heading"] if clause["kind"] == "row" else None
            for count, quantity in enumerate(find(text, rules), 1):
                rows.append(row(quantity, clause_id, count, text, cell))
                unpaired.extend([clause_id] * quantity.unpaired)
        return rows

    fresh, kept = jsonl.per_document(work.rows("clauses"), work.rows("measures"), compute)
    print(f"measures: {fresh} 件新取，{kept} 件未变")
    for clause_id in unpaired:
        print(f"  注意：{clause_id} 的“分别”与对象个数不符，未配对")


def find(text: str, rules: MeasureRules) -> list[Quantity]:
    """The quantities of a clause in reading order; their offsets count characters of `text`.

    >>> [(q.kind, q.low, q.high, q.role) for q in find("最高补助５０万元。", measure_rules.load())]
    [('money', None, 500000.0, 'award')]
    """
    compacted = compact(text)
    plain = compacted.text
    measures = quantities.scan(plain, rules.units)
    measures = bounds.bind(plain, measures, rules.bounds)
    measures = denominators.divide(plain, measures, rules.denominators, rules.bounds, rules.units)
    measures = [q for q in measures if not _is_article(plain, q)]
    roles.assign(plain, measures, rules.roles)
    for q in measures:
        q.start, q.end = compacted.original(q.start, q.end)
        q.base = q.base and compacted.original(*q.base)
        q.of = q.of and compacted.original(*q.of)
    return measures


def _is_article(text: str, q: Quantity) -> bool:
    """Whether 一个, 一名 and the like are no number: no bound, and a noun follows."""
    if q.kind != "count" or text[q.core] != "一" or q.high != 1 or q.per is not None:
        return False
    plain = (q.start, q.end) == (q.core, q.tail)
    limited = re.search("[限仅只各设]$", text[: q.start])
    return plain and not limited and bool(re.match("[\u4e00-\u9fff“]", text[q.end : q.end + 1]))


def row(q: Quantity, clause_id: str, count: int, text: str, cell: str | None = None) -> Measure:
    """A quantity as a row of the measures table.

    Args:
        q: the quantity.
        clause_id: of the clause that it stands in.
        count: its number in the clause, from 1.
        text: of the clause.
        cell: the headers of the clause, where it is a cell of a table.
    """

    def words(span: tuple[int, int] | None) -> str | None:
        return text[slice(*span)] if span else None

    return Measure(
        measure_id=f"{clause_id}__m{count}",
        clause_id=clause_id,
        kind=q.kind,
        role=q.role,
        min=q.low,
        max=q.high,
        unit=q.unit,
        bound=q.bound,
        base=words(q.base),
        per=q.per,
        of=words(q.of) or cell or markdown_tables.subject(text, q.start),
        quote=text[q.start : q.end],
        start=q.start,
        end=q.end,
    )
