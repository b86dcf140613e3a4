"""Leave-one-out cross-validation of the model and the baselines on pairs of documents.

The weights and thresholds that a pair is scored with come from the other pairs alone.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.model_selection import LeaveOneOut
from threadpoolctl import threadpool_limits

from pipeline.alignment.match_model import MatchModel
from pipeline.evaluation import baselines, match_training
from pipeline.evaluation.alignment_metrics import (
    AlignmentScore,
    Link,
    alone_score,
    link_score,
    ranking_score,
)
from pipeline.evaluation.gold import GoldPair
from pipeline.evaluation.match_training import TrainingPair
from pipeline.similarity import vectors
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.reference_corpus import ReferenceCorpus

_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class PairResult:
    """A gold pair with its predicted probabilities (shape (n_a, n_b)), asserted links and score.

    `floor` and `tie` are the thresholds by which the links were asserted.
    """

    pair: GoldPair
    probability: FloatArray
    links: list[Link]
    score: AlignmentScore
    floor: float
    tie: float


def evaluate(pair: GoldPair, probability: FloatArray, floor: float, tie: float) -> PairResult:
    """Assert links by the thresholds, and compare them with the annotations."""
    links = vectors.links(sparse.csr_matrix(probability), floor, tie)
    score = ranking_score(probability, pair.labels) + link_score(links, pair.labels)
    score += alone_score(links, pair.labels, (pair.alone_a, pair.alone_b))
    return PairResult(pair, probability, links, score, floor, tie)


def by_model(model: MatchModel, each: TrainingPair) -> PairResult:
    """The result of one pair with a given model."""
    return evaluate(each.pair, match_training.predict(model, each), model.floor, model.tie)


def leave_one_out(
    training_pairs: Sequence[TrainingPair], jobs: int, reviewed: Sequence[TrainingPair] = ()
) -> list[PairResult]:
    """The result of each pair with a model fitted to all the others.

    Args:
        training_pairs: at least three.
        jobs: processes; 1 fits the models in this one.
        reviewed: pairs that all models are fitted to, but those of a document that is left out.
    """
    splits = [(train.tolist(), int(test[0])) for train, test in LeaveOneOut().split(training_pairs)]
    if jobs == 1:
        _start(training_pairs, reviewed)
        return [_held_out(split) for split in splits]
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(training_pairs, reviewed)) as pool:
        return list(pool.map(_held_out, splits))


_TRAINING_PAIRS: list[TrainingPair] = []  # of a worker process
_REVIEWED: list[TrainingPair] = []  # likewise


def _start(training_pairs: Sequence[TrainingPair], reviewed: Sequence[TrainingPair]) -> None:
    threadpool_limits(1)
    _TRAINING_PAIRS[:] = training_pairs
    _REVIEWED[:] = reviewed


def _held_out(split: tuple[list[int], int]) -> PairResult:
    train, test = split
    left_out = _document_ids(_TRAINING_PAIRS[test])
    reviewed = [each for each in _REVIEWED if not _document_ids(each) & left_out]
    model = match_training.fit([_TRAINING_PAIRS[i] for i in train], reviewed)
    return by_model(model, _TRAINING_PAIRS[test])


def _document_ids(each: TrainingPair) -> set[str]:
    return {side.clauses[0].document_id for side in (each.pair.a, each.pair.b)}


def by_baselines(
    pairs: Sequence[GoldPair], reference: ReferenceCorpus
) -> dict[str, list[PairResult]]:
    """The results of each baseline, which asserts mutual best; its floor is chosen on the other pairs."""
    results: dict[str, list[PairResult]] = {}
    similarities = [baselines.similarities(pair.a, pair.b, reference) for pair in pairs]
    labels = [pair.labels for pair in pairs]
    for name in similarities[0] if similarities else ():
        values = [by_name[name] for by_name in similarities]
        results[name] = []
        for i, pair in enumerate(pairs):
            others = [j for j in range(len(pairs)) if j != i] or [i]  # a single pair has no others
            floor, _ = match_training.thresholds(
                [values[j] for j in others], [labels[j] for j in others], ties=(1.0,)
            )
            results[name].append(evaluate(pair, values[i], floor, 1.0))
    return results


def intervals(
    results: Sequence[PairResult], names: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Bootstrap intervals of figures: the middle 95 % over pairs of documents drawn with replacement.

    Efron: Bootstrap methods (1979). Pairs are drawn, not links: those of one pair of documents are right or
    wrong together.
    """
    draws = np.random.default_rng(0).integers(len(results), size=(_DRAWS, len(results)))
    drawn = [total([results[i] for i in draw]).figures() for draw in draws]
    ends = (np.quantile([row[name] for row in drawn], (0.025, 0.975)).tolist() for name in names)
    return {
        name: (round(low, 3), round(high, 3)) for name, (low, high) in zip(names, ends, strict=True)
    }


def total(results: Sequence[PairResult]) -> AlignmentScore:
    """The scores of several pairs added up."""
    return sum((result.score for result in results), AlignmentScore())
