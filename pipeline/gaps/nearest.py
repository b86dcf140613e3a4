"""Nearest clauses: what the alignment puts nearest to a clause in other regions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.core.records import Alignment, document_of


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The clauses aligned with each clause, with similarity and confidence, and the regions of documents."""

    by_clause: Mapping[str, list[tuple[str, float, float]]]
    regions: Mapping[str, str]

    def of(
        self, clauses: Iterable[str], regions: Collection[str]
    ) -> list[tuple[str, float, float]]:
        """The neighbours of some clauses that lie in some regions, the likeliest first, each once."""
        best: dict[str, tuple[str, float, float]] = {}
        for clause in clauses:
            for row in self.by_clause.get(clause, ()):
                if self.regions[document_of(row[0])] in regions:
                    best[row[0]] = max(best.get(row[0], row), row, key=lambda each: each[2])
        return sorted(best.values(), key=lambda row: (-row[2], -row[1], row[0]))


def of_alignments(alignments: Iterable[Alignment], regions: Mapping[str, str]) -> Neighbours:
    """Neighbours on both sides of all alignments but those that a person rejected.

    Args:
        alignments: all rows.
        regions: document id → its region.
    """
    by_clause: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for row in alignments:
        if row.status != "rejected":
            by_clause[row.clause_a].append((row.clause_b, row.similarity, row.confidence))
            by_clause[row.clause_b].append((row.clause_a, row.similarity, row.confidence))
    return Neighbours(by_clause, regions)
