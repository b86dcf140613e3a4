"""Pair overlap: how the runs, subjects and predicates of two articles cover each other."""

import re
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
        harmonic: the harmonic mean of both, shape (n_a, n_b).
        whole_a: of each run of a by all of b, shape (n_a,).
        whole_b: of each run of b by all of a, shape (n_b,).
        predicates: least and most of both coverages of the predicates, each of shape (n_a, n_b).
        subjects: likewise.
        bigrams: cosine of words and bigrams, shape (n_a, n_b).
    """

    cover_a: FloatArray
    cover_b: FloatArray
    harmonic: FloatArray
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
            self.harmonic.T,
            self.whole_b,
            self.whole_a,
            self.predicates,
            self.subjects,
            self.bigrams.T,
        )


def pair_overlap(a: ArticleView, b: ArticleView, reference: ReferenceCorpus) -> PairOverlap:
    """Compare the words of two articles."""
    alike = overlap.likeness(a.words.terms, b.words.terms, reference)
    ranges_a, ranges_b = _ranges(a), _ranges(b)
    covers_a = overlap.coverage(alike, a.words.weights, ranges_a, ranges_b)
    covers_b = overlap.coverage(alike.T, b.words.weights, ranges_b, ranges_a).T
    count_a, count_b = len(a.runs), len(b.runs)
    runs, predicates, subjects = (
        tuple(
            cover[n * count_a :, n * count_b :][:count_a, :count_b]
            for cover in (covers_a, covers_b)
        )
        for n in range(3)
    )
    return PairOverlap(
        cover_a=runs[0],
        cover_b=runs[1],
        harmonic=overlap.harmonic(*runs),
        whole_a=covers_a[:count_a, -1],
        whole_b=covers_b[-1, :count_b],
        predicates=(np.minimum(*predicates), np.maximum(*predicates)),
        subjects=(np.minimum(*subjects), np.maximum(*subjects)),
        bigrams=_bigram_cosines(a, b),
    )


def _ranges(view: ArticleView) -> list[TextSpan]:
    """The words of each run, of each predicate, of each subject, and all words."""
    return [
        *view.word_ranges,
        *view.ranges(slot.predicate for slot in view.slots),
        *view.ranges(slot.subject for slot in view.slots),
        (0, len(view.words.terms)),
    ]


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
