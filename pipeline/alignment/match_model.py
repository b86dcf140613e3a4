"""Matcher: how likely each clause of one document answers each of another, by a trained model.

Reads   corpus/gold/model.json, written by `make train`

Two readings, both plain logistic regressions over features that have names. The first looks at two
clauses by themselves; the second knows the first's score of every other pair as well, so that it sees
who else competes and whether the neighbours agree.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.alignment import context_features, pair_features
from pipeline.alignment.pair_features import Likeness
from pipeline.core.errors import CorpusError
from pipeline.similarity.document_features import Sheet
from pipeline.similarity.pairwise import Array
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.reference_corpus import Background

_CORPUS_TITLES = {
    "similarity": "用词相近", "lead_row": "比本行次好者多", "lead_column": "比本列次好者多"
}  # fmt: skip
CORPUS_FEATURES = tuple(_CORPUS_TITLES)
RELATED_FEATURES = (*CORPUS_FEATURES, "score")


READINGS = ("first", "second", "corpus", "related")


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over standardised features: the log odds are bias + Σ weight·(x − mean)/scale."""

    names: list[str]
    mean: list[float]
    scale: list[float]
    weight: list[float]
    bias: float

    def contributions(self, features: dict[str, Array]) -> Array:
        """What each feature adds to the log odds, shape (n_features, …) for features of any shape."""
        values = np.stack([features[name] for name in self.names])
        column = (-1,) + (1,) * (values.ndim - 1)
        centred = values - np.reshape(self.mean, column)
        return np.asarray(
            centred * np.reshape(self.weight, column) / np.reshape(self.scale, column)
        )

    def score(self, features: dict[str, Array]) -> Array:
        """The log odds, of the features' shape."""
        return np.asarray(self.contributions(features).sum(axis=0) + self.bias)


@dataclass(frozen=True, slots=True)
class Model:
    """Both readings, and from which probability a pair is asserted.

    Attributes:
        corpus: for clauses of documents that were not read against each other: the probability by
            their likeness over the whole corpus and its lead over their rivals'.
        related: for documents that were read, but answer each other in part at most: the same, and
            what the second reading makes of the pair.
        floor: least probability of an asserted pair.
        tie: share of the best probability of its row and of its column that a pair must reach.
        reliability: bins of (mean probability, share of true pairs, pairs), each pair scored by a
            model that had not seen its documents.
    """

    first: Logistic
    second: Logistic
    corpus: Logistic
    related: Logistic
    floor: float
    tie: float
    reliability: list[tuple[float, float, int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of two documents; arrays of shape (n_a, n_b)."""

    probability: Array
    parts: Array  # (n_features of the second reading, n_a, n_b): what each adds to the log odds


@dataclass(frozen=True, slots=True)
class Matcher:
    """A model with what its features are computed from."""

    model: Model
    background: Background
    classes: list[ArticleClass]

    def read(self, a: Sheet, b: Sheet) -> Reading:
        """Hold every clause of a against every clause of b."""
        own = Likeness(a, b, self.background, self.classes).features()
        score = self.model.first.score(own)
        features = own | context_features.features(score, a.chapters, b.chapters)
        parts = self.model.second.contributions(features)
        return Reading(probability(parts.sum(axis=0) + self.model.second.bias), parts)


def titles(classes: list[ArticleClass]) -> dict[str, str]:
    """Feature → its Chinese name."""
    return pair_features.titles(classes) | context_features.TITLES | _CORPUS_TITLES


def log_odds(chance: Array) -> Array:
    """Probability to log odds, at most 9 either way."""
    inside = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(inside / (1 - inside)))


def probability(score: Array) -> Array:
    """Log odds to probability."""
    return np.asarray(1 / (1 + np.exp(-score)))


def load(path: Path) -> Model:
    """Read a trained model.

    Raises:
        CorpusError: the file is absent or not of this form.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in READINGS:
            content[name] = Logistic(**content[name])
        content["reliability"] = [tuple(row) for row in content["reliability"]]
        return Model(**content)
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", "恢复该文件，或用 make train 重新训练") from None
    except (ValueError, KeyError, TypeError) as error:
        found = f"不是训练好的模型（{error}）"
        raise CorpusError(str(path), found, "恢复该文件，或用 make train 重新训练") from None
