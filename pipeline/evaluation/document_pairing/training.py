"""Document pair training: both regressions fitted to annotated documents, and their thresholds.

A threshold is taken from probabilities of documents that the regression was not fitted to: documents are
held out whole, versions of one text together.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from pipeline.alignment.document_pair_features import TITLES
from pipeline.alignment.document_pair_model import DocumentPairModel
from pipeline.alignment.logistic_model import LogisticModel
from pipeline.core import jsonl
from pipeline.core.settings import TRAINING
from pipeline.evaluation.document_pairing.gold import PARTIAL, WHOLE, GoldDocument
from pipeline.similarity import regression
from pipeline.similarity.arrays import FloatArray

# From as likely as not on: the articles of a pair of documents become rows, and a wrong pair makes many.
_FLOORS = tuple(round(0.5 + 0.05 * i, 2) for i in range(8))
_FOLDS = 5
Rows = tuple[FloatArray, NDArray[np.int64]]  # features in the order of TITLES, and labels


def fit(documents: Sequence[GoldDocument]) -> DocumentPairModel:
    """Fit both regressions and choose both thresholds; equal input gives an equal model."""
    whole: list[FloatArray] = []
    part: list[FloatArray] = []
    labels: list[NDArray[np.int64]] = []
    for train, test in folds(documents, _FOLDS):
        regressions = _fit(_rows(train))
        rows, label = _rows(test)
        labels.append(label)
        for found, each in zip((whole, part), regressions, strict=True):
            found.append(np.asarray(expit(each.log_odds(dict(zip(TITLES, rows.T, strict=True))))))
    floors = thresholds(np.concatenate(whole), np.concatenate(part), np.concatenate(labels))
    return DocumentPairModel(*_fit(_rows(documents)), *floors)


def folds(
    documents: Sequence[GoldDocument], count: int | None = None
) -> Iterator[tuple[list[GoldDocument], list[GoldDocument]]]:
    """Documents to learn from and to score, so that no two versions of one text are in both.

    Args:
        documents: annotated.
        count: of folds; None leaves out one text at a time.
    """
    groups = {matter: i for i, matter in enumerate(dict.fromkeys(d.matter for d in documents))}
    count = count or len(groups)
    for fold in range(min(count, len(groups))):
        held_out = {matter for matter, place in groups.items() if place % count == fold}
        train = [d for d in documents if d.matter not in held_out]
        yield train, [d for d in documents if d.matter in held_out]


def thresholds(
    whole: FloatArray, part: FloatArray, labels: NDArray[np.int64]
) -> tuple[float, float]:
    """The floors with the best F1 of counterparts, and then of parts; the lowest where several are equal.

    >>> thresholds(np.array([0.9, 0.4, 0.1]), np.array([0.9, 0.6, 0.1]), np.array([2, 1, 0]))
    (0.5, 0.5)
    """
    first = _best_floor(whole, labels == WHOLE)
    is_left = whole < first
    return first, _best_floor(part[is_left], labels[is_left] == PARTIAL)


def _best_floor(probability: FloatArray, truth: NDArray[np.bool_]) -> float:
    def f1(floor: float) -> float:
        is_taken = probability >= floor
        return float(2 * (is_taken & truth).sum() / max(truth.sum() + is_taken.sum(), 1))

    return max(_FLOORS, key=lambda floor: (f1(floor), -floor))


def _rows(documents: Sequence[GoldDocument]) -> Rows:
    rows = [
        [each.features[name] for name in TITLES]
        for document in documents
        for candidates in document.candidates
        for each in candidates
    ]
    labels = [label for document in documents for label in document.labels()]
    return np.array(rows, float).reshape(-1, len(TITLES)), np.array(labels, int)


def _fit(rows: Rows) -> tuple[LogisticModel, LogisticModel]:
    """The regression of the whole, and the one of at least a part."""
    features, labels = rows
    weight, strength = np.ones(len(labels)), TRAINING.document_strength
    whole, part = (
        LogisticModel(list(TITLES), *regression.logistic(features, truth, weight, strength))
        for truth in (labels == WHOLE, labels >= PARTIAL)
    )
    return whole, part


def write(model: DocumentPairModel, path: Path) -> None:
    """Write a model as JSON, a line for each field."""
    fields = {name: jsonl.as_dict(getattr(model, name)) for name in ("whole", "part")}
    fields |= {name: getattr(model, name) for name in ("whole_floor", "part_floor")}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items()]
    jsonl.write_text(path, ["{\n", ",\n".join(lines), "\n}\n"])
