"""Point training: the forests of the point model fitted to annotated articles, and their folds.

A candidate is a good one where it answers a gold point. Of the bad ones, which are many times as many, a
fixed share is drawn (seeded), and the odds are set right again in the bias.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from pipeline.core import jsonl
from pipeline.evaluation.article_points.gold import GoldArticles, answers
from pipeline.points import pair_overlap, point_features
from pipeline.points.point_features import Features
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
Examples = tuple[Features, FloatArray]  # features by name, and 1 for a good candidate, else 0


def examples(
    gold: GoldArticles, reference: ReferenceCorpus
) -> tuple[list[Examples], list[Examples]]:
    """The candidates of two articles: those of one side, and those of both."""
    a, b = gold.a, gold.b
    pair = pair_overlap.pair_overlap(a, b, reference)
    wanted = gold.differences

    def label(relation: str, span_a: object, span_b: object) -> float:
        return float(any(answers(relation, (span_a, span_b), point) for point in wanted))  # type: ignore[arg-type]

    only_a = np.array([label("only_a", run.span, None) for run in a.runs])
    only_b = np.array([label("only_b", None, run.span) for run in b.runs])
    chosen = point_features.candidates(pair)
    both = [label("differs", a.runs[i].span, b.runs[j].span) for i, j in zip(*chosen, strict=True)]
    one_sided = [
        (point_features.one_sided(a, b, pair), only_a),
        (point_features.one_sided(b, a, pair.turned()), only_b),
    ]
    two_sided = [(point_features.two_sided(a, b, pair, chosen), np.array(both))] if both else []
    return one_sided, two_sided


def fit(all_examples: Sequence[tuple[list[Examples], list[Examples]]]) -> PointModel:
    """Fit both forests."""
    one_sided = [example for examples, _ in all_examples for example in examples]
    two_sided = [example for _, examples in all_examples for example in examples]
    return PointModel(_forest(one_sided), _forest(two_sided))


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
    for name in ("one_sided", "two_sided"):
        forest: Forest = getattr(model, name)
        trees = ",\n".join(f"   {json.dumps(tree)}" for tree in forest.trees)
        head = f'  "names": {json.dumps(forest.names)},\n  "bias": {forest.bias},\n'
        parts.append(f' "{name}": {{\n{head}  "trees": [\n{trees}\n  ]\n }}')
    jsonl.write_text(path, ["{\n", ",\n".join(parts), "\n}\n"])
