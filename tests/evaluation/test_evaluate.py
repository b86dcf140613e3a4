"""Figures that were noted: better than the plain ways, probabilities that mean what they say."""

import json
from pathlib import Path

import numpy as np

from pipeline.alignment import match_model
from pipeline.evaluation import evaluate
from pipeline.similarity import vectors

NOTED = json.loads(evaluate.FIGURES.read_text(encoding="utf-8"))


def test_the_model_beats_the_baselines_in_the_same_run():
    ours, *baselines = NOTED["figures"].values()
    for other in baselines:
        assert ours["R@1"] > other["R@1"] and ours["F1"] > other["F1"]


def test_confidence_is_calibrated():
    """In every bin that holds enough pairs, the share of counterparts is near the probability."""
    for mean, share, pairs in match_model.load().reliability:
        spread = 3 * (mean * (1 - mean) / pairs) ** 0.5  # three standard errors of a share
        assert abs(mean - share) <= spread + 0.05, (mean, share, pairs)


def test_links_are_never_asserted_below_the_floor():
    model = match_model.load()
    chance = np.array([[model.floor - 0.01, 0.0], [0.0, model.floor + 0.01]])
    assert vectors.links(vectors.sparse.csr_matrix(chance), model.floor, model.tie) == [(1, 1)]


def test_the_page_of_evaluation_gives_the_figures_that_were_noted():
    page = Path("docs/evaluation.md").read_text(encoding="utf-8")
    told = [NOTED["sets"]["D"], NOTED["sets"]["E"], *NOTED["figures"].values()]
    for row in told:
        assert " | ".join(f"{value:.3f}" for value in row.values()) in page
