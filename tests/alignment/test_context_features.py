"""Context features: laws that hold for any matrix of scores."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.alignment import context_features

SCORES = arrays.arrays(
    float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(-8, 8)
)


@settings(deadline=None)
@given(SCORES)
def test_balanced_shares_never_add_up_to_more_than_one(score):
    share = np.exp(context_features.balance(score))
    assert share.sum(axis=0).max() <= 1.001 and share.sum(axis=1).max() <= 1.05


@settings(deadline=None)
@given(SCORES)
def test_context_features_are_finite_for_any_scores(score):
    n, m = score.shape
    features = context_features.features(score, ["甲"] * n, ["乙"] * m)
    assert list(features) == list(context_features.TITLES)
    assert all(value.shape == (n, m) and np.isfinite(value).all() for value in features.values())
