"""Term counts (bag of words) as sparse matrices, and the vocabulary that makes two of them comparable."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.similarity.arrays import SparseMatrix


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term occurs in each of n texts; `counts` has shape (n, len(terms))."""

    terms: list[str]
    counts: SparseMatrix


@dataclass(frozen=True, slots=True)
class SegmentCounts:
    """Term counts of the segments (sentences or paragraphs) of n clauses, a row for each segment.

    Attributes:
        rows: the counts.
        starts: shape (n + 1,); the segments of clause i are the rows starts[i]:starts[i + 1].
    """

    rows: TermCounts
    starts: NDArray[np.int64]


def count(texts: Sequence[Sequence[str]]) -> TermCounts:
    """Count the terms of each text.

    Args:
        texts: the terms of each text.

    Returns:
        Terms in code point order.

    >>> counted = count([["补贴", "企业", "补贴"], []])
    >>> counted.terms, counted.counts.toarray().tolist()
    (['企业', '补贴'], [[1.0, 2.0], [0.0, 0.0]])
    """
    terms = sorted({term for text in texts for term in text})
    column_by_term = {term: i for i, term in enumerate(terms)}
    columns = np.array([column_by_term[term] for text in texts for term in text], np.int64)
    rows = np.repeat(np.arange(len(texts)), list(map(len, texts)))
    shape = (len(texts), len(terms))
    cells, data = np.unique(rows * len(terms) + columns, return_counts=True)
    rows, columns = np.divmod(cells, max(len(terms), 1))
    starts = np.searchsorted(rows, np.arange(len(texts) + 1))
    counts = sparse.csr_matrix((data.astype(float), columns, starts), shape=shape)
    return TermCounts(terms, counts)


class Vocabulary:
    """The terms of two sides in one order, so that a column means the same term on both."""

    def __init__(self, *terms: list[str]) -> None:
        """Unite lists of terms."""
        self.terms = sorted(set().union(*terms))
        self._column_by_term = {term: i for i, term in enumerate(self.terms)}

    def align(self, counted: TermCounts) -> SparseMatrix:
        """Counts with a column for each term of the vocabulary; other terms are dropped.

        Returns:
            shape (n_texts, n_terms).
        """
        counts = counted.counts
        columns = np.array([self._column_by_term.get(t, -1) for t in counted.terms], np.int32)
        if (columns < 0).any():
            counts, columns = counts[:, np.flatnonzero(columns >= 0)], columns[columns >= 0]
        indices = columns[counts.indices] if counts.nnz else counts.indices
        shape = (counts.shape[0], len(self.terms))
        # Both lists of terms are in order, so the columns of a row stay so.
        return sparse.csr_matrix((counts.data, indices, counts.indptr), shape=shape)
