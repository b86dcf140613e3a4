"""Tokens: the words of every unit clause.

Reads   build/clauses.jsonl, corpus/lexicon/
Writes  build/tokens.jsonl
"""

import json

from pipeline import lexicon, rows
from pipeline.records import Tokens
from pipeline.workspace import DATA, Workspace


def run(work: Workspace) -> None:
    """Cut the unit clauses of every document that changed."""
    words = lexicon.load(DATA / "lexicon")

    def compute(lines: list[str]) -> list[Tokens]:
        clauses = [json.loads(line) for line in lines]
        return [Tokens(c["clause_id"], words.cut(c["text"])) for c in clauses if c["is_unit"]]

    depends = rows.code(*lexicon.files(DATA / "lexicon"))
    fresh, kept = rows.per_document(work.rows("clauses"), work.rows("tokens"), depends, compute)
    print(f"tokens: {fresh} 件新切，{kept} 件未变")
