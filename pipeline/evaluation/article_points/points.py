"""Evaluation of points: those that the engine tells of annotated articles, beside the plain ways.

Reads   corpus/gold/points.jsonl, corpus/models/point_figures.json, and the rows of a build of the
        annotated texts
Prints  precision, recall, F1, kinds and figures of D1–D9, of all pairs and of the baselines; the annotated
        differences gained and lost against the noted figures

Every pair is told by a model that was fitted without its two documents.
"""

import json
from pathlib import Path

from pipeline.core.paths import DATA, Workspace
from pipeline.evaluation.article_points import baselines, gold, held_out
from pipeline.evaluation.article_points.metrics import PointScore
from pipeline.similarity import reference_corpus

FIGURES = DATA / "models/point_figures.json"


def run(work: Workspace) -> None:
    """Score the engine and the baselines."""
    reference = reference_corpus.load(DATA / "background")
    pairs = gold.read(work)
    if not pairs:
        print("差异点\t语料里没有标注过的条文，未评；改法：make evaluate GOLD_CORPUS=…")
        return
    told = held_out.points(pairs, reference)
    for name, prefix in held_out.SETS.items():
        print(line(name, held_out.score(pairs, told, prefix)))
    for name, method in baselines.METHODS.items():
        plain = {pair.name: method(pair, reference) for pair in pairs}
        print(line(name, held_out.score(pairs, plain, "D")))
    print(_changes(held_out.found(pairs, told), FIGURES))


def line(name: str, score: PointScore) -> str:
    """The figures of a set on one line."""
    figures = "  ".join(f"{key} {value:.3f}" for key, value in score.figures().items())
    return f"{name}\t{figures}  told {score.counts['told']}  wanted {score.counts['wanted']}"


def _changes(found: dict[str, list[int]], path: Path) -> str:
    """The differences that are told now and were not when the figures were noted, and the other way round."""
    if not path.exists():
        return "差异点\t没有记下的数字可比；make train 会写"
    noted = json.loads(path.read_text(encoding="utf-8"))["found"]
    now, before = (
        {f"{name}#{number}" for name, numbers in each.items() for number in numbers}
        for each in (found, noted)
    )
    gained, lost = sorted(now - before), sorted(before - now)
    return f"差异点\t新得 {len(gained)}：{' '.join(gained)}；失去 {len(lost)}：{' '.join(lost)}"
