"""Pair overlap: how the runs, subjects and predicates of two articles cover each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.points.article_views import ArticleView
from pipeline.similarity import overlap
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.article_parts import TextSpan
from pipeline.similarity.reference_corpus import ReferenceCorpus

_MARKS = re.compile(r"\W")
_BIGRAM_WEIGHT = 1.5  # beside words, whose weight is their idf


@dataclass(frozen=True, slots=True)
class PairOverlap:
    """How the runs, sentences, subjects and predicates of two articles cover each other.

    Attributes:
        cover_a: of each run of a by each of b, shape (n_a, n_b).
        cover_b: of each run of b by each of a, shape (n_a, n_b).
        whole_a: of each run of a by all of b, shape (n_a,).
        whole_b: of each run of b by all of a, shape (n_b,).
        predicates: least and most of both coverages of the predicates, each of shape (n_a, n_b).
        subjects: likewise.
        bigrams: cosine of words and bigrams, shape (n_a, n_b).
    """

    cover_a: FloatArray
    cover_b: FloatArray
    whole_a: FloatArray
    whole_b: FloatArray
    predicates: tuple[FloatArray, FloatArray]
    subjects: tuple[FloatArray, FloatArray]
    bigrams: FloatArray

    def turned(self) -> "PairOverlap":
        """The same with a and b exchanged; subjects and predicates are left as they are."""
        return PairOverlap(
            self.cover_b.T,
            self.cover_a.T,
            self.whole_b,
            self.whole_a,
            self.predicates,
            self.subjects,
            self.bigrams.T,
        )


def pair_overlap(a: ArticleView, b: ArticleView, reference: ReferenceCorpus) -> PairOverlap:
    """Compare the words of two articles."""
    alike = overlap.likeness(a.words.terms, b.words.terms, reference)

    def covers(
        ranges_a: Sequence[TextSpan], ranges_b: Sequence[TextSpan]
    ) -> tuple[FloatArray, FloatArray]:
        one = overlap.coverage(alike, a.words.weights, ranges_a, ranges_b)
        other = overlap.coverage(alike.T, b.words.weights, ranges_b, ranges_a)
        return one, other.T

    cover_a, cover_b = covers(a.word_ranges, b.word_ranges)
    everything_a, everything_b = [(0, len(a.words.terms))], [(0, len(b.words.terms))]
    predicates = covers(*(v.ranges(s.predicate for s in v.slots) for v in (a, b)))
    subjects = covers(*(v.ranges(s.subject for s in v.slots) for v in (a, b)))
    return PairOverlap(
        cover_a=cover_a,
        cover_b=cover_b,
        whole_a=covers(a.word_ranges, everything_b)[0][:, 0],
        whole_b=covers(everything_a, b.word_ranges)[1][0],
        predicates=(np.minimum(*predicates), np.maximum(*predicates)),
        subjects=(np.minimum(*subjects), np.maximum(*subjects)),
        bigrams=_bigram_cosines(a, b),
    )


def _bigram_cosines(a: ArticleView, b: ArticleView) -> FloatArray:
    """Cosines of the runs' words and character bigrams."""
    columns: dict[str, int] = {}
    left, right = (_terms_of_runs(view, columns) for view in (a, b))
    width = len(columns)
    rows = [_unit_rows(view, terms, width) for view, terms in ((a, left), (b, right))]
    return np.asarray(rows[0] @ rows[1].T)


def _terms_of_runs(view: ArticleView, columns: dict[str, int]) -> list[dict[int, float]]:
    """Column → weight of the words and bigrams of each run of one unit, by unit."""
    units = []
    for run, (first, last) in zip(view.runs, view.word_ranges, strict=True):
        if run.first != run.last:
            continue
        weights: dict[int, float] = {}
        for term, weight in zip(
            view.words.terms[first:last], view.words.weights[first:last].tolist(), strict=True
        ):
            column = columns.setdefault(f"{term} ", len(columns))
            weights[column] = weights.get(column, 0) + weight
        said = _MARKS.sub("", view.said(run))
        for one, two in pairwise(said):
            column = columns.setdefault(one + two, len(columns))
            weights[column] = weights.get(column, 0) + _BIGRAM_WEIGHT
        units.append(weights)
    return units


def _unit_rows(view: ArticleView, units: list[dict[int, float]], width: int) -> FloatArray:
    """The runs' weights, each row of length 1: the sums over their units."""
    matrix = np.zeros((len(units) + 1, width), np.float32)
    for number, weights in enumerate(units, 1):
        matrix[number, list(weights)] = list(weights.values())
    sums = np.cumsum(matrix, axis=0)
    firsts, lasts = (
        np.array([getattr(run, end) for run in view.runs]) for end in ("first", "last")
    )
    rows = sums[lasts + 1] - sums[firsts]
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1), float)
