"""Term counts (bag of words) as sparse matrices, and the vocabulary that makes two of them comparable."""

from collections import Counter
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
    counters = [Counter(text) for text in texts]
    data = [float(n) for counter in counters for n in counter.values()]
    columns = [column_by_term[term] for counter in counters for term in counter]
    starts = np.cumsum([0, *map(len, counters)])
    shape = (len(texts), len(terms))
    return TermCounts(terms, sparse.csr_matrix((data, columns, starts), shape=shape))


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
        counts, column_by_term = counted.counts, self._column_by_term
        is_listed = np.array([term in column_by_term for term in counted.terms], bool)
        if not is_listed.all():
            counts = counts[:, np.flatnonzero(is_listed)]
        columns = np.array([column_by_term[t] for t in counted.terms if t in column_by_term], int)
        indices = columns[counts.indices] if counts.nnz else counts.indices
        shape = (counts.shape[0], len(self.terms))
        # Copied, because scipy sorts a matrix in place and the counts are used again.
        aligned = sparse.csr_matrix((counts.data, indices, counts.indptr), shape=shape, copy=True)
        aligned.sort_indices()
        return aligned
