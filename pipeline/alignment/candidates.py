"""Candidates: the likely counterparts of each clause of one side among the clauses of the other.

Two sources are merged into one ranking: pairs of documents compared article by article, and similarity
over the whole corpus for all other pairs of documents. In the latter, two clauses of official texts are
never asserted: an article about the same action on another matter (e.g. who must report) looks as similar
as a true counterpart.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit

from pipeline.alignment import pair_scoring
from pipeline.alignment.logistic_model import LogisticModel
from pipeline.alignment.match_model import (
    RELATED_FEATURES,
    MatchModel,
    clipped_logit,
)
from pipeline.alignment.pair_scoring import PairScores, Reason
from pipeline.core.settings import ALIGNMENTS, GAPS
from pipeline.similarity import clause_index, vectors
from pipeline.similarity.arrays import FloatArray, SparseMatrix
from pipeline.similarity.clause_index import ClauseIndex

PlacePair = tuple[int, int]  # places of a clause in the left list and of one in the right list
Partners = tuple[dict[int, set[PlacePair]], dict[int, set[PlacePair]]]
ScoredDocuments = dict[tuple[str, str], PairScores]  # by the ids of the left and the right document


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible pair of clauses.

    Attributes:
        probability: that they are counterparts.
        scope: "pair" where their documents answer each other, as a whole or in part, "related" where they
            are only near each other, "corpus" where only the corpus was searched.
        reasons: features and what they add to the log odds.
    """

    probability: float
    scope: str
    reasons: list[Reason]


NO_CANDIDATE = Candidate(0.0, "corpus", [])


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """The candidates of two lists of clauses, their ranking, and which of them are asserted.

    Attributes:
        by_pair: candidates by (left, right).
        asserted: of the pairs in documents that answer each other, those that the model's thresholds
            accept; of those found by searching, the ones with a clause of a digest that reach the model's
            floor and are each other's best by ALIGNMENTS.floor and tie.
        by_left: left clause → its right clauses, likeliest first.
        by_right: right clause → its left clauses, likeliest first.
        partners: the asserted pairs by left, and by right.
    """

    by_pair: dict[PlacePair, Candidate]
    asserted: set[PlacePair]
    by_left: dict[int, list[int]]
    by_right: dict[int, list[int]]
    partners: Partners

    def rank(self, pair: PlacePair) -> int:
        """The right clause's rank among the left one's candidates, from 1; one past the last if it is none."""
        order = self.by_left.get(pair[0], [])
        return order.index(pair[1]) + 1 if pair[1] in order else len(order) + 1

    def extent(self, pair: PlacePair) -> str:
        """Whether each is the other's only partner ("whole"), or one has several partners ("split")."""
        asserted = self.partners[0][pair[0]] | self.partners[1][pair[1]]
        return "whole" if asserted <= {pair} else "split"


def find(
    left: list[int],
    right: list[int],
    index: ClauseIndex,
    answering: ScoredDocuments,
    related: ScoredDocuments,
    model: MatchModel,
) -> CandidateSet:
    """Merge the pairs scored article by article with those found by searching the corpus.

    Args:
        left: rows of the one side's clauses in the index.
        right: rows of the other's.
        index: all clauses.
        answering: scores of documents on the same matter, as a whole or in part, the left one first.
        related: scores of documents whose matters are near each other, likewise.
        model: thresholds, and the probability of pairs found by searching.
    """
    compared_candidates, compared_documents = _compared(left, right, index, answering)
    asserted = _links(compared_candidates, (len(left), len(right)), model)
    similarity = clause_index.similarities(index, left, right, ALIGNMENTS.neighbours)
    document_rows = [
        np.array([index.document_rows[row] for row in side], int) for side in (left, right)
    ]
    related_pairs, related_documents = _compared(left, right, index, related)
    found_candidates = {
        pair: candidate if _has_digest(pair, left, right, index) else _discounted(candidate)
        for pair, candidate in _searched(
            similarity, document_rows, related_pairs, related_documents, model
        ).items()
        if (document_rows[0][pair[0]], document_rows[1][pair[1]]) not in compared_documents
    }
    likely_pairs = _likely_pairs(similarity, found_candidates, model)
    asserted |= {pair for pair in likely_pairs if _has_digest(pair, left, right, index)}
    by_pair = compared_candidates | found_candidates
    return CandidateSet(by_pair, asserted, *_ranked(by_pair), _partners(asserted))


def _likely_pairs(
    similarity: SparseMatrix, found_candidates: dict[PlacePair, Candidate], model: MatchModel
) -> set[PlacePair]:
    """Of the pairs found by searching, each other's most similar that reach the model's floor."""
    mutual_best = set(vectors.links(similarity, ALIGNMENTS.floor, ALIGNMENTS.tie))
    return {
        pair
        for pair in mutual_best & found_candidates.keys()
        if found_candidates[pair].probability >= model.floor
    }


def _partners(asserted: set[PlacePair]) -> Partners:
    """The asserted pairs of each left and of each right clause."""
    partners: Partners = defaultdict(set), defaultdict(set)
    for pair in asserted:
        for side in (0, 1):
            partners[side][pair[side]].add(pair)
    return partners


def _has_digest(pair: PlacePair, left: list[int], right: list[int], index: ClauseIndex) -> bool:
    """Whether either clause is of a digest: it states one fact and has no neighbours to compare."""
    documents = index.document_rows[left[pair[0]]], index.document_rows[right[pair[1]]]
    return not index.digest_rows.isdisjoint(documents)


def _discounted(candidate: Candidate) -> Candidate:
    """The candidate with its odds multiplied by `search_odds`: its documents are not on one matter."""
    odds = candidate.probability / max(1 - candidate.probability, 1e-9) * ALIGNMENTS.search_odds
    return replace(candidate, probability=round(odds / (1 + odds), 4))


def _links(
    by_pair: dict[PlacePair, Candidate], shape: tuple[int, int], model: MatchModel
) -> set[PlacePair]:
    """The pairs that the model's thresholds assert."""
    cells: tuple[Sequence[int], ...] = tuple(zip(*by_pair, strict=True)) or ([], [])
    probabilities = [candidate.probability for candidate in by_pair.values()]
    matrix = sparse.csr_matrix((probabilities, cells), shape=shape)
    return set(vectors.links(matrix, model.floor, model.tie))


def _compared(
    left: list[int], right: list[int], index: ClauseIndex, scored: ScoredDocuments
) -> tuple[dict[PlacePair, Candidate], set[tuple[int, int]]]:
    """The candidates in scored document pairs, and those document pairs as rows of the index.

    Their scope is "pair" also where the documents are only related: of those candidates none is kept,
    their probability is a feature of the pairs found by searching.
    """
    place_a, place_b = (
        {index.tokens[row].clause_id: i for i, row in enumerate(side)} for side in (left, right)
    )
    documents_a, documents_b = (
        {index.document_ids[row]: row for row in index.documents_of_rows(side)}
        for side in (left, right)
    )
    by_pair: dict[PlacePair, Candidate] = {}
    document_pairs = set()
    for (a, b), scores in scored.items():
        if a in documents_a and b in documents_b:
            document_pairs.add((documents_a[a], documents_b[b]))
            is_likely = scores.probability >= pair_scoring.LEAST_PROBABILITY
            for i, j in zip(*np.nonzero(is_likely), strict=True):
                pair = (place_a[scores.clause_ids_a[i]], place_b[scores.clause_ids_b[j]])
                reasons = scores.reasons.get((int(i), int(j)), [])
                by_pair[pair] = Candidate(float(scores.probability[i, j]), "pair", reasons)
    return by_pair, document_pairs


def _searched(
    similarity: SparseMatrix,
    document_rows: list[NDArray[np.int64]],
    related: dict[PlacePair, Candidate],
    related_documents: set[tuple[int, int]],
    model: MatchModel,
) -> dict[PlacePair, Candidate]:
    """Candidates found by searching: the best `ALIGNMENTS.kept` of each row, `GAPS.nearest` of each column.

    Args:
        similarity: as `clause_index.similarities` gives it.
        document_rows: the document of each left clause, and of each right one.
        related: candidates of related documents; their scores are a feature.
        related_documents: the pairs of documents that have such scores.
        model: its regressions for related documents and for the whole corpus.
    """
    cells = similarity.tocoo()
    pairs = list(zip(cells.row.tolist(), cells.col.tolist(), strict=True))
    documents = zip(document_rows[0][cells.row], document_rows[1][cells.col], strict=True)
    is_related = np.array([pair in related_documents for pair in documents], bool)
    scored = np.array([related[p].probability if p in related else 0.0 for p in pairs])
    features = _search_features(similarity, scored)
    parts_related, parts_corpus = (m.contributions(features) for m in (model.related, model.corpus))
    log_odds = np.where(
        is_related,
        parts_related.sum(axis=0) + model.related.bias,
        parts_corpus.sum(axis=0) + model.corpus.bias,
    )
    probability = np.round(expit(log_odds), 4)
    is_shown = vectors.top_of_group(cells.row, probability, ALIGNMENTS.kept)
    is_shown |= vectors.top_of_group(cells.col, probability, GAPS.nearest)
    by_pair: dict[PlacePair, Candidate] = {}
    for k in np.flatnonzero(is_shown):
        scope, regression, parts = (
            ("related", model.related, parts_related)
            if is_related[k]
            else ("corpus", model.corpus, parts_corpus)
        )
        by_pair[pairs[k]] = _candidate(probability[k], scope, regression, parts[:, k])
    return by_pair


def _candidate(
    probability: float, scope: str, regression: LogisticModel, contributions: FloatArray
) -> Candidate:
    values = zip(regression.names, contributions, strict=True)
    reasons = [(name, round(float(value), 2)) for name, value in values]
    return Candidate(float(probability), scope, reasons)


def _search_features(similarity: SparseMatrix, probability: FloatArray) -> dict[str, FloatArray]:
    """The features of all pairs found by searching.

    Args:
        similarity: shape (n_left, n_right).
        probability: of each stored cell in the scores of related documents, 0 without; shape (nnz,).
    """
    columns = (similarity.tocoo().data, *vectors.leads(similarity), clipped_logit(probability))
    return dict(zip(RELATED_FEATURES, columns, strict=True))


def _ranked(
    by_pair: dict[PlacePair, Candidate],
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The right clauses of each left one and the reverse, likeliest first; ties go to the earlier clause."""
    by_left: dict[int, list[int]] = defaultdict(list)
    by_right: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(by_pair, key=lambda pair: (-by_pair[pair].probability, pair)):
        by_left[a].append(b)
        by_right[b].append(a)
    return by_left, by_right


def shown(candidates: CandidateSet, count: int) -> set[PlacePair]:
    """The pairs that readers and reviewers see: all asserted ones, and each clause's likeliest few.

    Args:
        candidates: to choose from.
        count: right clauses of a left one; of a right one `GAPS.nearest` left clauses are shown.
    """
    pairs = set(candidates.asserted)
    for left, rights in candidates.by_left.items():
        pairs |= {(left, right) for right in rights[:count]}
    for right, lefts in candidates.by_right.items():
        pairs |= {(left, right) for left in lefts[: GAPS.nearest]}
    return pairs
