"""Clause index: TF-IDF vectors of all unit clauses of a build, and the search for similar clauses.

TF-IDF of words and character bigrams over this corpus, nearest clauses by a sparse product. It finds
candidates; `alignment.match_model` scores those of documents that correspond to each other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.records import COMPARED, ClauseTopic, Document, Tokens, document_of
from pipeline.core.settings import ALIGNMENTS, FEATURES
from pipeline.language.lexicon import Lexicon
from pipeline.language.normalization import fold
from pipeline.similarity import article_parts, vectors
from pipeline.similarity.arrays import FloatArray, SparseMatrix
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.vectors import ClauseCounts, TermVectors

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class ClauseIndex:
    """n unit clauses of a build in one vector space; a row is a clause's place in `tokens`.

    Attributes:
        tokens: ids and words, n of them.
        region_ids: whose policy each clause is; "" where its document is a draft or a commentary.
        document_rows: the document of each clause, as a row of `document_vectors`.
        topics: shape (n, n_topics); 1 where the clause lies in the topic.
        vectors: TF-IDF vectors of the clauses.
        document_vectors: unit vectors of documents, shape (n_documents, n_words).
        document_ids: ids of documents, in that order.
        digest_rows: rows of the documents that restate facts one by one.
        is_boilerplate: shape (n,).
        heading_numbers: numbers in each clause's heading, which tell tiers of one matter apart
            (35千伏, 110千伏).
    """

    tokens: list[Tokens]
    region_ids: list[str]
    document_rows: list[int]
    topics: SparseMatrix
    vectors: TermVectors
    document_vectors: SparseMatrix
    document_ids: list[str]
    digest_rows: frozenset[int]
    is_boilerplate: NDArray[np.bool_]
    heading_numbers: list[frozenset[str]]

    def rows_of_regions(self, region_ids: set[str]) -> list[int]:
        """The rows of these regions' own clauses."""
        return [row for row, region_id in enumerate(self.region_ids) if region_id in region_ids]

    def documents_of_rows(self, rows: list[int]) -> list[int]:
        """The documents, as rows of `document_vectors`, that these clauses lie in."""
        return sorted({self.document_rows[row] for row in rows})


def build(
    documents: list[Document],
    tokens: list[Tokens],
    topics: list[ClauseTopic],
    lexicon: Lexicon,
    headings: dict[str, str],
    classes: Sequence[ArticleClass],
    counts: ClauseCounts | None = None,
) -> ClauseIndex:
    """Index clauses, in an order that does not depend on the order of the rows.

    Args:
        documents: some documents of the build.
        tokens: words of their unit clauses.
        topics: topics of their clauses.
        lexicon: turns words into terms.
        headings: clause id → heading, where a clause has one.
        classes: tell which clauses are boilerplate.
        counts: of all clauses of the build, by `count`; None where all are given.
    """
    documents = sorted(documents, key=lambda document: document.document_id)
    tokens = sorted(tokens, key=lambda row: row.clause_id)
    row_by_document = {d.document_id: i for i, d in enumerate(documents)}
    document_rows = [row_by_document[document_of(row.clause_id)] for row in tokens]
    term_vectors = vectors.tf_idf([lexicon.terms(row.words) for row in tokens], counts)
    return ClauseIndex(
        tokens=tokens,
        region_ids=[_region_id(documents[row]) for row in document_rows],
        document_rows=document_rows,
        topics=_topic_matrix(tokens, topics),
        vectors=term_vectors,
        document_vectors=vectors.group_vectors(term_vectors.words, document_rows),
        document_ids=[document.document_id for document in documents],
        digest_rows=frozenset(i for i, d in enumerate(documents) if d.text_kind == "digest"),
        is_boilerplate=np.array([_is_boilerplate("".join(t.words), classes) for t in tokens], bool),
        heading_numbers=[
            frozenset(_NUMBER.findall(fold(headings.get(row.clause_id, "")))) for row in tokens
        ],
    )


def count(tokens: DocumentRows[Tokens], lexicon: Lexicon) -> ClauseCounts:
    """In how many clauses of a build each term is, in the order of the clauses' ids."""
    names = sorted(tokens.places, key=lambda name: f"{name}__")  # as the ids of their clauses
    rows = (sorted(tokens.of([name]), key=lambda row: row.clause_id) for name in names)
    return vectors.count(lexicon.terms(row.words) for own in rows for row in own)


def _region_id(document: Document) -> str:
    return document.region_id if document.text_kind in COMPARED else ""


def _is_boilerplate(text: str, classes: Sequence[ArticleClass]) -> bool:
    body = text[article_parts.body_start(text) :]
    return any(each.boilerplate and each.pattern.search(body) for each in classes)


def _topic_matrix(tokens: list[Tokens], topics: list[ClauseTopic]) -> SparseMatrix:
    row_by_clause = {row.clause_id: i for i, row in enumerate(tokens)}
    column_by_topic = {name: i for i, name in enumerate(sorted({t.topic_id for t in topics}))}
    rows = [row_by_clause[topic.clause_id] for topic in topics]
    columns = [column_by_topic[topic.topic_id] for topic in topics]
    shape = (len(tokens), max(len(column_by_topic), 1))
    return csr_matrix((np.ones(len(topics)), (rows, columns)), shape=shape)


def similarities(index: ClauseIndex, left: list[int], right: list[int], count: int) -> SparseMatrix:
    """Cosines of the nearest clauses, scaled by their documents' similarity, topics and heading numbers.

    Args:
        index: all clauses.
        left: rows of the one side's clauses.
        right: rows of the other's.
        count: nearest clauses of a clause.

    Returns:
        shape (len(left), len(right)), in [0, 1]; absent where neither clause is among the other's nearest
        or one is boilerplate.
    """
    rows = index.vectors.combined
    near = vectors.neighbours(rows[left], rows[right], count, ALIGNMENTS.least).tocoo()
    rows_a, rows_b = np.array(left, int)[near.row], np.array(right, int)[near.col]
    document_rows = np.array(index.document_rows)
    documents_alike = _row_dots(
        index.document_vectors, document_rows[rows_a], document_rows[rows_b]
    )
    scale = 1 - FEATURES.document_share * (1 - np.clip(documents_alike, 0, 1))
    both_have_topics, share_topic = _topic_overlap(index.topics, rows_a, rows_b)
    scale = np.where(both_have_topics & ~share_topic, scale * FEATURES.topic_discount, scale)
    numbers = index.heading_numbers
    other_tier = [
        bool(numbers[a] and numbers[b] and numbers[a] != numbers[b])
        for a, b in zip(rows_a, rows_b, strict=True)
    ]
    scale = np.where(np.array(other_tier, bool), scale * FEATURES.tier_discount, scale)
    data = np.clip(near.data * scale, 0, 1)
    is_kept = ~(index.is_boilerplate[rows_a] | index.is_boilerplate[rows_b])
    cells = (near.row[is_kept], near.col[is_kept])
    return csr_matrix((data[is_kept], cells), shape=near.shape)


def _row_dots(rows: SparseMatrix, a: NDArray[np.int64], b: NDArray[np.int64]) -> FloatArray:
    """The dot product of rows a[i] and b[i] for each i; each different pair is computed once."""
    pairs, inverse = np.unique(np.stack([a, b]), axis=1, return_inverse=True)
    values = np.asarray(rows[pairs[0]].multiply(rows[pairs[1]]).sum(axis=1)).ravel()
    return values[inverse.ravel()]


def _topic_overlap(
    topics: SparseMatrix, a: NDArray[np.int64], b: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each pair of rows: whether both have a topic, and whether they share one."""
    counts = np.asarray(topics.sum(axis=1)).ravel()
    shared = np.asarray(topics[a].multiply(topics[b]).sum(axis=1)).ravel()
    return (counts[a] > 0) & (counts[b] > 0), shared > 0
