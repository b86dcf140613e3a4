"""Trials: every gold pair judged by a model that has not seen it, and by the plain ways.

Weights and thresholds for a pair come from the other pairs alone.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from scipy import sparse
from threadpoolctl import threadpool_limits

from pipeline.alignment.match_model import Model
from pipeline.evaluation import baselines, match_training
from pipeline.evaluation.alignment_metrics import (
    Link,
    Score,
    alone_score,
    links_score,
    ranking_score,
)
from pipeline.evaluation.gold import GoldPair
from pipeline.evaluation.match_training import Example
from pipeline.similarity import vectors
from pipeline.similarity.pairwise import Array
from pipeline.similarity.reference_corpus import Background


@dataclass(frozen=True, slots=True)
class Trial:
    """How one pair of documents came out: probabilities, asserted links, score."""

    pair: GoldPair
    chance: Array
    links: list[Link]
    score: Score


def judge(pair: GoldPair, chance: Array, floor: float, tie: float) -> Trial:
    """Assert links by the thresholds, and hold them against what people said."""
    links = vectors.links(sparse.csr_matrix(chance), floor, tie)
    score = ranking_score(chance, pair.labels) + links_score(links, pair.labels)
    score += alone_score(links, pair.labels, (pair.alone_a, pair.alone_b))
    return Trial(pair, chance, links, score)


def by_model(model: Model, each: Example) -> Trial:
    """One pair by a model as it is."""
    return judge(each.pair, match_training.predict(model, each), model.floor, model.tie)


def left_out(examples: Sequence[Example], jobs: int) -> list[Trial]:
    """Each pair by a model fitted to all the others."""
    places = range(len(examples))
    if jobs == 1:
        _start(examples)
        return [_left_out(place) for place in places]
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(examples,)) as pool:
        return list(pool.map(_left_out, places))


_EXAMPLES: list[Example] = []  # of a worker process


def _start(examples: Sequence[Example]) -> None:
    threadpool_limits(1)
    _EXAMPLES[:] = examples


def _left_out(place: int) -> Trial:
    others = [each for i, each in enumerate(_EXAMPLES) if i != place]
    return by_model(match_training.fit(others), _EXAMPLES[place])


def by_baselines(pairs: Sequence[GoldPair], known: Background) -> dict[str, list[Trial]]:
    """Each plain way as mutual best, its floor chosen on the other pairs."""
    found: dict[str, list[Trial]] = {}
    likeness = [baselines.all_of(pair.a, pair.b, known) for pair in pairs]
    labels = [pair.labels for pair in pairs]
    for name in likeness[0] if likeness else ():
        values = [each[name] for each in likeness]
        found[name] = []
        for i, pair in enumerate(pairs):
            others = [j for j in range(len(pairs)) if j != i] or [i]
            floor, _ = match_training.thresholds(
                [values[j] for j in others], [labels[j] for j in others], ties=(1.0,)
            )
            found[name].append(judge(pair, values[i], floor, 1.0))
    return found


def total(trials: Sequence[Trial]) -> Score:
    """The scores of several pairs added up."""
    return sum((trial.score for trial in trials), Score())
