"""Kind metrics: the likeliest kind of difference compared with the kinds that annotators named."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from pipeline.gaps.kind_model import KINDS, likeliest

_BASELINE = "scope"  # the commonest kind; the baseline always predicts it
_BINS = 10


@dataclass(frozen=True, slots=True)
class KindPrediction:
    """The annotators' votes on two clauses, and a model's prediction.

    Attributes:
        group: the gold set.
        votes: kind → its share of the votes, of those that got any.
        chances: kind → its probability.
        shares: kind → its share among the training examples.
    """

    group: str
    votes: dict[str, float]
    chances: dict[str, float]
    shares: dict[str, float]


def figures(predictions: Sequence[KindPrediction]) -> dict[str, Any]:
    """The ratios, by the names that reports use.

    Returns:
        `right`: the share whose likeliest kind is among those named; `always scope`: the same for the
        baseline; `macro F1`: the mean over kinds; `log loss` in nats, and that of always predicting the
        kinds' `shares`; `kinds`: precision, recall and F1 of each kind, and how many named it.
    """
    by_kind = {kind: _of_kind(kind, predictions) for kind in KINDS}
    count = len(predictions) or 1
    ratios = {
        "right": sum(likeliest(each.chances) in each.votes for each in predictions) / count,
        f"always {_BASELINE}": sum(_BASELINE in each.votes for each in predictions) / count,
        "macro F1": sum(row["F1"] for row in by_kind.values()) / len(KINDS),
        "log loss": sum(_loss(each.votes, each.chances) for each in predictions) / count,
        "log loss of shares": sum(_loss(each.votes, each.shares) for each in predictions) / count,
    }
    return {
        "links": len(predictions),
        **{name: round(value, 4) for name, value in ratios.items()},
        "kinds": by_kind,
    }


def _of_kind(kind: str, predictions: Sequence[KindPrediction]) -> dict[str, float]:
    predicted = [each for each in predictions if likeliest(each.chances) == kind]
    right = sum(kind in each.votes for each in predicted)
    named = sum(kind in each.votes for each in predictions)
    ratios = {
        "precision": right / len(predicted) if predicted else 0.0,
        "recall": right / named if named else 0.0,
        "F1": 2 * right / (len(predicted) + named) if predicted or named else 0.0,
    }
    return {name: round(value, 4) for name, value in ratios.items()} | {"named": named}


def _loss(votes: dict[str, float], chances: dict[str, float]) -> float:
    return -sum(vote * log(max(chances.get(kind, 0.0), 1e-9)) for kind, vote in votes.items())


def reliability(predictions: Sequence[KindPrediction]) -> list[tuple[float, float, int]]:
    """The reliability curve in ten bins of the likeliest kind's probability.

    scikit-learn's calibration_curve takes truth of two classes; votes are shares.

    Returns:
        (mean probability, mean vote for that kind, number of predictions) of each bin that has any.
    """
    bins: dict[int, list[tuple[float, float]]] = {}
    for each in predictions:
        kind = likeliest(each.chances)
        chance = each.chances[kind]
        place = min(int(chance * _BINS), _BINS - 1)
        bins.setdefault(place, []).append((chance, each.votes.get(kind, 0.0)))
    rows = []
    for _, inside in sorted(bins.items()):
        mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
        rows.append((round(mean, 4), round(share, 4), len(inside)))
    return rows
