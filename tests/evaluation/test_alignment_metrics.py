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


def test_a_partial_link_ranked_first_may_be_left_out():
    labels = np.array([[2, 1]])
    score = ranking_score(np.array([[0.2, 0.9]]), labels)
    assert (score.ranked, score.first, score.first_partial) == (2, 1, 1)  # of a partial; of b first
    figures = score.figures()
    assert (figures["R@1"], figures["R@1 apart from partial"]) == (0.5, 1.0)


def test_links_of_a_rule_that_is_split_are_counted_apart():
    labels = np.array([[2, 2, 0], [0, 0, 2]])
    figures = link_score([(0, 0), (1, 2)], labels).figures()
    assert (figures["one-to-one"], figures["split"], figures["recall"]) == (1.0, 0.5, 0.6667)
