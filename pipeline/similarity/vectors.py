"""TF-IDF vectors of words and character bigrams, and the sparse search for nearest neighbours.

The only home of sparse_dot_topn. Rows are unit vectors, so that a dot product is a cosine; words and
bigrams contribute to it by `word_share` and 1 - `word_share`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize
from sparse_dot_topn import sp_matmul_topn

from pipeline.core.settings import FEATURES
from pipeline.similarity.arrays import FloatArray, SparseMatrix

_BLOCK = 20_000  # rows multiplied at once, to bound memory


@dataclass(frozen=True, slots=True)
class TermVectors:
    """TF-IDF vectors of n clauses.

    Attributes:
        combined: words and bigrams side by side, shape (n, n_words + n_bigrams).
        words: words alone, shape (n, n_words).
        vocabulary: the words, in the order of the columns of `words`.
    """

    combined: SparseMatrix
    words: SparseMatrix
    vocabulary: Sequence[str]


def _as_given(terms: list[str]) -> list[str]:
    """An analyzer that keeps our tokens (scikit-learn's default pattern drops one-character words)."""
    return terms


def bigrams(terms: list[str]) -> list[str]:
    """The character bigrams of a text, given its terms in reading order.

    >>> bigrams(["居住证", "积分"])
    ['居住', '住证', '证积', '积分']
    """
    text = "".join(terms)
    return [text[i : i + 2] for i in range(len(text) - 1)]


@dataclass(frozen=True, slots=True)
class ClauseCounts:
    """In how many clauses of a corpus each term is, the terms in the order in which they first occur.

    Attributes:
        clauses: number of clauses.
        words: of words.
        bigrams: of character bigrams.
    """

    clauses: int
    words: Mapping[str, int]
    bigrams: Mapping[str, int]


def count(clauses: Iterable[list[str]]) -> ClauseCounts:
    """Count clauses, given the terms of each in reading order."""
    total = 0
    of_words: Counter[str] = Counter()
    of_bigrams: Counter[str] = Counter()
    for terms in clauses:
        total += 1
        of_words.update(dict.fromkeys(terms, 1).keys())
        of_bigrams.update(dict.fromkeys(bigrams(terms), 1).keys())
    return ClauseCounts(total, of_words, of_bigrams)


def tf_idf(clauses: list[list[str]], corpus: ClauseCounts | None = None) -> TermVectors:
    """The TF-IDF vectors of clauses.

    A vector depends on its clause and on the counts alone, to the last bit, not on which clauses are given
    with it.

    Args:
        clauses: for each clause, its terms in reading order.
        corpus: the counts that weights are made of; None counts these clauses.
    """
    corpus = corpus or count(clauses)
    of_words, vocabulary = _weighted(clauses, _as_given, corpus.words, corpus.clauses)
    of_bigrams, _ = _weighted(clauses, bigrams, corpus.bigrams, corpus.clauses)
    share = FEATURES.word_share
    parts = [of_words * share**0.5, of_bigrams * (1 - share) ** 0.5]
    combined = sparse.hstack(parts, format="csr")
    return TermVectors(combined, of_words.tocsr(), vocabulary)


def _weighted(
    clauses: list[list[str]],
    analyzer: Callable[[list[str]], list[str]],
    counts: Mapping[str, int],
    total: int,
) -> tuple[SparseMatrix, Sequence[str]]:
    """The unit vectors of clauses, and what their columns stand for, in code point order.

    The cells of a row are in the order of the counts, so that sums over them are the same in any company.
    """
    vectorizer = CountVectorizer(analyzer=analyzer, dtype=np.float64)
    rows = vectorizer.fit_transform(clauses)
    column_by_term = vectorizer.vocabulary_
    columns = np.array([column_by_term[term] for term in counts if term in column_by_term], int)
    order = np.empty(len(columns), rows.indices.dtype)
    order[columns] = np.arange(len(columns))
    rows.indices = order[rows.indices]
    rows.has_sorted_indices = False
    rows.sort_indices()
    rows.indices = columns.astype(rows.indices.dtype)[rows.indices]
    rows.has_sorted_indices = False
    vocabulary = vectorizer.get_feature_names_out()
    df = np.array([counts[term] for term in vocabulary], float)
    weigher = TfidfTransformer(sublinear_tf=True).fit(rows)
    weigher.idf_ = np.log((1 + total) / (1 + df)) + 1
    return weigher.transform(rows, copy=False), vocabulary


def group_vectors(vectors: SparseMatrix, groups: Sequence[int]) -> SparseMatrix:
    """Unit vectors of groups of rows, such as documents: the normalised sum of each group's rows.

    Args:
        vectors: shape (n, n_features).
        groups: the group of each row, from 0 on.

    Returns:
        shape (max(groups) + 1, n_features).
    """
    count = len(groups)
    membership = sparse.csr_matrix((np.ones(count), (groups, range(count))))
    return normalize(membership @ vectors)


def neighbours(left: SparseMatrix, right: SparseMatrix, count: int, least: float) -> SparseMatrix:
    """The nearest rows of `right` to each row of `left`, and the nearest of `left` to each of `right`.

    Args:
        left: unit vectors, shape (n_left, n_features).
        right: unit vectors, shape (n_right, n_features).
        count: neighbours of a row.
        least: least cosine of a neighbour.

    Returns:
        Cosines, shape (n_left, n_right); a cell is stored where either row is among the other's nearest.
    """
    if 0 in (left.shape[0], right.shape[0]):
        return sparse.csr_matrix((left.shape[0], right.shape[0]))
    forth = sp_matmul_topn(left, right.T.tocsr(), top_n=count, threshold=least, sort=True)
    back = sp_matmul_topn(right, left.T.tocsr(), top_n=count, threshold=least, sort=True)
    return forth.maximum(back.T.tocsr()).tocsr()


def paired_cosines(vectors: SparseMatrix, a: Sequence[int], b: Sequence[int]) -> list[float]:
    """The cosine of row a[i] with row b[i] of unit vectors, for each i."""
    cosines: list[float] = []
    for start in range(0, len(a), _BLOCK):
        left, right = (vectors[list(side[start : start + _BLOCK])] for side in (a, b))
        cosines += np.asarray(left.multiply(right).sum(axis=1)).ravel().tolist()
    return cosines


def shared_terms(vectors: TermVectors, a: int, b: int, count: int = 8) -> list[tuple[str, float]]:
    """The words common to two clauses with their contributions to the word cosine, greatest first.

    Args:
        vectors: of all clauses.
        a: row of the one clause.
        b: row of the other.
        count: words at most.
    """
    left, right = _values_by_column(vectors.words, a), _values_by_column(vectors.words, b)
    shared = [(value * right[col], col) for col, value in left.items() if col in right]
    shared.sort(key=lambda cell: (-cell[0], cell[1]))
    return [(str(vectors.vocabulary[col]), round(value, 4)) for value, col in shared[:count]]


def _values_by_column(matrix: SparseMatrix, row: int) -> dict[int, float]:
    cells = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return dict(zip(matrix.indices[cells].tolist(), matrix.data[cells].tolist(), strict=True))


def links(similarity: SparseMatrix, floor: float, tie: float) -> list[tuple[int, int]]:
    """Pairs that are each other's best, or within `tie` of both bests.

    Args:
        similarity: cosines or probabilities, shape (n_left, n_right); absent cells are zero.
        floor: least value of a pair.
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
    is_link = (cells.data >= least - 1e-12) & (cells.data >= floor)
    return sorted(zip(cells.row[is_link].tolist(), cells.col[is_link].tolist(), strict=True))


def leads(similarity: SparseMatrix) -> tuple[FloatArray, FloatArray]:
    """By how much each cell exceeds the best other cell of its row, and of its column.

    Args:
        similarity: shape (n_left, n_right); absent cells are zero.

    Returns:
        (lead in the row, lead in the column), shape (nnz,) each, in the order of `similarity.tocoo()`;
        negative where another cell is better.

    >>> [lead.tolist() for lead in leads(sparse.csr_matrix([[0.75, 0.5], [0.25, 0.0]]))]
    [[0.25, -0.25, 0.25], [0.5, 0.5, -0.5]]
    """
    cells = similarity.tocoo()
    return _leads_in_groups(cells.row, cells.data), _leads_in_groups(cells.col, cells.data)


def _leads_in_groups(group: NDArray[np.int64], value: FloatArray) -> FloatArray:
    best, second = np.zeros((2, int(group.max(initial=0)) + 1))
    np.maximum.at(best, group, value)
    is_best = value >= best[group]
    np.maximum.at(second, group[~is_best], value[~is_best])
    has_one_best = np.bincount(group[is_best], minlength=len(best)) == 1
    rival = np.where(is_best & has_one_best[group], second[group], best[group])
    return np.asarray(value - rival)


def top_of_group(group: NDArray[np.int64], value: FloatArray, count: int) -> NDArray[np.bool_]:
    """Whether each value is among the `count` greatest of its group; ties go to the earlier.

    Args:
        group: of each value, shape (n,).
        value: shape (n,).
        count: values of a group at most.

    Returns:
        shape (n,).

    >>> top_of_group(np.array([0, 0, 0, 1]), np.array([0.2, 0.9, 0.5, 0.1]), 2).tolist()
    [False, True, True, True]
    """
    order = np.lexsort((np.arange(len(value)), -value, group))
    starts = np.searchsorted(group[order], group[order])
    is_top = np.zeros(len(value), bool)
    is_top[order] = np.arange(len(value)) - starts < count
    return is_top
