"""Pair features: those that the model knows, the same from either side."""

import numpy as np

from pipeline.alignment import context_features, match_model, pair_features
from pipeline.alignment.pair_features import Likeness
from support.manifest import KNOWN
from support.match_samples import CLASSES, MATCHER, NEW, OLD, sheet

A, B = sheet("sh-a", OLD), sheet("jx-b", NEW)


def test_a_model_knows_the_features_that_the_code_computes():
    features = Likeness(A, B, KNOWN, CLASSES).features()
    assert MATCHER.model.first.names == list(features)
    assert MATCHER.model.second.names == [*features, *context_features.TITLES]
    assert set(match_model.titles(CLASSES)) >= {*features, *context_features.TITLES}
    assert all(value.shape == (8, 8) for value in features.values())


def test_likeness_does_not_depend_on_which_side_is_which():
    there, back = (Likeness(*pair, KNOWN, CLASSES).features() for pair in ((A, B), (B, A)))
    for name in pair_features.titles(CLASSES):
        assert np.allclose(there[name], back[name].T), name
