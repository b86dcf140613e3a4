"""Point training: the forests of the point model fitted to annotated articles, and their folds.

A candidate is a good one where it answers a gold point. Of the bad ones, which are many times as many, a
fixed share is drawn (seeded), and the odds are set right again in the bias.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from pipeline.core import jsonl
from pipeline.evaluation.article_points.gold import GoldArticles, Spans, answers
from pipeline.points import pair_overlap, point_features
from pipeline.points.pair_overlap import PairOverlap
from pipeline.points.point_features import Features, IndexPair
from pipeline.points.point_model import Forest, Node, PointModel
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.reference_corpus import ReferenceCorpus

FOLDS = 3
_BAD_PER_GOOD = 12
_TREES = {
    "n_estimators": 150,
    "max_depth": 3,
    "learning_rate": 0.07,
    "subsample": 0.5,
    "max_features": 0.3,
    "min_samples_leaf": 20,
    "random_state": 0,
}
FORESTS = ("one_sided", "two_sided", "sentences")
Examples = tuple[Features, FloatArray]  # features by name, and 1 for a good candidate, else 0


@dataclass(frozen=True, slots=True)
class PairExamples:
    """The candidates of two articles: runs of one side, pairs of runs, pairs of sentences."""

    one_sided: list[Examples]
    two_sided: list[Examples]
    sentences: list[Examples]


def examples(gold: GoldArticles, reference: ReferenceCorpus) -> PairExamples:
    """The candidates of two articles."""
    a, b = gold.a, gold.b
    pair = pair_overlap.pair_overlap(a, b, reference)
    wanted = gold.differences

    def label(relation: str, spans: Spans) -> float:
        return float(any(answers(relation, spans, point) for point in wanted))

    only_a = np.array([label("only_a", (run.span, None)) for run in a.runs])
    only_b = np.array([label("only_b", (None, run.span)) for run in b.runs])
    chosen = point_features.candidates(pair)
    both = [
        label("differs", (a.runs[i].span, b.runs[j].span)) for i, j in zip(*chosen, strict=True)
    ]
    return PairExamples(
        one_sided=[
            (point_features.one_sided(a, b, pair), only_a),
            (point_features.one_sided(b, a, pair.turned()), only_b),
        ],
        two_sided=[(point_features.two_sided(a, b, pair, chosen), np.array(both))] if both else [],
        sentences=_sentence_examples(gold, pair, chosen, np.array(both)),
    )


def _sentence_examples(
    gold: GoldArticles, pair: PairOverlap, runs: IndexPair, labels: FloatArray
) -> list[Examples]:
    """Pairs of sentences; a good one has two runs that are good."""
    a, b = gold.a, gold.b
    chosen = point_features.sentence_candidates(a, b, pair)
    if not len(chosen[0]):
        return []
    good = np.zeros((len(a.sentences), len(b.sentences)))
    np.maximum.at(good, (a.sentence_numbers[runs[0]], b.sentence_numbers[runs[1]]), labels)
    found = good[a.sentence_numbers[chosen[0]], b.sentence_numbers[chosen[1]]]
    return [(point_features.two_sided(a, b, pair, chosen), found)]


def fit(all_examples: Sequence[PairExamples]) -> PointModel:
    """Fit the forests."""
    return PointModel(
        **{
            name: _forest([example for pair in all_examples for example in getattr(pair, name)])
            for name in FORESTS
        }
    )


def _forest(found: Sequence[Examples]) -> Forest:
    names = list(found[0][0])
    cases = np.concatenate(
        [np.column_stack([features[name] for name in names]) for features, _ in found]
    )
    labels = np.concatenate([labels for _, labels in found]) > 0
    share = min(1.0, _BAD_PER_GOOD * labels.sum() / (~labels).sum())
    kept = labels | (np.random.default_rng(0).random(len(labels)) < share)
    fitted = GradientBoostingClassifier(**_TREES).fit(cases[kept], labels[kept])
    odds = labels[kept].mean()
    bias = float(np.log(odds / (1 - odds)) + np.log(share))
    trees = [_nodes(tree.tree_) for tree in fitted.estimators_[:, 0]]
    return Forest(names, round(bias, 4), trees)


def _nodes(tree: object) -> list[Node]:
    """The nodes of a fitted tree; a leaf is its own left and right."""
    rate = _TREES["learning_rate"]
    columns = (tree.feature, tree.threshold, tree.children_left, tree.children_right)  # type: ignore[attr-defined]
    values = tree.value.ravel()  # type: ignore[attr-defined]
    return [
        (0, 0.0, place, place, round(float(value * rate), 4))
        if left < 0
        else (int(feature), round(float(threshold), 4), int(left), int(right), 0.0)
        for place, (feature, threshold, left, right, value) in enumerate(
            zip(*columns, values, strict=True)
        )
    ]


def folds(gold: Sequence[GoldArticles]) -> Iterator[tuple[list[int], list[int]]]:
    """Numbers of the pairs to learn from and to score, so that no two documents are in both."""
    groups = {documents: i for i, documents in enumerate(dict.fromkeys(g.documents for g in gold))}
    for fold in range(FOLDS):
        held_out = [i for i, g in enumerate(gold) if groups[g.documents] % FOLDS == fold]
        yield sorted(set(range(len(gold))) - set(held_out)), held_out


def write(model: PointModel, path: Path) -> None:
    """Write a model as JSON, a line for each tree."""
    parts = []
    for name in FORESTS:
        forest: Forest = getattr(model, name)
        trees = ",\n".join(f"   {json.dumps(tree)}" for tree in forest.trees)
        head = f'  "names": {json.dumps(forest.names)},\n  "bias": {forest.bias},\n'
        parts.append(f' "{name}": {{\n{head}  "trees": [\n{trees}\n  ]\n }}')
    jsonl.write_text(path, ["{\n", ",\n".join(parts), "\n}\n"])
