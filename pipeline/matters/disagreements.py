"""Disagreements: clauses that the alignment is sure of and that the coding puts into different matters."""

from collections.abc import Collection, Iterable, Mapping

from pipeline.core.records import ASSERTED, Alignment

_SURE = 0.9  # confidence from which the machine is asked against the coder


def between(
    alignments: Iterable[Alignment], matters: Mapping[str, Collection[str]]
) -> list[Alignment]:
    """The asserted alignments whose two clauses have no matter in common, the most similar first.

    Args:
        alignments: all rows.
        matters: the matters that rest on each clause; clauses that are in none are left out.
    """
    pairs = {
        (row.clause_a, row.clause_b): row
        for row in alignments
        if row.status in ASSERTED and row.confidence >= _SURE
    }
    apart = [
        row
        for (a, b), row in pairs.items()
        if a in matters and b in matters and set(matters[a]).isdisjoint(matters[b])
    ]
    return sorted(apart, key=lambda row: (-row.similarity, row.alignment_id))
