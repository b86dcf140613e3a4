"""Point candidates: how likely each run of two articles is said on one side only, or two differ in something."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.core.settings import POINTS
from pipeline.points import pair_overlap, point_features
from pipeline.points.article_views import ArticleView
from pipeline.points.pair_overlap import PairOverlap
from pipeline.points.point_model import PointModel
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.article_parts import TextSpan
from pipeline.similarity.reference_corpus import ReferenceCorpus


@dataclass(frozen=True, slots=True)
class Choice:
    """A run of each side that differ, or one run that the other side does not say; runs by number."""

    relation: str
    run_a: int | None
    run_b: int | None
    probability: float


@dataclass(frozen=True, slots=True)
class ComparedArticles:
    """Two articles with what their words share and the candidates for points, likeliest first."""

    a: ArticleView
    b: ArticleView
    pair: PairOverlap
    candidates: list[Choice]

    def spans(self, choice: Choice) -> tuple[TextSpan | None, TextSpan | None]:
        """The spans of a choice in both texts."""
        return (
            None if choice.run_a is None else self.a.runs[choice.run_a].span,
            None if choice.run_b is None else self.b.runs[choice.run_b].span,
        )


def compare(
    a: ArticleView, b: ArticleView, model: PointModel, reference: ReferenceCorpus
) -> ComparedArticles:
    """Score the candidates of two articles; those far below the floors are left out, if any is above."""
    pair = pair_overlap.pair_overlap(a, b, reference)
    least = min(POINTS.one_sided_floor - POINTS.growth, POINTS.two_sided_floor)
    found = list(_candidates(a, b, pair, model, least)) or list(_candidates(a, b, pair, model, 0))
    compared = ComparedArticles(a, b, pair, found)
    compared.candidates.sort(key=lambda choice: order(compared, choice))
    return compared


def order(compared: ComparedArticles, choice: Choice) -> tuple[float, str, int, int]:
    """Sort key of a choice: likeliest first, a difference before what one side alone says."""
    bonus = 0.0
    if choice.relation == "differs":
        bonus = POINTS.two_sided_bonus
        if have_unlike_figures(compared, choice) and not have_figures(compared, choice):
            bonus += POINTS.figure_bonus
    run_a, run_b = (-1 if run is None else run for run in (choice.run_a, choice.run_b))
    return -choice.probability - bonus, choice.relation, run_a, run_b


def _candidates(
    a: ArticleView, b: ArticleView, pair: PairOverlap, model: PointModel, least: float
) -> Iterator[Choice]:
    """The candidates of at least some probability."""
    if not a.runs or not b.runs:
        return
    one_sided = (
        ("only_a", point_features.one_sided(a, b, pair)),
        ("only_b", point_features.one_sided(b, a, pair.turned())),
    )
    for relation, features in one_sided:
        probability = model.one_sided.probability(features).round(4)
        for run in np.flatnonzero(probability >= least).tolist():
            a_run, b_run = (run, None) if relation == "only_a" else (None, run)
            yield Choice(relation, a_run, b_run, float(probability[run]))
    yield from _differences(a, b, pair, model, least)


def _differences(
    a: ArticleView, b: ArticleView, pair: PairOverlap, model: PointModel, least: float
) -> Iterator[Choice]:
    """Pairs of runs that differ in something.

    Whether two sentences differ is surer than in which of their words: so the likeliest two runs of two
    sentences are as likely as that their sentences differ.
    """
    rows, columns = point_features.candidates(pair)
    if not len(rows):
        return
    features = point_features.two_sided(a, b, pair, (rows, columns))
    probability = model.two_sided.probability(features)
    homes = a.sentence_numbers[rows] * len(b.sentences) + b.sentence_numbers[columns]
    order = np.lexsort((probability, homes))
    is_last = np.append(homes[order][1:] != homes[order][:-1], True)
    likeliest = order[is_last]  # of each two sentences
    of_sentences = _sentence_probabilities(a, b, pair, model).ravel()[homes[likeliest]]
    probability[likeliest] = np.maximum(probability[likeliest], of_sentences)
    probability = probability.round(4)
    for place in np.flatnonzero(probability >= least).tolist():
        yield Choice("differs", int(rows[place]), int(columns[place]), float(probability[place]))


def _sentence_probabilities(
    a: ArticleView, b: ArticleView, pair: PairOverlap, model: PointModel
) -> FloatArray:
    """How likely every two sentences differ in something, shape (n_a, n_b); 0 of those that are no pair."""
    found = np.zeros((len(a.sentences), len(b.sentences)))
    chosen = point_features.sentence_candidates(a, b, pair)
    if len(chosen[0]):
        features = point_features.two_sided(a, b, pair, chosen)
        places = a.sentence_numbers[chosen[0]], b.sentence_numbers[chosen[1]]
        found[places] = model.sentences.probability(features)
    return found


def runs_of(compared: ComparedArticles, choice: Choice) -> list[tuple[ArticleView, int]]:
    """The article and the run of each side that a choice speaks of."""
    sides = ((compared.a, choice.run_a), (compared.b, choice.run_b))
    return [(view, run) for view, run in sides if run is not None]


def have_figures(compared: ComparedArticles, choice: Choice) -> bool:
    """Whether every run has a figure."""
    return all(view.figures[run] for view, run in runs_of(compared, choice))


def have_unlike_figures(compared: ComparedArticles, choice: Choice) -> bool:
    """Whether two runs have other figures, or one has some where the other's whole sentence has none."""
    (a, i), (b, j) = runs_of(compared, choice)
    if a.figures[i] and b.figures[j]:
        return a.figures[i] != b.figures[j]
    sentence_a = a.figures[a.sentence_runs[a.runs[i].sentence]]
    sentence_b = b.figures[b.sentence_runs[b.runs[j].sentence]]
    return bool(sentence_a) != bool(sentence_b)
