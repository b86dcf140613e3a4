"""Vectors: nearest neighbours, links that both sides choose."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from pipeline.similarity import vectors


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_an_empty_side_aligns_with_nothing(shape):
    assert vectors.links(sparse.csr_matrix(shape), 0.1, 0.9) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), max_size=12), st.integers(1, 3))
def test_top_of_group_takes_the_greatest_values(cells, count):
    group, value = (np.array(part, kind) for part, kind in zip(zip(*cells, strict=True) if cells else ([], []), (int, float), strict=True))  # fmt: skip
    chosen = vectors.top_of_group(group, value, count)
    for name in set(group.tolist()):
        own = np.flatnonzero(group == name)
        assert chosen[own].sum() == min(count, len(own))
        left = value[own][~chosen[own]]
        assert not len(left) or value[own][chosen[own]].min() >= left.max()


COSINES = st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=4)


@given(COSINES)
def test_links_are_best_of_row_and_column(rows):
    matrix = sparse.csr_matrix(rows)
    for row, column in vectors.links(matrix, 0.2, 0.9):
        best = max(max(rows[row]), max(line[column] for line in rows))
        assert rows[row][column] >= max(0.2, 0.9 * best - 1e-9)
