"""Evaluation of points: those that the engine tells of annotated articles, beside the plain ways.

Reads   corpus/gold/points.jsonl, and the rows of a build of the annotated texts
Prints  precision, recall, F1, kinds and figures of all pairs, of the pairs of D1–D9, and of baselines

Every pair is told by a model that was fitted without its two documents.
"""

from collections.abc import Sequence

from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticlePoint
from pipeline.evaluation import point_baselines, point_gold, point_training
from pipeline.evaluation.point_gold import GoldArticles
from pipeline.evaluation.point_metrics import PointScore
from pipeline.points import points_of_articles, segment_choice
from pipeline.similarity import reference_corpus

_SETS = {"差异点 D": "D", "差异点 全部": ""}


def run(work: Workspace) -> None:
    """Score the engine and the baselines."""
    reference = reference_corpus.load(DATA / "background")
    gold = point_gold.read(work)
    if not gold:
        print("差异点\t语料里没有标注过的条文，未评；改法：make evaluate GOLD_CORPUS=…")
        return
    examples = [point_training.examples(pair, reference) for pair in gold]
    told: dict[int, list[ArticlePoint]] = {}
    for learned, held_out in point_training.folds(gold):
        model = point_training.fit([examples[i] for i in learned])
        for i in held_out:
            compared = segment_choice.compare(gold[i].a, gold[i].b, model, reference)
            told[i] = points_of_articles.points(compared, ("a", "b"), ("甲", "乙"))
    for name, prefix in _SETS.items():
        print(_line(name, gold, told, prefix))
    for name, method in point_baselines.METHODS.items():
        plain = {i: method(pair, reference) for i, pair in enumerate(gold)}
        print(_line(name, gold, plain, "D"))


def _line(
    name: str, gold: Sequence[GoldArticles], told: dict[int, list[ArticlePoint]], prefix: str
) -> str:
    score = PointScore()
    for i, pair in enumerate(gold):
        if pair.name.startswith(prefix):
            score.add(pair, told[i])
    figures = "  ".join(f"{key} {value:.3f}" for key, value in score.figures().items())
    return f"{name}\t{figures}  told {score.counts['told']}  wanted {score.counts['wanted']}"
