"""Gap tables: gaps, their changes and claims as the rows of their tables."""

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.core import jsonl
from pipeline.core.gap_records import Claim, Gap, GapChange

Rows = Iterable[dict[str, Any]]
_LISTS = ("evidence", "nearest", "stack", "terms", "coverage", "records", "left_out")


def tables(gaps: list[Gap], changes: list[GapChange]) -> Iterator[tuple[str, Rows]]:
    """The tables of gaps, those referred to first."""
    yield "gaps", [without(jsonl.as_dict(gap), *_LISTS) for gap in gaps]
    yield "gap_evidence", _evidence(gaps)
    yield "gap_nearest", _nearest(gaps)
    yield "gap_stack", _stack(gaps)
    yield "gap_searches", _searches(gaps)
    yield "gap_departments", _departments(gaps)
    yield "gap_changes", map(jsonl.as_dict, changes)


def claim_tables(found: list[Claim]) -> Iterator[tuple[str, Rows]]:
    """The tables of claims."""
    yield "claims", [without(jsonl.as_dict(claim), "evidence") for claim in found]
    yield "claim_evidence", _claim_evidence(found)


def without(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    """A row without some of its columns."""
    return {key: value for key, value in row.items() if key not in keys}


def _evidence(gaps: list[Gap]) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for side, clause_id, start, end, quote in gap.evidence:
            yield {"gap_id": gap.gap_id, "side": side, "clause_id": clause_id,
                   "start": start, "end": end, "quote": quote}  # fmt: skip


def _nearest(gaps: list[Gap]) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for rank, (clause_id, similarity, confidence) in enumerate(gap.nearest, 1):
            yield {
                "gap_id": gap.gap_id,
                "rank": rank,
                "clause_id": clause_id,
                "similarity": similarity,
                "confidence": confidence,
            }


def _stack(gaps: list[Gap]) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for ordinal, (region, clause_id, state, start, end, quote) in enumerate(gap.stack, 1):
            yield {"gap_id": gap.gap_id, "ordinal": ordinal, "region_id": region, "clause_id": clause_id,
                   "state": state, "start": start, "end": end, "quote": quote}  # fmt: skip


def _searches(gaps: list[Gap]) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for ordinal, (region, documents, clauses, newest) in enumerate(gap.coverage, 1):
            yield {"gap_id": gap.gap_id, "ordinal": ordinal, "region_id": region, "terms": gap.terms,
                   "documents": documents, "clauses": clauses, "newest": newest, "records": gap.records,
                   "left_out": gap.left_out}  # fmt: skip


def _departments(gaps: list[Gap]) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for side, names in (("a", gap.department_a), ("b", gap.department_b)):
            for name in (names or "").split("、"):
                if name:
                    yield {"gap_id": gap.gap_id, "side": side, "department": name}


def _claim_evidence(found: list[Claim]) -> Iterator[dict[str, Any]]:
    for claim in found:
        for ordinal, evidence in enumerate(claim.evidence, 1):
            yield {"claim_id": claim.claim_id, "as_of": claim.as_of, "ordinal": ordinal} | evidence
