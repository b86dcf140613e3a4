"""Asserted pairs: the alignments taken as counterparts; and how near the others came."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pipeline.core import jsonl
from pipeline.core.records import ASSERTED, Alignment, document_of

_IS_ASSERTED = [jsonl.having("status", status) for status in ASSERTED]
_IS_READ = [*_IS_ASSERTED, jsonl.having("scope", "pair")]


def read(path: Path) -> list[Alignment]:
    """The asserted alignments of a file, each pair of clauses once.

    Of ten alignments nine are candidates, whose lines are passed over unread.
    """
    return asserted(
        map(
            _light,
            jsonl.each(path, Alignment, lambda line: any(test(line) for test in _IS_ASSERTED)),
        )
    )


def read_with_candidates(path: Path) -> list[Alignment]:
    """The asserted alignments, and the candidates between documents that answer each other."""
    rows = jsonl.each(path, Alignment, lambda line: any(test(line) for test in _IS_READ))
    return list(map(_light, rows))


def _light(row: Alignment) -> Alignment:
    """An alignment without what only its page shows."""
    return replace(row, shared_terms=[], reasons=[], diff=None)


def asserted(rows: Iterable[Alignment]) -> list[Alignment]:
    """The asserted ones of some alignments, each pair of clauses once."""
    pairs = {(row.clause_a, row.clause_b): row for row in rows if row.status in ASSERTED}
    return list(pairs.values())


def near_misses(rows: Iterable[Alignment]) -> dict[tuple[str, str], float]:
    """How sure the likeliest candidate is, by clause and the other document."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        if row.status == "candidate":
            for own, other in ((row.clause_a, row.clause_b), (row.clause_b, row.clause_a)):
                key = own, document_of(other)
                best[key] = max(best[key], row.confidence)
    return best
