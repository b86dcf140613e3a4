"""Asserted pairs: the alignments whose two clauses are taken as counterparts."""

from pathlib import Path

from pipeline.core import jsonl
from pipeline.core.records import ASSERTED, Alignment

_MARKS = tuple(f'"status":"{status}"' for status in ASSERTED)


def read(path: Path) -> list[Alignment]:
    """The asserted alignments of a file, each pair of clauses once.

    Of ten alignments nine are candidates, whose lines are passed over unread.
    """

    def may_be_asserted(line: str) -> bool:
        return any(mark in line for mark in _MARKS)

    rows = jsonl.read(path, Alignment, may_be_asserted)
    pairs = {(row.clause_a, row.clause_b): row for row in rows if row.status in ASSERTED}
    return list(pairs.values())
