"""Tokens: the words of every unit clause.

Reads   build/clauses.jsonl, corpus/lexicon/
Writes  build/tokens.jsonl
"""

from pipeline.core.computation import kept_rows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Tokens
from pipeline.language import lexicon


def run(work: Workspace) -> None:
    """Segment the unit clauses of every document that changed."""
    lexicon.load(DATA / "lexicon")  # before there are several processes
    fresh, kept = kept_rows.compute_per_document(
        (work.rows("clauses"), Clause), work.rows("tokens"), segmented, work.workers
    )
    print(f"tokens: {fresh} 件新切，{kept} 件未变")


def segmented(clauses: list[Clause]) -> list[Tokens]:
    """The words of the unit clauses of one document."""
    segmenter = lexicon.load(DATA / "lexicon")
    return [Tokens(c.clause_id, segmenter.cut(c.text)) for c in clauses if c.is_unit]
