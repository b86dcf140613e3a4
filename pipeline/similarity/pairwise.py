"""Matrices: two sets of rows over one vocabulary, and the ways to hold every row against every other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]
Sparse = Any  # scipy.sparse.csr_matrix, which has no types


class Vocabulary:
    """The terms of two bags in one order, so that both sides' columns mean the same."""

    def __init__(self, terms_a: list[str], terms_b: list[str]) -> None:
        """Unite the terms of side a and side b."""
        self.terms = sorted({*terms_a, *terms_b})
        self.place = {term: i for i, term in enumerate(self.terms)}

    def of(self, terms: list[str], counts: Sparse) -> Sparse:
        """Counts over `terms` as counts over this vocabulary; terms that it lacks fall away."""
        known = np.array([term in self.place for term in terms], bool)
        if not known.all():
            counts = counts[:, np.flatnonzero(known)]
        columns = np.array([self.place[term] for term in terms if term in self.place], int)
        indices = columns[counts.indices] if counts.nnz else counts.indices
        shape = (counts.shape[0], len(self.terms))
        # Copied, for scipy sorts a matrix in place, and a bag is used again.
        found = sparse.csr_matrix((counts.data, indices, counts.indptr), shape=shape, copy=True)
        found.sort_indices()
        return found


def rarity(a: Sparse, b: Sparse) -> Array:
    """Inverse document frequency of each column within the two sets: ln((1 + n) / (1 + df)) + 1."""
    held = np.asarray((a > 0).sum(axis=0)).ravel() + np.asarray((b > 0).sum(axis=0)).ravel()
    return np.asarray(np.log((1 + a.shape[0] + b.shape[0]) / (1 + held)) + 1)


def weighted(counts: Sparse, weights: Array) -> Sparse:
    """Counts damped to 1 + ln(count), times each column's weight."""
    return damped(counts) @ sparse.diags(weights)


def damped(counts: Sparse) -> Sparse:
    """1 + ln(count) in place of counts."""
    found = counts.copy()
    found.data = 1 + np.log(found.data)
    return found


def unit(rows: Array) -> Array:
    """Rows scaled to length 1; zero rows stay zero."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1))


def cosines(a: Sparse, b: Sparse) -> Array:
    """The cosine of every row of a with every row of b, shape (n_a, n_b)."""
    product = (a @ b.T).toarray()
    lengths = [np.sqrt(np.asarray(m.multiply(m).sum(axis=1)).ravel()) for m in (a, b)]
    scale = np.outer(*(np.where(length > 0, length, 1) for length in lengths))
    return np.asarray(product / scale)


def heaviest(a: Sparse, b: Sparse, weights: Array, count: int) -> Array:
    """Sum of the weights of the `count` heaviest columns that both rows hold, shape (n_a, n_b)."""
    held = (b > 0).toarray() * weights
    found = np.zeros((a.shape[0], b.shape[0]))
    for row in range(a.shape[0]):
        shared = held[:, a.indices[a.indptr[row] : a.indptr[row + 1]]]
        if shared.shape[1] > count:
            shared = np.partition(shared, -count, axis=1)[:, -count:]
        found[row] = shared.sum(axis=1)
    return found


def overlap(a: Sequence[frozenset[Any]], b: Sequence[frozenset[Any]]) -> Array:
    """Share of the members of two sets that both hold (Jaccard), shape (len(a), len(b)); 0 for empty sets.

    >>> overlap([frozenset("xy")], [frozenset("x"), frozenset()]).tolist()
    [[0.5, 0.0]]
    """
    members = {
        member: i for i, member in enumerate(sorted({m for s in (*a, *b) for m in s}, key=repr))
    }
    held_a, held_b = (np.zeros((len(side), len(members))) for side in (a, b))
    for held, side in ((held_a, a), (held_b, b)):
        for row, group in enumerate(side):
            held[row, [members[m] for m in group]] = 1
    both = held_a @ held_b.T
    either = held_a.sum(axis=1)[:, None] + held_b.sum(axis=1)[None] - both
    return np.asarray(both / np.maximum(either, 1))


def differ(a: Sequence[Any], b: Sequence[Any]) -> Array:
    """1 where the two values are not the same, shape (len(a), len(b))."""
    return np.array([[float(x != y) for y in b] for x in a]).reshape(len(a), len(b))
