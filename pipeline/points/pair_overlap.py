"""Pair overlap: how the runs, subjects and predicates of two articles cover each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.points import overlap
from pipeline.points.article_views import ArticleView
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.article_parts import TextSpan
from pipeline.similarity.reference_corpus import ReferenceCorpus

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
    alike = overlap.likeness(a.words, b.words, reference)

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
    vocabulary: dict[str, int] = {}
    counts = []
    for article in (a, b):
        rows = []
        for run, (first, last) in zip(article.runs, article.word_ranges, strict=True):
            said = re.sub(r"\W", "", article.said(run))
            weights: dict[int, float] = {}
            for place in range(first, last):
                column = vocabulary.setdefault(article.words.terms[place] + "_", len(vocabulary))
                weights[column] = weights.get(column, 0) + article.words.weights[place]
            for one, two in zip(said, said[1:], strict=False):
                column = vocabulary.setdefault(one + two, len(vocabulary))
                weights[column] = weights.get(column, 0) + _BIGRAM_WEIGHT
            rows.append(weights)
        counts.append(rows)
    left, right = (_unit_rows(rows, len(vocabulary)) for rows in counts)
    return np.asarray(left @ right.T)


def _unit_rows(rows: list[dict[int, float]], width: int) -> FloatArray:
    matrix = np.zeros((len(rows), width))
    for number, weights in enumerate(rows):
        matrix[number, list(weights)] = list(weights.values())
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(norms > 0, norms, 1))
