"""Features: TF-IDF of words and character bigrams, and the sparse search for neighbours.

The only home of scikit-learn and sparse_dot_topn. Rows are unit vectors, so a dot product is a
cosine; words and bigrams share it by `word_share`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sparse_dot_topn import sp_matmul_topn

from pipeline.core.settings import FEATURES

_BLOCK = 20_000  # rows multiplied at once, to bound memory
Matrix: TypeAlias = Any  # scipy.sparse.csr_matrix, which has no types


@dataclass(frozen=True, slots=True)
class Features:
    """Vectors of n clauses: words and bigrams side by side, shape (n, n_features)."""

    vectors: Matrix
    words: Matrix
    names: Sequence[str]


def as_tokens(terms: list[str]) -> list[str]:
    """The analyzer: our tokens as they are (the default pattern drops one-character words)."""
    return terms


def as_bigrams(terms: list[str]) -> list[str]:
    """Pairs of neighbouring characters within each run of terms.

    >>> as_bigrams(["居住证", "积分"])
    ['居住', '住证', '证积', '积分']
    """
    text = "".join(terms)
    return [text[i : i + 2] for i in range(len(text) - 1)]


def fit(clauses: list[list[str]]) -> Features:
    """Weigh the terms of clauses against each other.

    Args:
        clauses: for each clause, its terms in reading order.
    """
    vectorizer = TfidfVectorizer(analyzer=as_tokens, sublinear_tf=True)
    words = vectorizer.fit_transform(clauses)
    bigrams = TfidfVectorizer(analyzer=as_bigrams, sublinear_tf=True).fit_transform(clauses)
    share = FEATURES.word_share
    both = sparse.hstack([words * share**0.5, bigrams * (1 - share) ** 0.5], format="csr")
    return Features(both, words.tocsr(), vectorizer.get_feature_names_out())


def grouped(vectors: Matrix, groups: Sequence[int]) -> Matrix:
    """Sum rows by group and normalise: one vector a document, shape (max(groups) + 1, n_features)."""
    count = len(groups)
    summing = sparse.csr_matrix((np.ones(count), (groups, range(count))))
    return normalize(summing @ vectors)


def neighbours(left: Matrix, right: Matrix, count: int, least: float) -> Matrix:
    """The nearest rows of `right` to each row of `left`, and the other way round.

    Returns:
        cosines ≥ least, shape (n_left, n_right); a pair is there when either chose the other.
    """
    if 0 in (left.shape[0], right.shape[0]):
        return sparse.csr_matrix((left.shape[0], right.shape[0]))
    forth = sp_matmul_topn(left, right.T.tocsr(), top_n=count, threshold=least, sort=True)
    back = sp_matmul_topn(right, left.T.tocsr(), top_n=count, threshold=least, sort=True)
    return forth.maximum(back.T.tocsr()).tocsr()


def cosines(features: Features, a: Sequence[int], b: Sequence[int]) -> list[float]:
    """The cosine of each clause of a with the one at the same place of b."""
    found: list[float] = []
    for start in range(0, len(a), _BLOCK):
        left, right = (features.vectors[list(side[start : start + _BLOCK])] for side in (a, b))
        found += np.asarray(left.multiply(right).sum(axis=1)).ravel().tolist()
    return found


def shared_terms(features: Features, a: int, b: int, count: int = 8) -> list[tuple[str, float]]:
    """The words that make two clauses similar, with their part of the word cosine, heaviest first."""
    left, right = _cells(features.words, a), _cells(features.words, b)
    shared = [(value * right[col], col) for col, value in left.items() if col in right]
    shared.sort(key=lambda cell: (-cell[0], cell[1]))
    return [(str(features.names[col]), round(value, 4)) for value, col in shared[:count]]


def _cells(matrix: Matrix, row: int) -> dict[int, float]:
    begin, end = matrix.indptr[row], matrix.indptr[row + 1]
    return dict(
        zip(matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist(), strict=True)
    )


def links(similarity: Matrix, floor: float, tie: float) -> list[tuple[int, int]]:
    """Pairs that are each other's best, or within `tie` of both bests.

    Args:
        similarity: cosines, shape (n_left, n_right), absent pairs are zero.
        floor: least cosine of a pair.
        tie: share of the best of its row and of its column that a pair must reach.

    Returns:
        (row, column) in row order.

    >>> links(sparse.csr_matrix([[0.9, 0.2], [0.8, 0.1]]), floor=0.3, tie=0.95)
    [(0, 0)]
    """
    if not similarity.nnz:
        return []
    best_of_row = similarity.max(axis=1).toarray().ravel()
    best_of_column = similarity.max(axis=0).toarray().ravel()
    cells = similarity.tocoo()
    least = np.maximum(best_of_row[cells.row], best_of_column[cells.col]) * tie
    good = (cells.data >= least - 1e-12) & (cells.data >= floor)
    return sorted(zip(cells.row[good].tolist(), cells.col[good].tolist(), strict=True))


def leads(similarity: Matrix) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By how much each cell beats the best other cell of its row, and of its column.

    Args:
        similarity: sparse, absent cells are zero.

    Returns:
        (lead in the row, lead in the column) of the cells, in the order of `similarity.tocoo()`.

    >>> [lead.tolist() for lead in leads(sparse.csr_matrix([[0.75, 0.5], [0.25, 0.0]]))]
    [[0.25, -0.25, 0.25], [0.5, 0.5, -0.5]]
    """
    cells = similarity.tocoo()
    return _lead(cells.row, cells.data), _lead(cells.col, cells.data)


def first(group: NDArray[np.int64], value: NDArray[np.float64], count: int) -> NDArray[np.bool_]:
    """Whether each value is among the `count` greatest of its group; ties go to the earlier.

    >>> first(np.array([0, 0, 0, 1]), np.array([0.2, 0.9, 0.5, 0.1]), 2).tolist()
    [False, True, True, True]
    """
    order = np.lexsort((np.arange(len(value)), -value, group))
    starts = np.searchsorted(group[order], group[order])
    found = np.zeros(len(value), bool)
    found[order] = np.arange(len(value)) - starts < count
    return found


def _lead(group: NDArray[np.int64], value: NDArray[np.float64]) -> NDArray[np.float64]:
    best, second = np.zeros((2, int(group.max(initial=0)) + 1))
    np.maximum.at(best, group, value)
    is_best = value >= best[group]
    np.maximum.at(second, group[~is_best], value[~is_best])
    alone = np.bincount(group[is_best], minlength=len(best)) == 1
    return np.asarray(value - np.where(is_best & alone[group], second[group], best[group]))
