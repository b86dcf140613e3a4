"""Provisions: what a unit clause does: instrument, modality, beneficiary, responsible department.

Reads   build/clauses.jsonl → build/tokens.jsonl, corpus/patterns/
Writes  build/provisions.jsonl

Every value keeps its quote. The value of a column is the one that the clause names most often; ties go
to the earlier in the pattern file.
"""

from collections import Counter
from functools import cache

from pipeline.core import jsonl
from pipeline.core.computation import kept_rows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Provision, Tokens
from pipeline.language import lexicon
from pipeline.language.tagger import LABELS, TaggedSpan, Tagger


def run(work: Workspace) -> None:
    """Tag the unit clauses of every document that changed."""
    _tagger()  # before there are several processes
    fresh, kept = kept_rows.compute_per_document(
        (work.rows("tokens"), Tokens), work.rows("provisions"), of_document, work.workers
    )
    print(f"provisions: {fresh} 件新标，{kept} 件未变")


@cache
def _tagger() -> Tagger:
    return Tagger(DATA / "patterns", lexicon.load(DATA / "lexicon"))


def of_document(tokens: list[Tokens]) -> list[Provision]:
    """What the unit clauses of one document do."""
    return [provision(row.clause_id, row.words, _tagger()) for row in tokens]


def provision(clause_id: str, words: list[str], tagger: Tagger) -> Provision:
    """What one clause does, with the words that show it.

    Args:
        clause_id: of the clause.
        words: of the clause; they join to its text.
        tagger: with the patterns of instruments, modalities, beneficiaries and departments.
    """
    text, spans = "".join(words), tagger.spans(words)
    evidence = [jsonl.as_dict(span) | {"quote": text[span.start : span.end]} for span in spans]
    leading = {label: _leading(spans, label, tagger.order) for label in LABELS}
    return Provision(
        clause_id,
        leading["instrument"],
        leading["modality"],
        leading["beneficiary"],
        leading["department"],
        evidence,
    )


def _leading(spans: list[TaggedSpan], label: str, order: dict[str, int]) -> str | None:
    counts = Counter(span.value for span in spans if span.label == label)
    return min(counts, key=lambda value: (-counts[value], order[value]), default=None)
