"""Held-out points: what the engine tells of annotated articles, by a model that has not seen them."""

from collections.abc import Sequence

from pipeline.core.point_records import ArticlePoint
from pipeline.evaluation.article_points import metrics, training
from pipeline.evaluation.article_points.gold import GoldArticles, answers
from pipeline.evaluation.article_points.metrics import PointScore
from pipeline.points import point_candidates, points_of_articles
from pipeline.similarity.reference_corpus import ReferenceCorpus

SETS = {"差异点 D": "D", "差异点 全部": ""}  # name of a set → how the names of its pairs begin


def points(
    pairs: Sequence[GoldArticles], reference: ReferenceCorpus
) -> dict[str, list[ArticlePoint]]:
    """The points of every pair by its name, each told by a model fitted without its two documents."""
    examples = [training.examples(pair, reference) for pair in pairs]
    told = {}
    for learned, held_out in training.folds(pairs):
        model = training.fit([examples[i] for i in learned])
        for pair in (pairs[i] for i in held_out):
            compared = point_candidates.compare(pair.a, pair.b, model, reference)
            told[pair.name] = points_of_articles.points(compared, ("a", "b"), ("甲", "乙"))
    return told


def score(
    pairs: Sequence[GoldArticles], told: dict[str, list[ArticlePoint]], prefix: str
) -> PointScore:
    """The score of the pairs whose names begin so."""
    total = PointScore()
    for pair in pairs:
        if pair.name.startswith(prefix):
            total.add(pair, told[pair.name])
    return total


def found(
    pairs: Sequence[GoldArticles], told: dict[str, list[ArticlePoint]]
) -> dict[str, list[int]]:
    """By pair, the numbers of the annotated differences that are told, from 1."""
    return {
        pair.name: [
            number
            for number, want in enumerate(pair.differences, 1)
            if any(answers(p.relation, metrics.spans(p), want) for p in told[pair.name])
        ]
        for pair in pairs
    }
