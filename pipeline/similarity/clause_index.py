"""Units: all unit clauses of a build in one vector space, and the search for neighbours in it.

The plain core of alignment: TF-IDF of words and character bigrams over this corpus, nearest clauses by
a sparse product. It finds candidates; matcher judges those of documents that answer each other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pipeline.core.records import COMPARED, ClauseTopic, Document, Tokens, document_of
from pipeline.core.settings import ALIGNMENTS, FEATURES
from pipeline.language import lexicon
from pipeline.language.normalization import fold
from pipeline.similarity import article_parts, vectors
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.vectors import Features, Matrix

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Units:
    """All unit clauses, row by row of the feature matrix."""

    tokens: list[Tokens]
    region: list[str]
    document: list[int]
    topics: Matrix  # shape (n_units, n_topics), 1 where the clause lies in the topic
    features: Features
    documents: Matrix  # unit vectors of documents
    names: list[str]  # ids of documents, in that order
    digests: frozenset[int]  # those of them that restate facts one by one
    boilerplate: NDArray[np.bool_]
    tiers: list[
        frozenset[str]
    ]  # numbers in the clause's heading: 35千伏 and 110千伏 are two matters

    def of(self, names: set[str]) -> list[int]:
        """The rows of these regions' own clauses."""
        return [row for row, name in enumerate(self.region) if name in names]

    def documents_of(self, rows: list[int]) -> list[int]:
        """The documents, as rows of `documents`, that these clauses stand in."""
        return sorted({self.document[row] for row in rows})


def gather(
    documents: list[Document],
    tokens: list[Tokens],
    topics: list[ClauseTopic],
    words: lexicon.Lexicon,
    headings: dict[str, str],
    classes: Sequence[ArticleClass],
) -> Units:
    """Put all clauses into one vector space, in an order that the order of documents does not change."""
    documents = sorted(documents, key=lambda document: document.document_id)
    tokens = sorted(tokens, key=lambda row: row.clause_id)
    place = {d.document_id: i for i, d in enumerate(documents)}
    document = [place[document_of(t.clause_id)] for t in tokens]
    features = vectors.fit([words.terms(t.words) for t in tokens])
    return Units(
        tokens, [_place(documents[i]) for i in document], document,
        _topic_matrix(tokens, topics), features, vectors.grouped(features.words, document),
        [d.document_id for d in documents],
        frozenset(i for i, d in enumerate(documents) if d.text_kind == "digest"),
        np.array([_is_boilerplate("".join(t.words), classes) for t in tokens], bool),
        [frozenset(_NUMBER.findall(fold(headings.get(t.clause_id, "")))) for t in tokens],
    )  # fmt: skip


def _place(document: Document) -> str:
    """Whose policy a document is; nobody's where it is a draft or a commentary."""
    return document.region_id if document.text_kind in COMPARED else ""


def _is_boilerplate(text: str, classes: Sequence[ArticleClass]) -> bool:
    body = text[article_parts.body(text) :]
    return any(each.boilerplate and each.pattern.search(body) for each in classes)


def _topic_matrix(tokens: list[Tokens], topics: list[ClauseTopic]) -> Matrix:
    row = {t.clause_id: i for i, t in enumerate(tokens)}
    names = {name: i for i, name in enumerate(sorted({t.topic_id for t in topics}))}
    cells = ([row[t.clause_id] for t in topics], [names[t.topic_id] for t in topics])
    shape = (len(tokens), max(len(names), 1))
    return csr_matrix((np.ones(len(topics)), cells), shape=shape)


def similarities(units: Units, left: list[int], right: list[int], count: int) -> Matrix:
    """Cosines of the `count` nearest clauses, scaled by their documents' likeness, topic and tier.

    Returns:
        shape (len(left), len(right)); 0 where neither is among the other's neighbours, or one is
        boilerplate.
    """
    rows = units.features.vectors
    found = vectors.neighbours(rows[left], rows[right], count, ALIGNMENTS.least).tocoo()
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
    telling = ~(units.boilerplate[rows_a] | units.boilerplate[rows_b])
    cells = (found.row[telling], found.col[telling])
    return csr_matrix((data[telling], cells), shape=found.shape)


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
