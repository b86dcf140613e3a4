"""Train: fit the models of alignment and of the kinds of difference; note how well they do.

Reads   corpus/gold/*.json, and the rows built from the corpus that holds their documents
Writes  corpus/gold/model.json, kinds.json and figures.json, docs/images/precision-recall.svg

What is noted was found by models that had not seen the pair they are scored on.
"""

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.alignment import document_pairs, match_model
from pipeline.alignment.match_model import (
    CORPUS_FEATURES,
    READINGS,
    RELATED_FEATURES,
    Logistic,
    Matcher,
    Model,
)
from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, ClauseTopic, Document, DocumentPair, Tokens
from pipeline.core.settings import ALIGNMENTS
from pipeline.evaluation import cross_validation, evaluate, gold, kind_training, match_training
from pipeline.evaluation.gold import GoldPair, Labels
from pipeline.evaluation.kind_training import Example
from pipeline.similarity import clause_index, document_features, reference_corpus, vectors
from pipeline.similarity.clause_index import Units
from pipeline.similarity.document_features import Reader
from pipeline.similarity.pairwise import Array

_UNREAD = -99.0  # in place of log odds where the documents were not read
_PICTURE = Path("docs/images/precision-recall.svg")


def run(work: Workspace) -> None:
    """Fit, score by leaving each pair out, and write the model and its figures."""
    known, tokens = reference_corpus.load(DATA / "background"), document_features.tokens(work)
    reader = document_features.reader(work, tokens)
    pairs = gold.read(DATA / "gold", work, reader)
    examples = [match_training.example(pair, known, reader.classes) for pair in pairs]
    read = match_training.fit(examples)
    corpus, related = fit_search(work, pairs, Matcher(read, known, reader.classes), reader, tokens)
    write(replace(read, corpus=corpus, related=related), evaluate.MODEL)
    found = cross_validation.left_out(examples, work.jobs)
    noted = evaluate.report(found, cross_validation.by_baselines(pairs, known), _PICTURE)
    noted["kinds"] = fit_kinds(kind_training.examples(pairs, work, reader), evaluate.KINDS)
    jsonl.write_lines(evaluate.FIGURES, [json.dumps(noted, ensure_ascii=False, indent=1) + "\n"])


def fit_kinds(examples: list[Example], path: Path) -> dict[str, Any]:
    """Write the model of the kinds of difference; returns what is noted of it."""
    kind_training.write(kind_training.fit(examples), path)
    return evaluate.report_kinds(kind_training.judge(examples, kind_training.left_out(examples)))


def fit_search(
    work: Workspace, pairs: list[GoldPair], judge: Matcher, reader: Reader, tokens: list[Tokens]
) -> tuple[Logistic, Logistic]:
    """Learn how likely neighbours in the whole corpus are, alone and with a reading of their documents.

    What lies outside the gold pair's own document counts as no counterpart: of the documents that only
    touch on common matters nearly nothing is.
    """
    documents = jsonl.read(work.rows("documents"), Document)
    topics = jsonl.read(work.rows("topics"), ClauseTopic)
    clauses: dict[str, list[Clause]] = defaultdict(list)
    for clause in jsonl.read(work.rows("clauses"), Clause):
        clauses[clause.document_id].append(clause)
    space = clause_index.gather(documents, tokens, topics, reader.lexicon, {}, reader.classes)
    texts = document_pairs.gather(documents, tokens, reader.lexicon)
    found = [_neighbours(pair, space, texts, clauses, judge, reader) for pair in pairs]
    cells = np.concatenate([cells for cells, _ in found])
    truth = np.concatenate([truth for _, truth in found])
    read = cells[:, -1] > _UNREAD
    return (
        match_training.fit_search(CORPUS_FEATURES, cells[:, :-1], truth),
        match_training.fit_search(RELATED_FEATURES, cells[read], truth[read]),
    )


def _neighbours(
    pair: GoldPair,
    space: Units,
    texts: document_pairs.Texts,
    clauses: dict[str, list[Clause]],
    judge: Matcher,
    reader: Reader,
) -> tuple[Array, Labels]:
    """The features and labels of all neighbours of one gold pair's a within the region of its b."""
    a, b = (side.clauses[0].document_id for side in (pair.a, pair.b))
    region = next(d.region_id for d in texts.documents if d.document_id == b)
    left = [i for i, row in enumerate(space.tokens) if row.clause_id.startswith(a + "__")]
    right = space.of({region})
    similarity = clause_index.similarities(space, left, right, ALIGNMENTS.neighbours)
    near = [p.document_b for p in _touching(a, texts, region, judge)]
    odds = {}
    for other in dict.fromkeys([b, *near]):
        laid = pair.b if other == b else reader.read(clauses[other])
        score = match_model.log_odds(judge.read(pair.a, laid).probability)
        for i, j in np.ndindex(score.shape):
            odds[pair.a.clauses[i].clause_id, laid.clauses[j].clause_id] = score[i, j]
    labels = {
        (pair.a.clauses[i].clause_id, pair.b.clauses[j].clause_id): pair.labels[i, j]
        for i, j in np.ndindex(pair.labels.shape)
    }
    found = similarity.tocoo()
    names = [
        (space.tokens[left[i]].clause_id, space.tokens[right[j]].clause_id)
        for i, j in zip(found.row, found.col, strict=True)
    ]
    read = np.array([odds.get(name, _UNREAD) for name in names], float)
    columns: list[Array] = [found.data, *vectors.leads(similarity), read]
    return np.stack(columns, axis=1), np.array([labels.get(name, 0) for name in names])


def _touching(
    name: str, texts: document_pairs.Texts, region: str, judge: Matcher
) -> list[DocumentPair]:
    """The documents of a region that a document only touches on."""
    place = [d.document_id for d in texts.documents].index(name)
    own = document_pairs.Texts(
        [texts.documents[place]], [texts.titles[place]], [texts.contents[place]]
    )
    found = document_pairs.choose(own, texts.of({region}), judge.background)
    return [pair for pair in found if pair.kind == "related"]


def write(model: Model, path: Path) -> None:
    """Write a model as JSON, one reading a line."""
    parts = {name: jsonl.as_dict(getattr(model, name)) for name in READINGS}
    parts |= {name: getattr(model, name) for name in ("floor", "tie", "reliability")}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in parts.items()]
    jsonl.write_lines(path, ["{\n", ",\n".join(lines), "\n}\n"])
