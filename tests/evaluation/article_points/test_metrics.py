"""Figures for points: which told point answers which annotated one, and what is counted."""

import pytest

from pipeline.core.point_records import ArticlePoint
from pipeline.evaluation.article_points import gold, training
from pipeline.evaluation.article_points.gold import GoldArticles, GoldPoint
from pipeline.evaluation.article_points.metrics import PointScore
from support.points import view

TEXT = "第一条 供水单位应当在三日内答复，并公布结果。"
A = B = view(TEXT)
WANT = GoldPoint("deadline", "differs", 3, ((4, 15), (4, 15)))


def told(relation="differs", weight=2, kind="deadline", a=(4, 15), b=(4, 15)):
    quotes = [(side, "x", *span, "") for side, span in (("a", a), ("b", b)) if span]
    return ArticlePoint(
        kind=kind, relation=relation, weight=weight, sentence="", quotes=quotes, favours="unclear",
        **dict.fromkeys(("value_a", "value_b", "unit", "ratio", "basis")),
    )  # fmt: skip


@pytest.mark.parametrize("points, precision, recall", [
    ([told()], 1, 1),
    ([], 0, 0),
    ([told("only_a", b=None)], 0, 0),  # another relation
    ([told(a=(16, 21))], 0, 0),  # other words on one side
    ([told(a=(4, 8))], 0, 0),  # less than half of the annotated words
    ([told(weight=1)], 0, 1),  # a minor point is found, but not counted as told
    ([told(), told(a=(16, 21))], 0.5, 1),
    ([told("same")], 0, 0),
])  # fmt: skip
def test_precision_and_recall_count_what_is_told_and_what_is_found(points, precision, recall):
    score = PointScore()
    score.add(GoldArticles("D1-1-1", ("a", "b"), A, B, [WANT]), points)
    figures = score.figures()
    assert (figures["precision"], figures["recall"]) == (precision, recall)


def test_a_kind_counts_of_what_is_found_only():
    score = PointScore()
    score.add(GoldArticles("D1-1-1", ("a", "b"), A, B, [WANT]), [told(kind="duty")])
    assert score.figures()["kind"] == 0


def test_no_fold_learns_from_documents_that_it_is_scored_on():
    pairs = [GoldArticles(f"P{n}", (f"a{n % 5}", f"b{n % 5}"), A, B, [WANT]) for n in range(20)]
    seen = []
    for learned, held_out in training.folds(pairs):
        documents = [{pairs[i].documents for i in part} for part in (learned, held_out)]
        assert not documents[0] & documents[1]
        seen += held_out
    assert sorted(seen) == list(range(20))


def test_an_answer_needs_a_side_that_the_annotation_speaks_of():
    assert not gold.answers("differs", ((4, 15), None), WANT)
