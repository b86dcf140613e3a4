"""Alignment scores: predicted links and rankings held against what people said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from pipeline.evaluation.gold import COUNTERPART, PARTIAL, Labels
from pipeline.similarity.pairwise import Array

Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add up over pairs of documents; the figures are ratios of them."""

    ranked: int = 0  # articles with a counterpart, on both sides
    first: int = 0  # of them, those whose best is one
    third: int = 0  # those with one among the best three
    reciprocal: float = 0.0  # sum of 1 / rank of the first counterpart
    right: int = 0  # predicted links that are counterparts
    predicted: int = 0  # predicted links, partial ones left out
    gold: int = 0
    alone: int = 0  # articles that people left without a counterpart
    left_alone: int = 0  # of them, those that no predicted link touches, partial ones left out

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def figures(self) -> dict[str, float]:
        """The ratios, by the names that reports use.

        >>> Score(4, 3, 4, 3.5, 2, 4, 2, 10, 9).figures()["F1"]
        0.6667
        """
        precision, recall = _ratio(self.right, self.predicted), _ratio(self.right, self.gold)
        figures = {
            "R@1": _ratio(self.first, self.ranked), "R@3": _ratio(self.third, self.ranked),
            "MRR": _ratio(self.reciprocal, self.ranked), "precision": precision, "recall": recall,
            "F1": _ratio(2 * precision * recall, precision + recall),
            "no-counterpart": _ratio(self.left_alone, self.alone),
        }  # fmt: skip
        return {name: round(value, 4) for name, value in figures.items()}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def links_score(links: Iterable[Link], labels: Labels) -> Score:
    """Precision and recall of predicted links; those that people called partial count neither way."""
    counted = [link for link in links if labels[link] != PARTIAL]
    right = sum(labels[link] == COUNTERPART for link in counted)
    return Score(right=int(right), predicted=len(counted), gold=int((labels == COUNTERPART).sum()))


def alone_score(links: Iterable[Link], labels: Labels, alone: Sequence[Sequence[int]]) -> Score:
    """How many of the articles without counterpart are told to have none; `alone` is of a and of b."""
    counted = [link for link in links if labels[link] != PARTIAL]
    touched = [{link[side] for link in counted} for side in (0, 1)]
    left = sum(len(set(rows) - touched[side]) for side, rows in enumerate(alone))
    return Score(alone=sum(map(len, alone)), left_alone=left)


def ranking_score(chance: Array, labels: Labels) -> Score:
    """For every article with a counterpart, in both directions, where the first of them is ranked."""
    total = Score()
    for values, said in ((chance, labels), (chance.T, labels.T)):
        for row, truth in zip(values, said == COUNTERPART, strict=True):
            if truth.any():
                order = np.argsort(-row, kind="stable")
                rank = int(np.flatnonzero(truth[order])[0]) + 1
                total += Score(
                    ranked=1, first=int(rank == 1), third=int(rank <= 3), reciprocal=1 / rank
                )
    return total
