"""Alignment metrics: predicted links and rankings compared with the gold annotations.

scikit-learn's metrics do not fit. Its precision and recall take a label for every item, while partial links
count neither way here and the counts add up over pairs of documents. Its ranking metrics take the mean
over all relevant items (label_ranking_average_precision_score) or know one only (top_k_accuracy_score),
while here the first counterpart of several counts, and ties go to the earlier clause.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from pipeline.evaluation.gold import COUNTERPART, PARTIAL, Labels
from pipeline.similarity.arrays import FloatArray

Link = tuple[int, int]  # row of a clause of document a, row of one of document b


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """Counts that add up over pairs of documents; the figures are ratios of them.

    Attributes:
        ranked: articles with a counterpart, on both sides.
        first: of them, those whose best-ranked clause is a counterpart.
        first_partial: of them, those whose best-ranked clause is a partial counterpart.
        third: of them, those with a counterpart among the three best-ranked.
        reciprocal: sum of 1 / rank of the first counterpart.
        right: predicted links that are counterparts.
        predicted: predicted links without partial ones.
        gold: links annotated as counterparts.
        right_split: right links in which an article has several counterparts.
        gold_split: annotated ones of them.
        alone: articles annotated as having no counterpart.
        left_alone: of them, those without a predicted link other than partial ones.
    """

    ranked: int = 0
    first: int = 0
    first_partial: int = 0
    third: int = 0
    reciprocal: float = 0.0
    right: int = 0
    predicted: int = 0
    gold: int = 0
    right_split: int = 0
    gold_split: int = 0
    alone: int = 0
    left_alone: int = 0

    def __add__(self, other: "AlignmentScore") -> "AlignmentScore":
        return AlignmentScore(
            *(getattr(self, field.name) + getattr(other, field.name) for field in fields(self))
        )

    def figures(self) -> dict[str, float]:
        """The ratios, by the names that reports use.

        >>> AlignmentScore(right=2, predicted=4, gold=2).figures()["F1"]
        0.6667
        """
        precision, recall = _ratio(self.right, self.predicted), _ratio(self.right, self.gold)
        figures = {
            "R@1": _ratio(self.first, self.ranked),
            "R@1 apart from partial": _ratio(self.first, self.ranked - self.first_partial),
            "R@3": _ratio(self.third, self.ranked),
            "MRR": _ratio(self.reciprocal, self.ranked),
            "precision": precision,
            "recall": recall,
            "F1": _ratio(2 * precision * recall, precision + recall),
            "no-counterpart": _ratio(self.left_alone, self.alone),
            "one-to-one": _ratio(self.right - self.right_split, self.gold - self.gold_split),
            "split": _ratio(self.right_split, self.gold_split),
        }
        return {name: round(value, 4) for name, value in figures.items()}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def link_score(links: Iterable[Link], labels: Labels) -> AlignmentScore:
    """Counts for precision and recall of predicted links; partial links count neither way.

    Args:
        links: predicted.
        labels: annotated, shape (n_a, n_b).
    """
    counted = [link for link in links if labels[link] != PARTIAL]
    right = sum(labels[link] == COUNTERPART for link in counted)
    is_right = labels == COUNTERPART
    is_split = is_right & (
        (is_right.sum(axis=1, keepdims=True) > 1) | (is_right.sum(axis=0, keepdims=True) > 1)
    )
    return AlignmentScore(
        right=int(right),
        predicted=len(counted),
        gold=int(is_right.sum()),
        right_split=sum(bool(is_split[link]) for link in counted),
        gold_split=int(is_split.sum()),
    )


def alone_score(
    links: Iterable[Link], labels: Labels, alone: Sequence[Sequence[int]]
) -> AlignmentScore:
    """Counts for the articles without a counterpart.

    Args:
        links: predicted.
        labels: annotated, shape (n_a, n_b).
        alone: rows of document a, and of document b, annotated as having no counterpart.
    """
    counted = [link for link in links if labels[link] != PARTIAL]
    linked = [{link[side] for link in counted} for side in (0, 1)]
    left_alone = sum(len(set(rows) - linked[side]) for side, rows in enumerate(alone))
    return AlignmentScore(alone=sum(map(len, alone)), left_alone=left_alone)


def ranking_score(probability: FloatArray, labels: Labels) -> AlignmentScore:
    """Counts for the rank of the first counterpart of every article that has one, in both directions.

    Args:
        probability: shape (n_a, n_b).
        labels: annotated, shape (n_a, n_b).
    """
    total = AlignmentScore()
    for values, truth in ((probability, labels), (probability.T, labels.T)):
        for row, annotated in zip(values, truth, strict=True):
            if (annotated == COUNTERPART).any():
                order = np.argsort(-row, kind="stable")
                rank = int(np.flatnonzero(annotated[order] == COUNTERPART)[0]) + 1
                total += AlignmentScore(
                    ranked=1,
                    first=int(rank == 1),
                    first_partial=int(annotated[order[0]] == PARTIAL),
                    third=int(rank <= 3),
                    reciprocal=1 / rank,
                )
    return total
