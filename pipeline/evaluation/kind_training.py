"""Training of the model of the kinds of difference, on pairs of clauses that people compared.

Two annotators who name different kinds count half a vote each. Pairs of documents are held out whole,
never single clauses: no text that a model is scored on was among those it was fitted to.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.core import jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Condition, Provision
from pipeline.core.settings import KIND_TRAINING
from pipeline.evaluation import kind_metrics
from pipeline.evaluation.gold import GoldPair
from pipeline.evaluation.kind_metrics import KindPrediction
from pipeline.gaps import kind_model
from pipeline.gaps.kind_model import KINDS, KindModel, Side
from pipeline.similarity import regression
from pipeline.similarity.document_features import FeatureExtractor

_WORDING = "wording"  # the annotators' label where the two rules are practically the same
Titles = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KindExample:
    """Two clauses of a pair of documents, and the annotators' votes on the kind of their difference."""

    pair: GoldPair
    features: dict[str, float]
    votes: dict[str, float]


def examples(
    pairs: Sequence[GoldPair], work: Workspace, extractor: FeatureExtractor
) -> list[KindExample]:
    """The counterparts of gold pairs whose kind people named, in reading order."""
    provisions = {row.clause_id: row for row in jsonl.read(work.rows("provisions"), Provision)}
    conditions: dict[str, list[Condition]] = defaultdict(list)
    for row in jsonl.read(work.rows("conditions"), Condition):
        conditions[row.clause_id].append(row)

    def side(unit: Clause) -> Side:
        key = unit.clause_id
        return Side(
            words=extractor.lexicon.terms(extractor.words[key]),
            text=unit.text,
            measures=extractor.measures.get(key, []),
            provision=provisions.get(key),
            conditions=conditions.get(key, []),
        )

    rows = []
    for pair in pairs:
        for (i, j), types in sorted(pair.types.items()):
            a, b = side(pair.a.clauses[i]), side(pair.b.clauses[j])
            features = kind_model.features(a, b, extractor.classes)
            rows.append(KindExample(pair, features, votes(types)))
    return rows


def votes(types: Sequence[str]) -> dict[str, float]:
    """Kind → its share of the votes.

    >>> votes(["wording", "scope"])
    {'equivalent': 0.5, 'scope': 0.5}
    """
    named = ["equivalent" if name == _WORDING else name for name in types]
    return {name: count / len(named) for name, count in Counter(named).items()}


def fit(examples: Sequence[KindExample]) -> KindModel:
    """Fit the model; examples in a fixed order give a fixed model.

    Raises:
        CorpusError: a kind that nobody named.
    """
    predictions = predict(examples, leave_one_out(examples))
    return replace(fit_all(examples), reliability=kind_metrics.reliability(predictions))


def leave_one_out(examples: Sequence[KindExample]) -> dict[Titles, KindModel]:
    """For each pair of documents, the model fitted to all the others."""
    return {
        titles: fit_all([each for each in examples if each.pair.titles != titles])
        for titles in dict.fromkeys(each.pair.titles for each in examples)
    }


def predict(
    examples: Sequence[KindExample],
    models: dict[Titles, KindModel],
    default: KindModel | None = None,
) -> list[KindPrediction]:
    """The prediction for each example by the model of its documents, or by the default one."""
    predictions = []
    for each in examples:
        model = models.get(each.pair.titles, default)
        assert model is not None, each.pair.titles
        shares = dict(zip(model.kinds, model.share, strict=True))
        chances = model.chances(each.features)
        predictions.append(KindPrediction(each.pair.group, each.votes, chances, shares))
    return predictions


def fit_all(examples: Sequence[KindExample]) -> KindModel:
    """The model fitted to all examples, its reliability not measured.

    Raises:
        CorpusError: a kind that nobody named.
    """
    share = [sum(each.votes.get(kind, 0.0) for each in examples) for kind in KINDS]
    for kind, count in zip(KINDS, share, strict=True):
        if not count:
            raise CorpusError("corpus/gold", f"没有一处标为 {kind}", "补上这一种的标注")
    names = list(examples[0].features)
    votes_cast = [(each, kind) for each in examples for kind in each.votes]
    values = np.array([[each.features[name] for name in names] for each, _ in votes_cast])
    truth = np.array([KINDS.index(kind) for _, kind in votes_cast])
    weight = np.array([each.votes[kind] for each, kind in votes_cast])
    fitted = regression.multinomial(values, truth, weight, KIND_TRAINING.strength)
    shares = [round(count / len(examples), 4) for count in share]
    return KindModel(list(KINDS), names, *fitted, shares, [])


def write(model: KindModel, path: Path) -> None:
    """Write a model as JSON, a line for each field, and one for the weights of each kind."""
    parts = jsonl.as_dict(model)
    weights = ",\n".join(f"  {json.dumps(row)}" for row in parts["weight"])
    lines = {key: json.dumps(value) for key, value in parts.items()}
    lines["weight"] = f"[\n{weights}\n ]"
    body = ",\n".join(f' "{key}": {value}' for key, value in lines.items())
    jsonl.write_lines(path, ["{\n", body, "\n}\n"])
