"""Gap tables: the rows of gaps, their changes and claims, and of the tables that hold their lists."""

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.core import jsonl
from pipeline.core.gap_records import Claim, Gap, GapChange

Row = dict[str, Any]
Rows = Iterable[Row]
_LISTS = ("evidence", "nearest", "stack", "terms", "coverage", "records", "left_out")


def of_gaps(gaps: list[Gap], changes: list[GapChange]) -> Iterator[tuple[str, Rows]]:
    """The tables of gaps with their rows, those referred to first."""
    yield "gaps", [without(jsonl.as_dict(gap), *_LISTS) for gap in gaps]
    yield "gap_evidence", _evidence(gaps)
    yield "gap_nearest", _nearest(gaps)
    yield "gap_stack", _stack(gaps)
    yield "gap_searches", _searches(gaps)
    yield "gap_departments", _departments(gaps)
    yield "gap_changes", map(jsonl.as_dict, changes)


def of_claims(claims: list[Claim]) -> Iterator[tuple[str, Rows]]:
    """The tables of claims with their rows."""
    yield "claims", [without(jsonl.as_dict(claim), "evidence") for claim in claims]
    yield "claim_evidence", _claim_evidence(claims)


def without(row: Row, *keys: str) -> Row:
    """A row without some of its columns."""
    return {key: value for key, value in row.items() if key not in keys}


def _evidence(gaps: list[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for side, clause_id, start, end, quote in gap.evidence:
            yield {
                "gap_id": gap.gap_id,
                "side": side,
                "clause_id": clause_id,
                "start": start,
                "end": end,
                "quote": quote,
            }


def _nearest(gaps: list[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for rank, (clause_id, similarity, confidence) in enumerate(gap.nearest, 1):
            yield {
                "gap_id": gap.gap_id,
                "rank": rank,
                "clause_id": clause_id,
                "similarity": similarity,
                "confidence": confidence,
            }


def _stack(gaps: list[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for ordinal, (region, clause_id, state, start, end, quote) in enumerate(gap.stack, 1):
            yield {
                "gap_id": gap.gap_id,
                "ordinal": ordinal,
                "region_id": region,
                "clause_id": clause_id,
                "state": state,
                "start": start,
                "end": end,
                "quote": quote,
            }


def _searches(gaps: list[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for ordinal, (region, documents, clauses, newest) in enumerate(gap.coverage, 1):
            yield {
                "gap_id": gap.gap_id,
                "ordinal": ordinal,
                "region_id": region,
                "terms": gap.terms,
                "documents": documents,
                "clauses": clauses,
                "newest": newest,
                "records": gap.records,
                "left_out": gap.left_out,
            }


def _departments(gaps: list[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for side, names in (("a", gap.department_a), ("b", gap.department_b)):
            for name in (names or "").split("、"):
                if name:
                    yield {"gap_id": gap.gap_id, "side": side, "department": name}


def _claim_evidence(claims: list[Claim]) -> Iterator[Row]:
    for claim in claims:
        for ordinal, evidence in enumerate(claim.evidence, 1):
            yield {"claim_id": claim.claim_id, "as_of": claim.as_of, "ordinal": ordinal} | evidence
