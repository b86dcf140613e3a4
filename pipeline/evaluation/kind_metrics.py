"""Kind scores: the likeliest kind of difference held against the kinds that people named."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from pipeline.gaps.kind_model import KINDS, likeliest

_PLAIN = "scope"  # what a reader without a model would always say
_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """How people voted on two clauses, and what a model made of them.

    Attributes:
        group: the gold set.
        votes: kind → its share of the votes, of those that got any.
        chances: kind → its probability.
        shares: kind → its share among what the model was fitted to.
    """

    group: str
    votes: dict[str, float]
    chances: dict[str, float]
    shares: dict[str, float]


def figures(found: Sequence[Judged]) -> dict[str, Any]:
    """The ratios, by the names that reports use.

    Returns:
        `right`: the share whose likeliest kind is among those named; `always scope`: the same for the
        plain way; `macro F1`: the mean over kinds; `log loss` in nats, and that of always giving the
        kinds' `shares`; `kinds`: precision, recall and F1 of each kind, and how many named it.
    """
    by_kind = {kind: _of_kind(kind, found) for kind in KINDS}
    count = len(found) or 1
    ratios = {
        "right": sum(likeliest(each.chances) in each.votes for each in found) / count,
        f"always {_PLAIN}": sum(_PLAIN in each.votes for each in found) / count,
        "macro F1": sum(row["F1"] for row in by_kind.values()) / len(KINDS),
        "log loss": sum(_loss(each.votes, each.chances) for each in found) / count,
        "log loss of shares": sum(_loss(each.votes, each.shares) for each in found) / count,
    }
    return {
        "links": len(found),
        **{name: round(value, 4) for name, value in ratios.items()},
        "kinds": by_kind,
    }


def _of_kind(kind: str, found: Sequence[Judged]) -> dict[str, float]:
    told = [each for each in found if likeliest(each.chances) == kind]
    right = sum(kind in each.votes for each in told)
    named = sum(kind in each.votes for each in found)
    ratios = {
        "precision": right / len(told) if told else 0.0,
        "recall": right / named if named else 0.0,
        "F1": 2 * right / (len(told) + named) if told or named else 0.0,
    }
    return {name: round(value, 4) for name, value in ratios.items()} | {"named": named}


def _loss(votes: dict[str, float], chances: dict[str, float]) -> float:
    return -sum(vote * log(max(chances.get(kind, 0.0), 1e-9)) for kind, vote in votes.items())


def reliability(found: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """In ten bins of the likeliest kind's probability: its mean, the mean vote for it, how many."""
    bins: dict[int, list[tuple[float, float]]] = {}
    for each in found:
        kind = likeliest(each.chances)
        chance = each.chances[kind]
        place = min(int(chance * _BINS), _BINS - 1)
        bins.setdefault(place, []).append((chance, each.votes.get(kind, 0.0)))
    rows = []
    for _, inside in sorted(bins.items()):
        mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
        rows.append((round(mean, 4), round(share, 4), len(inside)))
    return rows
