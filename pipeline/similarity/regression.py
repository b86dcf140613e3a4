"""Logistic regressions: fitted by scikit-learn, returned as plain numbers that a model file can hold."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from pipeline.similarity.arrays import FloatArray


def logistic(
    rows: FloatArray, truth: NDArray[np.bool_], weight: FloatArray, strength: float
) -> tuple[list[float], list[float], list[float], float]:
    """Fit a logistic regression with an L2 penalty to standardised features.

    Args:
        rows: shape (n, n_features).
        truth: shape (n,).
        weight: of each row, shape (n,).
        strength: scikit-learn's C; smaller means a stronger penalty.

    Returns:
        (mean, scale, weight) of each feature, and the bias; six significant digits.
    """
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(scaler.transform(rows), truth, sample_weight=weight)
    mean, scale, coefficients = map(_rounded, (scaler.mean_, scaler.scale_, model.coef_[0]))
    return mean, scale, coefficients, _rounded(model.intercept_)[0]


def _rounded(values: FloatArray) -> list[float]:
    return [float(f"{value:.6g}") for value in values]
