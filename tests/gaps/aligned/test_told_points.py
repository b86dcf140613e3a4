"""Which points of several pairs of articles are told: each thing once, and none that another article answers."""

from pipeline.core.point_records import ArticlePoint
from pipeline.gaps.aligned import told_points
from pipeline.gaps.aligned.told_points import PairPoints
from pipeline.gaps.sentences import article_headlines

AB, AC, DB = ("a", "b"), ("a", "c"), ("d", "b")
STARTS = dict.fromkeys("abcd", 0)


def point(relation: str, sentence: str, *quotes, weight: int = 2) -> ArticlePoint:
    """A point; a quote is its clause, start and end; those of clauses a and d are of the baseline."""
    rows = [("a" if c in "ad" else "b", c, start, end, "字" * (end - start)) for c, start, end in quotes]  # fmt: skip
    return ArticlePoint(
        kind="duty", relation=relation, value_a=None, value_b=None, unit=None, ratio=None, basis=None,
        favours="unclear", weight=weight, sentence=sentence, quotes=rows,
    )  # fmt: skip


def told(pairs, points, rivals=None):
    together = rivals or {}
    for key in pairs:
        for clause in key:
            together.setdefault(clause, []).append(key)
    rows = told_points.select(pairs, together, PairPoints(points, STARTS))
    return [row.sentence for _, row in rows]


def test_what_an_article_has_alone_is_what_none_of_those_that_answer_it_has():
    points = {
        AB: [point("only_a", "甲", ("a", 0, 10)), point("only_a", "乙", ("a", 20, 30))],
        AC: [point("only_a", "丙", ("a", 0, 10)), point("differs", "丁", ("a", 20, 30), ("c", 0, 9))],
    }  # fmt: skip
    assert told([AB, AC], points) == ["甲", "丁"]  # 乙 is answered in c, 丙 was told


def test_what_another_article_says_the_same_does_not_differ():
    points = {
        AB: [point("differs", "甲", ("a", 0, 10), ("b", 0, 10))],
        AC: [point("same", "乙", ("a", 0, 10), ("c", 0, 10))],
    }
    assert told([AB, AC], points) == ["乙"]


def test_what_the_target_has_alone_is_told_with_the_article_that_it_answers_most_surely():
    points = {key: [point("only_b", f"{key[0]}只", ("b", 0, 10))] for key in (AB, DB)}
    assert told([AB], points, {"b": [AB, DB]}) == ["a只"]
    assert told([DB], points, {"b": [AB, DB]}) == [
        "d只"
    ]  # for a row is never silent: as a minor one
    rows = told_points.select([DB], {"b": [AB, DB]}, PairPoints(points, STARTS))
    assert [row.weight for _, row in rows] == [1]


def test_what_differs_stands_first_the_heaviest_first():
    points = {
        AB: [
            point("same", "同", ("a", 0, 5), ("b", 0, 5), weight=3),
            point("differs", "轻", ("a", 6, 9), ("b", 6, 9), weight=1),
            point("differs", "重", ("a", 10, 15), ("b", 10, 15), weight=3),
        ]
    }
    assert told([AB], points) == ["重", "轻", "同"]


def test_a_headline_tells_the_heaviest_difference_and_counts_those_that_count():
    rows = [
        point("differs", "罚款：甲。", weight=3),
        point("only_a", "另有：乙。"),
        point("only_b", "丙。", weight=1),
    ]
    assert article_headlines.of_points(rows) == "罚款：甲（另有1处不同）。"
    same = point("same", "两地同样规定。")
    assert article_headlines.of_points([rows[2], same]) == "两地同样规定（另有1处细节不同）。"
    assert article_headlines.of_points([rows[2]]) == "次要或把握不足，引用前请核对：丙。"
