"""Figures for alignments: partial links count neither way."""

import numpy as np

from pipeline.evaluation.alignment_metrics import (
    AlignmentScore,
    alone_score,
    link_score,
    ranking_score,
)


def test_a_score_counts_partial_links_neither_way():
    labels = np.array([[2, 1, 0], [0, 0, 0]])
    assert link_score([(0, 0), (0, 1), (1, 2)], labels) == AlignmentScore(
        right=1, predicted=2, gold=1
    )
    assert alone_score([(0, 1)], labels, ([1], [1, 2])) == AlignmentScore(alone=3, left_alone=3)
    chance = np.array([[0.2, 0.9, 0.1], [0.1, 0.1, 0.1]])
    score = ranking_score(chance, labels)  # of a: second; of b: first
    assert (score.ranked, score.first, score.third, score.reciprocal) == (2, 1, 2, 1.5)
