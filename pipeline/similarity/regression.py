"""Logistic regressions as plain numbers, and the precision–recall curve."""

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.preprocessing import StandardScaler


def logistic(
    rows: NDArray[np.float64],
    truth: NDArray[np.bool_],
    weight: NDArray[np.float64],
    strength: float,
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
    parts = (scaler.mean_, scaler.scale_, model.coef_[0])
    mean, scale, coefficients = map(_rounded, parts)
    return mean, scale, coefficients, _rounded(model.intercept_)[0]


def multinomial(
    rows: NDArray[np.float64],
    truth: NDArray[np.int64],
    weight: NDArray[np.float64],
    strength: float,
) -> tuple[list[float], list[float], list[list[float]], list[float]]:
    """Fit a multinomial logistic regression with an L2 penalty to standardised features.

    Args:
        rows: shape (n, n_features).
        truth: the class of each row, shape (n,); every class from 0 on occurs.
        weight: of each row, shape (n,).
        strength: scikit-learn's C; smaller means a stronger penalty.

    Returns:
        (mean, scale) of each feature, its weight for each class, and the bias of each class; six
        significant digits.
    """
    scaler = StandardScaler().fit(rows, sample_weight=weight)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(scaler.transform(rows), truth, sample_weight=weight)
    mean, scale, bias = map(_rounded, (scaler.mean_, scaler.scale_, model.intercept_))
    return mean, scale, [_rounded(row) for row in model.coef_], bias


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [float(f"{value:.6g}") for value in values]


def precision_recall(
    truth: NDArray[np.bool_], score: NDArray[np.float64]
) -> list[tuple[float, float]]:
    """(recall, precision) at every threshold, the highest threshold first."""
    precision, recall, _ = precision_recall_curve(truth, score)
    return list(zip(recall[::-1].tolist(), precision[::-1].tolist(), strict=True))[1:]
