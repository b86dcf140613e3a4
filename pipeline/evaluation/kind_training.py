"""Kind fitting: the kinds of difference, learnt from pairs of clauses that people compared.

Two people who said two things count half a vote each. Pairs of documents are held out whole, never
single clauses: no text that a model is scored on was among those it was fitted to.
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
from pipeline.evaluation.kind_metrics import Judged
from pipeline.gaps import kind_model
from pipeline.gaps.kind_model import KINDS, KindModel, Side
from pipeline.similarity import regression
from pipeline.similarity.document_features import Reader

_WORDING = "wording"  # what people call it where the two rules are practically the same
Titles = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """Two clauses of a pair of documents, and how people voted on the kind of their difference."""

    pair: GoldPair
    features: dict[str, float]
    votes: dict[str, float]


def examples(pairs: Sequence[GoldPair], work: Workspace, reader: Reader) -> list[Example]:
    """The counterparts of gold pairs whose kind people named, in reading order."""
    provisions = {row.clause_id: row for row in jsonl.read(work.rows("provisions"), Provision)}
    conditions: dict[str, list[Condition]] = defaultdict(list)
    for row in jsonl.read(work.rows("conditions"), Condition):
        conditions[row.clause_id].append(row)

    def side(unit: Clause) -> Side:
        key = unit.clause_id
        return Side(
            reader.lexicon.terms(reader.words[key]), unit.text, reader.measures.get(key, []),
            provisions.get(key), conditions.get(key, []),
        )  # fmt: skip

    found = []
    for pair in pairs:
        for (i, j), types in sorted(pair.types.items()):
            a, b = side(pair.a.clauses[i]), side(pair.b.clauses[j])
            found.append(Example(pair, kind_model.features(a, b, reader.classes), votes(types)))
    return found


def votes(types: Sequence[str]) -> dict[str, float]:
    """Kind → its share of the votes.

    >>> votes(["wording", "scope"])
    {'equivalent': 0.5, 'scope': 0.5}
    """
    named = ["equivalent" if name == _WORDING else name for name in types]
    return {name: count / len(named) for name, count in Counter(named).items()}


def fit(examples: Sequence[Example]) -> KindModel:
    """Fit the model; examples in a fixed order give a fixed model.

    Raises:
        CorpusError: a kind that nobody named.
    """
    found = judge(examples, left_out(examples))
    return replace(_fit(examples), reliability=kind_metrics.reliability(found))


def left_out(examples: Sequence[Example]) -> dict[Titles, KindModel]:
    """For each pair of documents, the model fitted to all the others."""
    return {
        titles: _fit([each for each in examples if each.pair.titles != titles])
        for titles in dict.fromkeys(each.pair.titles for each in examples)
    }


def judge(
    examples: Sequence[Example], models: dict[Titles, KindModel], other: KindModel | None = None
) -> list[Judged]:
    """What the model of its documents, or the other one, makes of each example."""
    found = []
    for each in examples:
        model = models.get(each.pair.titles, other)
        assert model is not None, each.pair.titles
        shares = dict(zip(model.kinds, model.share, strict=True))
        found.append(Judged(each.pair.group, each.votes, model.chances(each.features), shares))
    return found


def _fit(examples: Sequence[Example]) -> KindModel:
    share = [sum(each.votes.get(kind, 0.0) for each in examples) for kind in KINDS]
    for kind, count in zip(KINDS, share, strict=True):
        if not count:
            raise CorpusError("corpus/gold", f"没有一处标为 {kind}", "补上这一种的标注")
    names = list(examples[0].features)
    cast = [(each, kind) for each in examples for kind in each.votes]
    values = np.array([[each.features[name] for name in names] for each, _ in cast])
    truth = np.array([KINDS.index(kind) for _, kind in cast])
    weight = np.array([each.votes[kind] for each, kind in cast])
    fitted = regression.multinomial(values, truth, weight, KIND_TRAINING.strength)
    shares = [round(count / len(examples), 4) for count in share]
    return KindModel(list(KINDS), names, *fitted, shares, [])


def write(model: KindModel, path: Path) -> None:
    """Write a model as JSON, one part a line, and one line for the weights of each kind."""
    parts = jsonl.as_dict(model)
    weights = ",\n".join(f"  {json.dumps(row)}" for row in parts["weight"])
    lines = {key: json.dumps(value) for key, value in parts.items()}
    lines["weight"] = f"[\n{weights}\n ]"
    body = ",\n".join(f' "{key}": {value}' for key, value in lines.items())
    jsonl.write_lines(path, ["{\n", body, "\n}\n"])
