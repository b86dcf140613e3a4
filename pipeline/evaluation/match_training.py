"""Training of the match model on pairs of documents whose articles people aligned.

Every probability that a threshold or the reliability curve is taken from comes from a model fitted without
the pair's documents: pairs are held out whole, never single articles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import sparse
from scipy.special import expit
from sklearn.calibration import calibration_curve
from sklearn.model_selection import PredefinedSplit

from pipeline.alignment import context_features, pair_features
from pipeline.alignment.logistic_model import LogisticModel
from pipeline.alignment.match_model import MatchModel
from pipeline.core.settings import TRAINING
from pipeline.evaluation.alignment_metrics import link_score
from pipeline.evaluation.gold import COUNTERPART, PARTIAL, UNREVIEWED, GoldPair, Labels
from pipeline.similarity import regression, vectors
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.reference_corpus import ReferenceCorpus

_FLOORS = tuple(round(0.1 + 0.05 * i, 2) for i in range(13))
_TIES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_FLAT = 0.004  # of F1; half the standard error over pairs of documents is more
_BINS = 10


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A gold pair with its pair features, the input of the first regression."""

    pair: GoldPair
    pair_features: dict[str, FloatArray]

    def all_features(self, score: FloatArray) -> dict[str, FloatArray]:
        """The features of the second regression, given the first one's log odds."""
        return self.pair_features | context_features.features(
            score, self.pair.a.chapters, self.pair.b.chapters
        )


def training_pair(
    pair: GoldPair, reference: ReferenceCorpus, classes: list[ArticleClass]
) -> TrainingPair:
    """Compute the features of one gold pair."""
    return TrainingPair(pair, pair_features.features(pair.a, pair.b, reference, classes))


def fit(
    training_pairs: Sequence[TrainingPair], reviewed: Sequence[TrainingPair] = ()
) -> MatchModel:
    """Fit both regressions, then choose the thresholds; equal input gives an equal model.

    Pairs that were only reviewed weigh in on the regressions, not on the thresholds: reviewers look at what
    the machine asserted, so that their pairs are no sample. At least two pairs of documents are needed. `corpus` and `related` of the model are empty: they are
    fitted by `fit_search`.
    """
    scores = _held_out_scores(training_pairs)
    features = [
        each.all_features(score) for each, score in zip(training_pairs, scores, strict=True)
    ]
    labels = [each.pair.labels for each in training_pairs]
    probabilities: list[FloatArray] = [np.zeros(0)] * len(training_pairs)
    for train, test in _folds(len(training_pairs)):
        model = _logistic([features[i] for i in train], [labels[i] for i in train])
        for i in test:
            probabilities[i] = np.asarray(expit(model.log_odds(features[i])))
    floor, tie = thresholds(probabilities, labels)
    first = _logistic(
        [each.pair_features for each in training_pairs],
        labels,
        [(each.pair_features, each.pair.labels) for each in reviewed],
    )
    empty = LogisticModel([], [], [], [], 0.0)
    reviewed_features = (each.all_features(first.log_odds(each.pair_features)) for each in reviewed)
    second = _logistic(
        features,
        labels,
        [(row, each.pair.labels) for row, each in zip(reviewed_features, reviewed, strict=True)],
    )
    return MatchModel(first, second, empty, empty, floor, tie, reliability(probabilities, labels))


def fit_search(names: Sequence[str], rows: FloatArray, labels: Labels) -> LogisticModel:
    """Fit the probability of pairs of clauses found by searching the corpus.

    Args:
        names: of the features.
        rows: shape (n, len(names)).
        labels: shape (n,).
    """
    return _logistic([dict(zip(names, rows.T, strict=True))], [labels])


def predict(model: MatchModel, each: TrainingPair) -> FloatArray:
    """The probability of every pair of clauses, shape (n_a, n_b)."""
    score = model.first.log_odds(each.pair_features)
    return np.asarray(expit(model.second.log_odds(each.all_features(score))))


def _held_out_scores(training_pairs: Sequence[TrainingPair]) -> list[FloatArray]:
    """Log odds of the first regression, each from a model fitted without the pair's fold."""
    scores: list[FloatArray] = [np.zeros(0)] * len(training_pairs)
    for train, test in _folds(len(training_pairs)):
        kept = [training_pairs[i] for i in train]
        model = _logistic(
            [each.pair_features for each in kept], [each.pair.labels for each in kept]
        )
        for i in test:
            scores[i] = model.log_odds(training_pairs[i].pair_features)
    return scores


def _folds(count: int) -> Iterator[tuple[list[int], list[int]]]:
    """(training rows, test rows) of each fold: every nth pair, so that each fold has both gold sets.

    KFold would cut the pairs into runs, of one gold set each.
    """
    folds = np.arange(count) % min(TRAINING.folds, count)
    return ((train.tolist(), test.tolist()) for train, test in PredefinedSplit(folds).split())


def _logistic(
    features: Sequence[dict[str, FloatArray]],
    labels: Sequence[Labels],
    reviewed: Sequence[tuple[dict[str, FloatArray], Labels]] = (),
) -> LogisticModel:
    """Fit a regression to all pairs of clauses of some pairs of documents, and to those reviewed of others."""
    names = list(features[0])
    rows = np.concatenate([_rows(each, names) for each in features])
    flat = np.concatenate([label.ravel() for label in labels])
    weight = np.where(flat == PARTIAL, TRAINING.partial, 1.0)
    for each, label in reviewed:
        is_known = label.ravel() != UNREVIEWED
        rows = np.concatenate([rows, _rows(each, names)[is_known]])
        flat = np.concatenate([flat, label.ravel()[is_known]])
        weight = np.concatenate([weight, np.full(int(is_known.sum()), TRAINING.reviewed)])
    return LogisticModel(
        names, *regression.logistic(rows, flat == COUNTERPART, weight, TRAINING.strength)
    )


def _rows(features: dict[str, FloatArray], names: Sequence[str]) -> FloatArray:
    """The features of all pairs of clauses of two documents, shape (n_a * n_b, len(names))."""
    return np.stack([features[name] for name in names], -1).reshape(-1, len(names))


def thresholds(
    probabilities: Sequence[FloatArray], labels: Sequence[Labels], ties: Sequence[float] = _TIES
) -> tuple[float, float]:
    """The strictest floor and tie among those with nearly the best F1 over all pairs.

    F1 is flat over a wide range, and a wrong link costs a reader more than a missed one.

    Args:
        probabilities: of each pair of documents, shape (n_a, n_b).
        labels: likewise.
        ties: to choose from.
    """
    matrices = [sparse.csr_matrix(probability) for probability in probabilities]
    figures = {}
    for floor, tie in product(_FLOORS, ties):
        scores = [
            link_score(vectors.links(matrix, floor, tie), label)
            for matrix, label in zip(matrices, labels, strict=True)
        ]
        figures[floor, tie] = sum(scores[1:], scores[0]).figures()
    best = max(row["F1"] for row in figures.values())
    near = [key for key, row in figures.items() if row["F1"] >= best - _FLAT]
    return max(near, key=lambda key: (figures[key]["precision"], figures[key]["F1"]))


def reliability(
    probabilities: Sequence[FloatArray], labels: Sequence[Labels]
) -> list[tuple[float, float, int]]:
    """The reliability curve in ten equal bins of probability, partial pairs left out.

    Args:
        probabilities: of each pair of documents, shape (n_a, n_b).
        labels: likewise.

    Returns:
        (mean probability, share of counterparts, number of pairs) of each bin that has pairs.
    """
    flat = np.concatenate([label.ravel() for label in labels])
    probability = np.concatenate([each.ravel() for each in probabilities])[flat != PARTIAL]
    truth = flat[flat != PARTIAL] == COUNTERPART
    shares, means = calibration_curve(truth, probability, n_bins=_BINS)
    edges = np.linspace(0, 1, _BINS + 1)[1:-1]  # as calibration_curve, which returns no counts
    counts = np.bincount(np.searchsorted(edges, probability))
    return [
        (round(float(mean), 4), round(float(share), 4), int(count))
        for mean, share, count in zip(means, shares, counts[counts > 0], strict=True)
    ]
