"""Conditions: what a unit clause requires of a beneficiary, and the steps of its procedure.

Reads   build/clauses.jsonl, measures.jsonl, provisions.jsonl, corpus/patterns/conditions.toml
Writes  build/conditions.jsonl

What is not surely a condition or a step is left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.core import jsonl
from pipeline.core.computation import document_rows
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Condition, Measure, Provision
from pipeline.extraction import condition_rules, condition_spans, procedure_steps
from pipeline.extraction.condition_rules import ConditionRules
from pipeline.extraction.condition_spans import Span
from pipeline.extraction.procedure_steps import Department
from pipeline.language.normalization import fold

_Part = tuple[
    str, str | None, Span, Measure | None, str | None
]  # kind, type, span, quantity, actor
_OPERATORS = {"at_least": "≥", "at_most": "≤", "exact": "=", "range": "之间"}
_LABEL = re.compile(r"\s*(?:第[^\s条]{1,9}条(?:之[一二三四五])?\s+|\([一二三四五六七八九十]+\)\s*)")


def run(work: Workspace) -> None:
    """Find the conditions and steps of every unit clause."""
    rules = condition_rules.load()
    count: Counter[str] = Counter()
    rows = jsonl.counted(_of_build(work, rules), count, lambda row: row.kind)
    jsonl.write(work.rows("conditions"), rows)
    steps = count["step"]
    print(f"conditions: 条件 {count.total() - steps} 项，程序 {steps} 步")


def _of_build(work: Workspace, rules: ConditionRules) -> Iterator[Condition]:
    """The conditions and steps of all unit clauses, read document by document."""
    measures = document_rows.index(work.rows("measures"), Measure)
    provisions = document_rows.index(work.rows("provisions"), Provision)
    of_departments = jsonl.having("label", "department")
    clauses = jsonl.each(work.rows("clauses"), Clause, jsonl.having("is_unit", 1))
    for document_id, own in groupby(clauses, key=lambda clause: clause.document_id):
        by_clause = groupby(measures.of([document_id]), key=lambda m: m.clause_id)
        quantities = {clause_id: list(group) for clause_id, group in by_clause}
        named = provisions.of([document_id], of_departments)
        departments = {provision.clause_id: _departments(provision) for provision in named}
        for clause in own:
            key = clause.clause_id
            yield from find(clause, quantities.get(key, []), departments.get(key, []), rules)


def _departments(provision: Provision) -> list[Department]:
    return [
        Department(span["value"], span["start"], span["end"])
        for span in provision.evidence
        if span["label"] == "department"
    ]


def find(
    clause: Clause,
    measures: Sequence[Measure],
    departments: Sequence[Department],
    rules: ConditionRules,
) -> list[Condition]:
    """The conditions and steps of a clause in reading order.

    Args:
        clause: a unit clause.
        measures: of the clause.
        departments: that the clause names.
        rules: of the pattern file.
    """
    text = fold(clause.text)
    floor = _body_start(clause, text)
    measures = [m for m in measures if m.start >= floor]
    parts: list[_Part] = [
        ("condition", condition_spans.type_of(text[slice(*span)], m, rules), span, m, None)
        for span, m in condition_spans.find(text, floor, measures, rules)
    ]
    parts += [
        ("step", step.type, (step.start, step.end), step.deadline, step.actor)
        for step in procedure_steps.find(text, measures, departments, rules.steps)
        if step.start >= floor
    ]
    parts.sort(key=lambda part: (part[2], part[0]))
    return [_row(clause, count, part) for count, part in enumerate(parts, 1)]


def _body_start(clause: Clause, text: str) -> int:
    """The offset at which the clause's own words begin, after its number and heading."""
    if clause.heading and clause.heading in clause.text:
        return clause.text.index(clause.heading) + len(clause.heading) + 1
    label = _LABEL.match(text)
    return label.end() if label else 0


def _row(clause: Clause, count: int, part: _Part) -> Condition:
    kind, name, span, m, actor = part
    return Condition(
        condition_id=f"{clause.clause_id}__c{count}",
        clause_id=clause.clause_id,
        kind=kind,
        type=name,
        operator=_OPERATORS[m.bound] if m else None,
        value_min=m.min if m else None,
        value_max=m.max if m else None,
        unit=m.unit if m else None,
        measure_id=m.measure_id if m else None,
        actor=actor,
        quote=clause.text[slice(*span)],
        start=span[0],
        end=span[1],
    )
