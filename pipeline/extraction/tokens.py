"""Tokens: the words of every unit clause.

Reads   build/clauses.jsonl, corpus/lexicon/
Writes  build/tokens.jsonl
"""

import json

from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Tokens
from pipeline.language import lexicon


def run(work: Workspace) -> None:
    """Segment the unit clauses of every document that changed."""
    segmenter = lexicon.load(DATA / "lexicon")

    def compute(lines: list[str]) -> list[Tokens]:
        clauses = [json.loads(line) for line in lines]
        return [Tokens(c["clause_id"], segmenter.cut(c["text"])) for c in clauses if c["is_unit"]]

    fresh, kept = jsonl.compute_per_document(work.rows("clauses"), work.rows("tokens"), compute)
    print(f"tokens: {fresh} 件新切，{kept} 件未变")
