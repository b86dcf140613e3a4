"""Evaluation of points: those that the engine tells of annotated articles, beside the plain ways.

Reads   corpus/gold/points.jsonl, and the rows of a build of the annotated texts
Prints  precision, recall, F1, kinds and figures of all pairs, of the pairs of D1–D9, and of baselines

Every pair is told by a model that was fitted without its two documents.
"""

from collections.abc import Sequence

from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticlePoint
from pipeline.evaluation.article_points import baselines, gold, training
from pipeline.evaluation.article_points.gold import GoldArticles
from pipeline.evaluation.article_points.metrics import PointScore
from pipeline.points import points_of_articles, segment_choice
from pipeline.similarity import reference_corpus

_SETS = {"差异点 D": "D", "差异点 全部": ""}


def run(work: Workspace) -> None:
    """Score the engine and the baselines."""
    reference = reference_corpus.load(DATA / "background")
    pairs = gold.read(work)
    if not pairs:
        print("差异点\t语料里没有标注过的条文，未评；改法：make evaluate GOLD_CORPUS=…")
        return
    examples = [training.examples(pair, reference) for pair in pairs]
    told: dict[int, list[ArticlePoint]] = {}
    for learned, held_out in training.folds(pairs):
        model = training.fit([examples[i] for i in learned])
        for i in held_out:
            compared = segment_choice.compare(pairs[i].a, pairs[i].b, model, reference)
            told[i] = points_of_articles.points(compared, ("a", "b"), ("甲", "乙"))
    for name, prefix in _SETS.items():
        print(_line(name, pairs, told, prefix))
    for name, method in baselines.METHODS.items():
        plain = {i: method(pair, reference) for i, pair in enumerate(pairs)}
        print(_line(name, pairs, plain, "D"))


def _line(
    name: str, pairs: Sequence[GoldArticles], told: dict[int, list[ArticlePoint]], prefix: str
) -> str:
    score = PointScore()
    for i, pair in enumerate(pairs):
        if pair.name.startswith(prefix):
            score.add(pair, told[i])
    figures = "  ".join(f"{key} {value:.3f}" for key, value in score.figures().items())
    return f"{name}\t{figures}  told {score.counts['told']}  wanted {score.counts['wanted']}"
