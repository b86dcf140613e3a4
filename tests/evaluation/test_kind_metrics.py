"""Figures for the kind model."""

import numpy as np

from pipeline.evaluation import kind_metrics
from pipeline.evaluation.kind_metrics import KindPrediction
from pipeline.gaps.kind_model import KINDS


def test_a_kind_counts_as_right_where_either_annotator_named_it():
    evenly = dict.fromkeys(KINDS, 1 / len(KINDS))
    sure = {**dict.fromkeys(KINDS, 0.0), "actor": 0.8, "scope": 0.2}
    found = [KindPrediction("D", {"actor": 0.5, "scope": 0.5}, sure, evenly), KindPrediction("D", {"scope": 1.0}, sure, evenly)]  # fmt: skip
    figures = kind_metrics.figures(found)
    assert (figures["links"], figures["right"], figures["always scope"]) == (2, 0.5, 1.0)
    assert figures["kinds"]["actor"] == {"precision": 0.5, "recall": 1.0, "F1": 0.6667, "named": 1}
    assert figures["log loss of shares"] == round(np.log(len(KINDS)), 4)
    assert kind_metrics.reliability(found) == [(0.8, 0.25, 2)]
