"""Alignments: which clause of one region answers which clause of another.

Reads   build/documents.jsonl, build/clauses.jsonl, build/tokens.jsonl, build/topics.jsonl, corpus/comparisons.toml,
        corpus/pairs.toml
Writes  build/alignments.jsonl

Each region of a comparison's stack is held against the baseline by itself, so that a province's
clause never hides a city's. Mutual best and near ties are asserted ('auto'); the other neighbours
are kept as 'candidate'. What a person paired or parted in corpus/pairs.toml wins over both. A clause
without partner is no error here: gaps tells of it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from pipeline import comparisons, diffs, expertpairs, features, lexicon, regions, rows
from pipeline.features import Features, Matrix
from pipeline.records import Alignment, Clause, ClauseTopic, Document, Tokens
from pipeline.settings import ALIGNMENTS, FEATURES
from pipeline.text import fold
from pipeline.workspace import DATA, Workspace

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
ASSERTED = ("auto", "accepted")
SURE = 0.95  # a person's pair; people err too: two annotators agree at 0.97


@dataclass(frozen=True, slots=True)
class Units:
    """All unit clauses, row by row of the feature matrix."""

    tokens: list[Tokens]
    region: list[str]
    document: list[int]
    topics: Matrix  # shape (n_units, n_topics), 1 where the clause lies in the topic
    features: Features
    documents: Matrix  # unit vectors of documents
    tiers: list[
        frozenset[str]
    ]  # numbers in the clause's heading: 35千伏 and 110千伏 are two matters

    def of(self, names: set[str]) -> list[int]:
        """The rows of these regions' own clauses."""
        return [row for row, name in enumerate(self.region) if name in names]


def run(work: Workspace) -> None:
    """Align every comparison."""
    known = regions.load(DATA / "regions.toml")
    units = gather(
        rows.read(work.rows("documents"), Document),
        rows.read(work.rows("tokens"), Tokens),
        rows.read(work.rows("topics"), ClauseTopic),
        lexicon.load(DATA / "lexicon"),
        {c.clause_id: c.heading for c in rows.read(work.rows("clauses"), Clause) if c.heading},
    )
    experts = expertpairs.load(DATA / "pairs.toml", {t.clause_id for t in units.tokens})
    found = [
        alignment
        for comparison in comparisons.load(DATA / "comparisons.toml", set(known))
        for region in comparison.stack
        for alignment in align(
            comparison.comparison_id,
            units.of(regions.within(comparison.baseline_region, known)),
            units.of({region}),
            units,
            {(pair.clause_a, pair.clause_b): pair.verdict for pair in experts},
        )
    ]
    rows.write(work.rows("alignments"), found)
    asserted = sum(row.status in ASSERTED for row in found)
    print(f"alignments: {asserted} 对确认，{len(found) - asserted} 对候选")


def gather(
    documents: list[Document],
    tokens: list[Tokens],
    topics: list[ClauseTopic],
    words: lexicon.Lexicon,
    headings: dict[str, str],
) -> Units:
    """Put all clauses into one vector space."""
    place = {d.document_id: i for i, d in enumerate(documents)}
    document = [place[t.clause_id.split("__")[0]] for t in tokens]
    vectors = features.fit([words.terms(t.words) for t in tokens])
    return Units(
        tokens, [documents[i].region_id for i in document], document,
        _topic_matrix(tokens, topics), vectors, features.grouped(vectors.words, document),
        [frozenset(_NUMBER.findall(fold(headings.get(t.clause_id, "")))) for t in tokens],
    )  # fmt: skip


def _topic_matrix(tokens: list[Tokens], topics: list[ClauseTopic]) -> Matrix:
    row = {t.clause_id: i for i, t in enumerate(tokens)}
    names = {name: i for i, name in enumerate(sorted({t.topic_id for t in topics}))}
    cells = ([row[t.clause_id] for t in topics], [names[t.topic_id] for t in topics])
    shape = (len(tokens), max(len(names), 1))
    return csr_matrix((np.ones(len(topics)), cells), shape=shape)


def align(
    comparison_id: str,
    left: list[int],
    right: list[int],
    units: Units,
    verdicts: dict[tuple[str, str], str],
) -> list[Alignment]:
    """Align the baseline's clauses with one region's, both rows of the matrix in corpus order.

    Args:
        comparison_id: of the comparison that the alignments belong to.
        left: rows of the baseline's clauses.
        right: rows of the other region's clauses.
        units: all clauses.
        verdicts: (clause_a, clause_b) → accepted or rejected, where a person said so.
    """
    similarity = similarities(units, left, right, ALIGNMENTS.neighbours)
    asserted = set(features.links(similarity, ALIGNMENTS.floor, ALIGNMENTS.tie))
    names_a, names_b = ([units.tokens[row].clause_id for row in side] for side in (left, right))
    judged: dict[int, set[int]] = defaultdict(set)
    for (clause_a, clause_b), _ in verdicts.items():
        if clause_a in names_a and clause_b in names_b:
            judged[names_a.index(clause_a)].add(names_b.index(clause_b))
    found = []
    for a in range(similarity.shape[0]):
        ranked = features.ranked(similarity, a)
        far = sorted(judged[a] - {b for b, _ in ranked})  # a person saw what words do not show
        ranked += [(b, features.cosine(units.features, left[a], right[b])) for b in far]
        for rank, (b, value) in enumerate(ranked, 1):
            status = verdicts.get(
                (names_a[a], names_b[b]), "auto" if (a, b) in asserted else "candidate"
            )
            if rank <= ALIGNMENTS.kept or status != "candidate":
                found.append(
                    _alignment(comparison_id, units, left[a], right[b], value, rank, status)
                )
    return found


def similarities(units: Units, left: list[int], right: list[int], count: int) -> Matrix:
    """Cosines of the `count` nearest clauses, scaled by their documents' likeness, topic and tier.

    Returns:
        shape (len(left), len(right)); 0 where neither is among the other's neighbours.
    """
    vectors = units.features.vectors
    found = features.neighbours(vectors[left], vectors[right], count, ALIGNMENTS.least).tocoo()
    rows_a, rows_b = np.array(left, int)[found.row], np.array(right, int)[found.col]
    document = np.array(units.document)
    alike = _dots(units.documents, document[rows_a], document[rows_b])
    scale = 1 - FEATURES.document_share * (1 - np.clip(alike, 0, 1))
    both, shared = _topic_overlap(units.topics, rows_a, rows_b)
    scale = np.where(both & ~shared, scale * FEATURES.topic_discount, scale)
    other = [
        bool(units.tiers[a] and units.tiers[b] and units.tiers[a] != units.tiers[b])
        for a, b in zip(rows_a, rows_b, strict=True)
    ]
    scale = np.where(np.array(other, bool), scale * FEATURES.tier_discount, scale)
    data = np.clip(found.data * scale, 0, 1)
    return csr_matrix((data, (found.row, found.col)), shape=found.shape)


def _dots(vectors: Matrix, a: Any, b: Any) -> Any:
    """Row-wise dot products, each different pair of documents once."""
    pairs, which = np.unique(np.stack([a, b]), axis=1, return_inverse=True)
    values = np.asarray(vectors[pairs[0]].multiply(vectors[pairs[1]]).sum(axis=1)).ravel()
    return values[which.ravel()]


def _topic_overlap(topics: Matrix, a: Any, b: Any) -> tuple[Any, Any]:
    """For each pair: have both a topic, and do they share one."""
    counts = np.asarray(topics.sum(axis=1)).ravel()
    shared = np.asarray(topics[a].multiply(topics[b]).sum(axis=1)).ravel()
    return (counts[a] > 0) & (counts[b] > 0), shared > 0


def _alignment(
    comparison_id: str, units: Units, a: int, b: int, value: float, rank: int, status: str
) -> Alignment:
    clause_a, clause_b = units.tokens[a], units.tokens[b]
    return Alignment(
        f"{comparison_id}__{clause_a.clause_id}__vs__{clause_b.clause_id}",
        comparison_id, clause_a.clause_id, clause_b.clause_id,
        round(value, 4), SURE if status == "accepted" else confidence(value, rank), rank,
        features.shared_terms(units.features, a, b), status,
        diffs.diff(clause_a.words, clause_b.words) if status in ASSERTED else None,
    )  # fmt: skip


def confidence(similarity: float, rank: int) -> float:
    """How likely a pair is a true counterpart, from its similarity and rank alone."""
    return round(1 / (1 + float(np.exp(-(9 * (similarity - 0.3) - 0.8 * (rank - 1))))), 4)
