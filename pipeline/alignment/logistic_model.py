"""Logistic model: a fitted logistic regression as plain numbers over named features."""

from dataclasses import dataclass

import numpy as np

from pipeline.similarity.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A logistic regression over standardised features: the log odds are bias + Σ weight·(x − mean)/scale."""

    names: list[str]
    mean: list[float]
    scale: list[float]
    weight: list[float]
    bias: float

    def contributions(self, features: dict[str, FloatArray]) -> FloatArray:
        """What each feature adds to the log odds.

        Args:
            features: arrays of one shape by name; names that the model lacks are ignored.

        Returns:
            shape (n_features, …).
        """
        values = np.stack([features[name] for name in self.names])
        column = (-1,) + (1,) * (values.ndim - 1)
        centred = values - np.reshape(self.mean, column)
        return np.asarray(
            centred * np.reshape(self.weight, column) / np.reshape(self.scale, column)
        )

    def log_odds(self, features: dict[str, FloatArray]) -> FloatArray:
        """The log odds, of the features' shape."""
        return np.asarray(self.contributions(features).sum(axis=0) + self.bias)
