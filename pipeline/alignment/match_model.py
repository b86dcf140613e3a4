"""Match model: how likely each clause of one document is the counterpart of each clause of another.

Reads   corpus/models/match.json, written by `make train`

Two logistic regressions over named features. The first scores two clauses by themselves (pair features);
the second also uses the first one's scores of all other pairs (context features): which pairs compete,
and whether neighbouring pairs agree.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit, logit

from pipeline.alignment import context_features, pair_features
from pipeline.alignment.logistic_model import LogisticModel
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.document_features import DocumentFeatures
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.reference_corpus import ReferenceCorpus

PATH = DATA / "models/match.json"
REGRESSIONS = ("first", "second", "corpus", "related")  # as fields of MatchModel

_CORPUS_TITLES = {
    "similarity": "用词相近",
    "lead_row": "比本行次好者多",
    "lead_column": "比本列次好者多",
}
CORPUS_FEATURES = tuple(_CORPUS_TITLES)
RELATED_FEATURES = (*CORPUS_FEATURES, "score")


@dataclass(frozen=True, slots=True)
class MatchModel:
    """The regressions, and the thresholds from which a pair is asserted; fields as in the model file.

    Attributes:
        first: over pair features.
        second: over pair features and context features.
        corpus: for clauses of documents that were not compared article by article: over their
            similarity in the clause index and its lead over competing pairs.
        related: for documents that were compared, but whose matters only overlap: the same features,
            and the log odds of the second regression.
        floor: least probability of an asserted pair.
        tie: share of the best probability of its row and of its column that a pair must reach.
        reliability: bins of (mean probability, share of true pairs, number of pairs), each pair scored by
            a model that was fitted without its documents.
    """

    first: LogisticModel
    second: LogisticModel
    corpus: LogisticModel
    related: LogisticModel
    floor: float
    tie: float
    reliability: list[tuple[float, float, int]]


@dataclass(frozen=True, slots=True)
class Prediction:
    """The model's output for the clauses of two documents.

    Attributes:
        probability: shape (n_a, n_b).
        contributions: what each feature of the second regression adds to the log odds, shape
            (n_features, n_a, n_b).
    """

    probability: FloatArray
    contributions: FloatArray


@dataclass(frozen=True, slots=True)
class Matcher:
    """A model with what its features are computed from."""

    model: MatchModel
    reference: ReferenceCorpus
    classes: list[ArticleClass]

    def predict(self, a: DocumentFeatures, b: DocumentFeatures) -> Prediction:
        """Score every clause of a against every clause of b."""
        features = pair_features.features(a, b, self.reference, self.classes)
        score = self.model.first.log_odds(features)
        features |= context_features.features(score, a.chapters, b.chapters)
        contributions = self.model.second.contributions(features)
        log_odds = contributions.sum(axis=0) + self.model.second.bias
        return Prediction(np.asarray(expit(log_odds)), contributions)


def feature_titles(classes: list[ArticleClass]) -> dict[str, str]:
    """Feature → its Chinese name."""
    return pair_features.titles(classes) | context_features.TITLES | _CORPUS_TITLES


def clipped_logit(probability: FloatArray) -> FloatArray:
    """Log odds of a probability, of about -9.2 at least and 9.2 at most."""
    return np.asarray(logit(np.clip(probability, 1e-4, 1 - 1e-4)))


def load(path: Path = PATH) -> MatchModel:
    """Read a trained model.

    Raises:
        CorpusError: the file is absent or not of this form.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in REGRESSIONS:
            content[name] = LogisticModel(**content[name])
        content["reliability"] = [tuple(row) for row in content["reliability"]]
        return MatchModel(**content)
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", "恢复该文件，或用 make train 重新训练") from None
    except (ValueError, KeyError, TypeError) as error:
        reason = f"不是训练好的模型（{error}）"
        raise CorpusError(str(path), reason, "恢复该文件，或用 make train 重新训练") from None
