"""Fitting: the readings of the matcher, fitted to pairs of documents that people aligned.

Every probability that a threshold or the reliability curve is taken from comes from a model that had
not seen the pair's documents: pairs are held out whole, never single articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pipeline.alignment import context_features, match_model
from pipeline.alignment.match_model import Logistic, Model
from pipeline.alignment.pair_features import Likeness
from pipeline.core.settings import TRAINING
from pipeline.evaluation.alignment_metrics import links_score
from pipeline.evaluation.gold import COUNTERPART, PARTIAL, GoldPair, Labels
from pipeline.similarity import regression, vectors
from pipeline.similarity.pairwise import Array
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.reference_corpus import Background

_FLOORS = tuple(round(0.1 + 0.05 * i, 2) for i in range(13))
_TIES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_BINS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """One pair of documents to learn from, with its features of the first reading."""

    pair: GoldPair
    own: dict[str, Array]

    def both(self, score: Array) -> dict[str, Array]:
        """The features of the second reading, given the first one's scores."""
        return self.own | context_features.features(
            score, self.pair.a.chapters, self.pair.b.chapters
        )


def example(pair: GoldPair, known: Background, classes: list[ArticleClass]) -> Example:
    """Compute what can be learnt from one pair."""
    return Example(pair, Likeness(pair.a, pair.b, known, classes).features())


def fit(examples: Sequence[Example]) -> Model:
    """Fit both readings, then choose the thresholds; examples in a fixed order give a fixed model.

    At least two pairs of documents are needed. What `fit_search` finds is still to be filled in.
    """
    scores = _held_out_scores(examples)
    both = [each.both(score) for each, score in zip(examples, scores, strict=True)]
    labels = [each.pair.labels for each in examples]
    chances: list[Array] = [np.zeros(0)] * len(examples)
    for kept, held in _folds(len(examples)):
        model = _logistic([both[i] for i in kept], [labels[i] for i in kept])
        for i in held:
            chances[i] = match_model.probability(model.score(both[i]))
    floor, tie = thresholds(chances, labels)
    first = _logistic([each.own for each in examples], labels)
    none = Logistic([], [], [], [], 0.0)
    second = _logistic(both, labels)
    return Model(first, second, none, none, floor, tie, reliability(chances, labels))


def fit_search(names: Sequence[str], cells: Array, truth: Labels) -> Logistic:
    """Fit the probability of a pair that was found by searching the corpus.

    Args:
        names: of the features.
        cells: shape (n, len(names)).
        truth: the label of each.
    """
    return _logistic([dict(zip(names, cells.T, strict=True))], [truth])


def predict(model: Model, each: Example) -> Array:
    """The probability of every pair of clauses of one example."""
    return match_model.probability(model.second.score(each.both(model.first.score(each.own))))


def _held_out_scores(examples: Sequence[Example]) -> list[Array]:
    """First-reading scores, each from a model fitted without the fold that the example lies in."""
    scores: list[Array] = [np.zeros(0)] * len(examples)
    for kept, held in _folds(len(examples)):
        model = _logistic([examples[i].own for i in kept], [examples[i].pair.labels for i in kept])
        for i in held:
            scores[i] = model.score(examples[i].own)
    return scores


def _folds(count: int) -> list[tuple[list[int], list[int]]]:
    """(kept, held out) for each fold; every example is held out once."""
    folds = min(TRAINING.folds, count)
    held = [list(range(start, count, folds)) for start in range(folds)]
    return [([i for i in range(count) if i not in fold], fold) for fold in held]


def _logistic(examples: Sequence[dict[str, Array]], labels: Sequence[Labels]) -> Logistic:
    names = list(examples[0])
    rows = np.concatenate(
        [np.stack([e[n] for n in names], -1).reshape(-1, len(names)) for e in examples]
    )
    flat = np.concatenate([label.ravel() for label in labels])
    weight = np.where(flat == PARTIAL, TRAINING.partial, 1.0)
    fitted = regression.logistic(rows, flat == COUNTERPART, weight, TRAINING.strength)
    return Logistic(names, *fitted)


def thresholds(
    chances: Sequence[Array], labels: Sequence[Labels], ties: Sequence[float] = _TIES
) -> tuple[float, float]:
    """The floor and tie with the best F1 over all pairs; the lower ones where several are equal."""
    sparse_chances = [sparse.csr_matrix(chance) for chance in chances]
    best, found = -1.0, (_FLOORS[0], ties[0])
    for floor in _FLOORS:
        for tie in ties:
            scored = [
                links_score(vectors.links(chance, floor, tie), label)
                for chance, label in zip(sparse_chances, labels, strict=True)
            ]
            f1 = sum(scored[1:], scored[0]).figures()["F1"]
            if f1 > best:
                best, found = f1, (floor, tie)
    return found


def reliability(
    chances: Sequence[Array], labels: Sequence[Labels]
) -> list[tuple[float, float, int]]:
    """In ten bins of probability: the mean probability, the share of counterparts, how many pairs."""
    chance = np.concatenate([c.ravel() for c in chances])
    label = np.concatenate([y.ravel() for y in labels])
    chance, true = chance[label != PARTIAL], label[label != PARTIAL] == COUNTERPART
    found = []
    for low in range(_BINS):
        inside = (chance >= low / _BINS) & ((chance < (low + 1) / _BINS) | (low == _BINS - 1))
        if inside.any():
            mean, share = float(chance[inside].mean()), float(true[inside].mean())
            found.append((round(mean, 4), round(share, 4), int(inside.sum())))
    return found
