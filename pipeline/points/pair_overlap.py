"""Pair overlap: how the runs, subjects and predicates of two articles cover each other."""

import re
from dataclasses import dataclass
from operator import add

import numpy as np

from pipeline.points.article_views import ArticleView
from pipeline.similarity import overlap
from pipeline.similarity.arrays import FloatArray, IndexArray
from pipeline.similarity.article_parts import TextSpan
from pipeline.similarity.reference_corpus import ReferenceCorpus

_MARKS = re.compile(r"\W")
_BIGRAM_WEIGHT = 1.5  # beside words, whose weight is their idf
Cells = tuple[IndexArray, IndexArray, FloatArray]  # unit, column and weight of each word or bigram


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
    cells = [_cells(view, columns) for view in (a, b)]
    left, right = (
        _unit_rows(view, each, len(columns)) for view, each in zip((a, b), cells, strict=True)
    )
    return np.asarray(left @ right.T)


def _cells(view: ArticleView, columns: dict[str, int]) -> Cells:
    """The words and bigrams of each unit; new ones are given columns."""
    units: list[int] = []
    places: list[int] = []
    weights: list[float] = []
    for run, (first, last) in zip(view.runs, view.word_ranges, strict=True):
        if run.first == run.last:
            said = _MARKS.sub("", view.said(run))
            bigrams = [*map(add, said, said[1:])]
            terms = [f"{term} " for term in view.words.terms[first:last]] + bigrams
            units += [run.first] * len(terms)
            places += [columns.setdefault(term, len(columns)) for term in terms]
            weights += view.words.weights[first:last].tolist() + [_BIGRAM_WEIGHT] * len(bigrams)
    return np.array(units, int), np.array(places, int), np.array(weights)


def _unit_rows(view: ArticleView, cells: Cells, width: int) -> FloatArray:
    """The runs' weights, each row of length 1: the sums over their units."""
    units, places, weights = cells
    count = 1 + max((run.last for run in view.runs), default=-1)
    flat = np.bincount((units + 1) * width + places, weights, (count + 1) * width)
    matrix = flat.reshape(count + 1, width).astype(np.float32)
    sums = np.cumsum(matrix, axis=0)
    firsts, lasts = (
        np.array([getattr(run, end) for run in view.runs]) for end in ("first", "last")
    )
    rows = sums[lasts + 1] - sums[firsts]
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1), float)
