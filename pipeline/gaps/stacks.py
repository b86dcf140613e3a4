"""Stacks: what each level above a target, and its own, says of a baseline clause on a day.

Listed level by level, never added up: whether a city's grant can be combined with the province's only
the documents say.
"""

from pipeline.core.gap_records import Comparison, Layer
from pipeline.core.records import ASSERTED, Alignment
from pipeline.gaps.evidence import Evidence


def others(row: Alignment, clause_id: str) -> str:
    """The clause on the other side of an alignment."""
    return row.clause_b if row.clause_a == clause_id else row.clause_a


def partners(clause_id: str, evidence: Evidence, regions: set[str]) -> list[Alignment]:
    """The asserted alignments of a baseline clause with clauses of some regions, surest first."""
    found = [
        row
        for row in evidence.alignments.get(clause_id, [])
        if row.clause_a == clause_id
        and row.status in ASSERTED
        and evidence.region(row.clause_b) in regions
    ]
    return sorted(found, key=lambda row: (-row.confidence, row.alignment_id))


def layers(comparison: Comparison, clause_id: str, evidence: Evidence, on: str) -> list[Layer]:
    """What each level of the stack says of the matter, the target's own first.

    A rule in force comes before one whose term is over, and that before one still to come; a level where
    nothing was found keeps its place.
    """
    found: list[Layer] = []
    for region in comparison.stack:
        rows = partners(clause_id, evidence, {region})
        current = [row for row in rows if evidence.in_force(row.clause_b, on)]
        past = [row for row in rows if evidence.lapsed(row.clause_b, on)]
        later = [row for row in rows if evidence.state(row.clause_b, on) == "尚未施行"]
        if not (current or past or later):
            found.append((region, None, None, None, None, None))
            continue
        clause = (current or past or later)[0].clause_b
        _, start, end, words = evidence.quote(clause)
        found.append((region, clause, evidence.state(clause, on), start, end, words))
    return found
