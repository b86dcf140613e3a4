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
    unpaired_ids: list[str] = []  # of clauses with a 分别 list that could not be paired

    def compute(lines: list[str]) -> list[Measure]:
        rows = []
        for clause in filter(lambda clause: clause["is_unit"], map(json.loads, lines)):
            clause_id, text = clause["clause_id"], clause["text"]
            headers = clause["heading"] if clause["kind"] == "row" else None
            for number, quantity in enumerate(find(text, rules), 1):
                rows.append(row(quantity, clause_id, number, text, headers))
                unpaired_ids.extend([clause_id] * quantity.unpaired)
        return rows

    fresh, kept = jsonl.compute_per_document(work.rows("clauses"), work.rows("measures"), compute)
    print(f"measures: {fresh} 件新取，{kept} 件未变")
    for clause_id in unpaired_ids:
        print(f"  注意：{clause_id} 的“分别”与对象个数不符，未配对")


def find(text: str, rules: MeasureRules) -> list[Quantity]:
    """The quantities of a clause in reading order; their offsets count characters of `text`.

    >>> [(q.kind, q.low, q.high, q.role) for q in find("最高补助５０万元。", measure_rules.load())]
    [('money', None, 500000.0, 'award')]
    """
    compacted = compact(text)
    plain_text = compacted.text
    found = quantities.scan(plain_text, rules.units)
    found = bounds.bind(plain_text, found, rules.bounds)
    found = denominators.divide(plain_text, found, rules.denominators, rules.bounds, rules.units)
    found = [q for q in found if not _is_indefinite(plain_text, q)]
    roles.assign(plain_text, found, rules.roles)
    for q in found:
        q.start, q.end = compacted.original(q.start, q.end)
        q.base = q.base and compacted.original(*q.base)
        q.of = q.of and compacted.original(*q.of)
    return found


def _is_indefinite(text: str, q: Quantity) -> bool:
    """Whether 一个, 一名 and the like are no number: no bound nor 限 is with it, and Han or “ follows."""
    if q.kind != "count" or text[q.core] != "一" or q.high != 1 or q.per is not None:
        return False
    is_bare = (q.start, q.end) == (q.core, q.tail)
    has_limit = re.search("[限仅只各设]$", text[: q.start])
    return is_bare and not has_limit and bool(re.match("[\u4e00-\u9fff“]", text[q.end : q.end + 1]))


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
