"""Pair features: those that the model knows, the same from either side."""

import numpy as np

from pipeline.alignment import context_features, match_model, pair_features
from support.match_samples import CLASSES, MATCHER, NEW, OLD, REFERENCE, features

A, B = features("sh-a", OLD), features("jx-b", NEW)


def test_the_model_has_the_features_that_the_code_computes():
    values = pair_features.features(A, B, REFERENCE, CLASSES)
    assert MATCHER.model.first.names == list(values)
    assert MATCHER.model.second.names == [*values, *context_features.TITLES]
    assert set(match_model.feature_titles(CLASSES)) >= {*values, *context_features.TITLES}
    assert all(value.shape == (8, 8) for value in values.values())


def test_pair_features_are_symmetric():
    there, back = (pair_features.features(*pair, REFERENCE, CLASSES) for pair in ((A, B), (B, A)))
    for name in pair_features.titles(CLASSES):
        assert np.allclose(there[name], back[name].T), name
