"""Baselines for points: the plain ways to tell what two articles differ in."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.core.point_records import ArticlePoint
from pipeline.evaluation.article_points.gold import GoldArticles, Spans
from pipeline.points import pair_overlap
from pipeline.similarity.reference_corpus import ReferenceCorpus

_LIKE = 0.3  # least cosine of two sentences that are taken as a pair


def by_sentences(gold: GoldArticles, reference: ReferenceCorpus) -> list[ArticlePoint]:
    """Sentences paired by the cosine of their words and bigrams: pairs differ, the rest is one-sided."""
    pairs, only_a, only_b = _paired(gold, reference)
    return [
        *(_point("differs", (i, j)) for i, j in pairs),
        *(_point("only_a", (span, None)) for span in only_a),
        *(_point("only_b", (None, span)) for span in only_b),
    ]


def by_word_diff(gold: GoldArticles, reference: ReferenceCorpus) -> list[ArticlePoint]:
    """One point for each pair of sentences that are not word by word the same."""
    pairs, _, _ = _paired(gold, reference)
    return [
        _point("differs", (i, j))
        for i, j in pairs
        if i and j and gold.a.text[slice(*i)] != gold.b.text[slice(*j)]
    ]


def by_measures(gold: GoldArticles, reference: ReferenceCorpus) -> list[ArticlePoint]:
    """Only sentences with quantities: paired ones with other values, and those of one side."""
    return [
        point
        for point in by_sentences(gold, reference)
        if _has_other_figures(gold, (_span(point, "a"), _span(point, "b")))
    ]


METHODS: dict[str, Callable[[GoldArticles, ReferenceCorpus], list[ArticlePoint]]] = {
    "逐句配对": by_sentences,
    "逐词比较": by_word_diff,
    "只比数量": by_measures,
}


def _paired(
    gold: GoldArticles, reference: ReferenceCorpus
) -> tuple[list[Spans], list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of sentences, and the sentences of either side without partner."""
    cosines = pair_overlap.pair_overlap(gold.a, gold.b, reference).bigrams
    rows, columns = gold.a.sentence_runs, gold.b.sentence_runs
    matrix = cosines[np.ix_(rows, columns)]
    found = [
        (int(i), int(j))
        for i, j in zip(*linear_sum_assignment(-matrix), strict=True)
        if matrix[i, j] >= _LIKE
    ]
    spans_a = [sentence.span for sentence in gold.a.sentences]
    spans_b = [sentence.span for sentence in gold.b.sentences]
    return (
        [(spans_a[i], spans_b[j]) for i, j in found],
        [span for i, span in enumerate(spans_a) if i not in {i for i, _ in found}],
        [span for j, span in enumerate(spans_b) if j not in {j for _, j in found}],
    )


def _span(point: ArticlePoint, side: str) -> tuple[int, int] | None:
    return next(((start, end) for s, _, start, end, _ in point.quotes if s == side), None)


def _has_other_figures(gold: GoldArticles, spans: Spans) -> bool:
    values = [
        {(m.min, m.max, m.unit) for m in view.measures if span and span[0] <= m.start < span[1]}
        for view, span in zip((gold.a, gold.b), spans, strict=True)
    ]
    return values[0] != values[1]


def _point(relation: str, spans: Spans) -> ArticlePoint:
    quotes = [
        (side, "", *span, "") for side, span in zip("ab", spans, strict=True) if span is not None
    ]
    return ArticlePoint(
        kind="duty",
        relation=relation,
        value_a=None,
        value_b=None,
        unit=None,
        ratio=None,
        basis=None,
        favours="unclear",
        weight=2,
        sentence="",
        quotes=quotes,
    )
