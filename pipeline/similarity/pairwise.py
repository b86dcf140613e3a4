"""Pairwise metrics: term weights over two sets of rows, and matrices of every row against every other.

The two sets share one vocabulary (`term_counts.Vocabulary`): a column is the same term in both.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.similarity.arrays import FloatArray, SparseMatrix


def idf(a: SparseMatrix, b: SparseMatrix) -> FloatArray:
    """Inverse document frequency of each column within the two sets: ln((1 + n) / (1 + df)) + 1.

    Args:
        a: counts, shape (n_a, n_terms).
        b: counts, shape (n_b, n_terms).

    Returns:
        shape (n_terms,), in scikit-learn's definition; n = n_a + n_b.
    """
    df = sum(np.bincount(counts.indices, minlength=counts.shape[1]) for counts in (a, b))
    return np.asarray(np.log((1 + a.shape[0] + b.shape[0]) / (1 + df)) + 1)


def weighted_tf(counts: SparseMatrix, weights: FloatArray) -> SparseMatrix:
    """Sublinear term frequencies times each column's weight (shape (n_terms,))."""
    weighted = sublinear_tf(counts)
    weighted.data *= weights[weighted.indices]
    return weighted


def sublinear_tf(counts: SparseMatrix) -> SparseMatrix:
    """1 + ln(count) in place of counts."""
    frequencies = counts.copy()
    frequencies.data = 1 + np.log(frequencies.data)
    return frequencies


def unit_rows(rows: FloatArray) -> FloatArray:
    """Rows scaled to length 1; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1))


def cosines(a: SparseMatrix, b: SparseMatrix) -> FloatArray:
    """The cosine of every row of a with every row of b, shape (n_a, n_b); 0 for zero rows."""
    products = (a @ b.T).toarray()
    scale = np.outer(*(np.where(length > 0, length, 1) for length in map(_lengths, (a, b))))
    return np.asarray(products / scale)


def _lengths(rows: SparseMatrix) -> FloatArray:
    """The length of every row; faster than scipy's product for the many small matrices here."""
    places = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return np.sqrt(np.bincount(places, rows.data**2, minlength=rows.shape[0]))


def top_shared_weight(
    a: SparseMatrix, b: SparseMatrix, weights: FloatArray, count: int
) -> FloatArray:
    """Sum of the weights of the `count` heaviest columns present in both rows, shape (n_a, n_b)."""
    weights_b = (b > 0).toarray() * weights
    sums = np.zeros((a.shape[0], b.shape[0]))
    for row in range(a.shape[0]):
        shared = weights_b[:, a.indices[a.indptr[row] : a.indptr[row + 1]]]
        if shared.shape[1] > count:
            shared = np.partition(shared, -count, axis=1)[:, -count:]
        sums[row] = shared.sum(axis=1)
    return sums


def jaccard(a: Sequence[frozenset[Any]], b: Sequence[frozenset[Any]]) -> FloatArray:
    """Jaccard index of every set of a with every set of b, shape (len(a), len(b)); 0 for empty sets.

    >>> jaccard([frozenset("xy")], [frozenset("x"), frozenset()]).tolist()
    [[0.5, 0.0]]
    """
    members = sorted({member for group in (*a, *b) for member in group}, key=repr)
    column_by_member = {member: i for i, member in enumerate(members)}

    def indicators(side: Sequence[frozenset[Any]]) -> FloatArray:
        matrix = np.zeros((len(side), len(members)))
        for row, group in enumerate(side):
            matrix[row, [column_by_member[member] for member in group]] = 1
        return matrix

    of_a, of_b = indicators(a), indicators(b)
    intersection = of_a @ of_b.T
    union = of_a.sum(axis=1)[:, None] + of_b.sum(axis=1)[None] - intersection
    return np.asarray(intersection / np.maximum(union, 1))


def unequal(a: Sequence[Any], b: Sequence[Any]) -> FloatArray:
    """1 where the two values are not the same, 0 elsewhere; shape (len(a), len(b))."""
    return np.array([[float(x != y) for y in b] for x in a]).reshape(len(a), len(b))
