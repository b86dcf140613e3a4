"""Training of the match model, with the figures that it reaches.

Reads   corpus/gold/*.json, and the rows of a build of the annotated texts, reviews among them
Writes  corpus/models/match.json and figures.json, docs/images/precision-recall.svg

The figures come from models fitted without the pair that they are scored on.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.alignment import document_pair_model, document_pairs, match_model
from pipeline.alignment.document_pair_model import DocumentPairModel
from pipeline.alignment.document_pairs import PairFinder
from pipeline.alignment.logistic_model import LogisticModel
from pipeline.alignment.match_model import (
    CORPUS_FEATURES,
    REGRESSIONS,
    RELATED_FEATURES,
    Matcher,
    MatchModel,
    clipped_logit,
)
from pipeline.core import jsonl, regions
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, ClauseTopic, Document, DocumentPair, Tokens, document_of
from pipeline.core.settings import ALIGNMENTS
from pipeline.evaluation import cross_validation, evaluate, gold, match_training, reviewed_pairs
from pipeline.evaluation.gold import GoldPair, Labels
from pipeline.similarity import clause_index, document_features, reference_corpus, vectors
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.clause_index import ClauseIndex
from pipeline.similarity.document_features import FeatureExtractor

_NO_SCORE = -99.0  # in place of log odds where two documents were not compared
_PICTURE = Path("docs/images/precision-recall.svg")


def run(work: Workspace) -> None:
    """Fit, score by leave-one-out cross-validation, and write the model and its figures."""
    reference = reference_corpus.load(DATA / "background")
    tokens = document_features.read_tokens(work)
    extractor = document_features.extractor(work, tokens)
    pairs = gold.read(evaluate.GOLD, work, extractor)
    training_pairs = [match_training.training_pair(p, reference, extractor.classes) for p in pairs]
    reviewed = [
        match_training.training_pair(pair, reference, extractor.classes)
        for pair in reviewed_pairs.read(work, extractor)
    ]
    model = match_training.fit(training_pairs, reviewed)
    matcher = Matcher(model, reference, extractor.classes)
    corpus, related = fit_search(work, pairs, matcher, extractor, tokens)
    write(replace(model, corpus=corpus, related=related), match_model.PATH)
    results = cross_validation.leave_one_out(training_pairs, work.jobs, reviewed)
    baselines = cross_validation.by_baselines(pairs, reference)
    figures = evaluate.report(results, baselines, _PICTURE)
    jsonl.write_text(evaluate.FIGURES, [json.dumps(figures, ensure_ascii=False, indent=1) + "\n"])


def fit_search(
    work: Workspace,
    pairs: list[GoldPair],
    matcher: Matcher,
    extractor: FeatureExtractor,
    tokens: list[Tokens],
) -> tuple[LogisticModel, LogisticModel]:
    """Fit the regressions for pairs of clauses found by searching the corpus.

    Clauses outside the gold pair's own document count as no counterparts: in documents whose matters only
    overlap, nearly none is one.

    Args:
        work: where the rows of the corpus are.
        pairs: annotated.
        matcher: with both regressions for documents that are compared.
        extractor: computes the features of documents.
        tokens: words of all unit clauses.

    Returns:
        The regression for documents that were not compared, and the one for related documents.
    """
    search = _search(work, matcher, extractor, tokens)
    examples = [search.examples(pair) for pair in pairs]
    features = np.concatenate([features for features, _ in examples])
    labels = np.concatenate([labels for _, labels in examples])
    is_scored = features[:, -1] > _NO_SCORE
    return (
        match_training.fit_search(CORPUS_FEATURES, features[:, :-1], labels),
        match_training.fit_search(RELATED_FEATURES, features[is_scored], labels[is_scored]),
    )


def _search(
    work: Workspace, matcher: Matcher, extractor: FeatureExtractor, tokens: list[Tokens]
) -> "_Search":
    documents = jsonl.read(work.rows("documents"), Document)
    topics = jsonl.read(work.rows("topics"), ClauseTopic)
    clauses: dict[str, list[Clause]] = defaultdict(list)
    for clause in jsonl.read(work.rows("clauses"), Clause):
        clauses[clause.document_id].append(clause)
    return _Search(
        clause_index.build(documents, tokens, topics, extractor.lexicon, {}, extractor.classes),
        document_pairs.read(work, regions.load(DATA / "regions.toml")),
        document_pair_model.load(),
        clauses,
        matcher,
        extractor,
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """The corpus in which the counterparts of gold pairs are searched."""

    index: ClauseIndex
    finder: PairFinder
    pair_model: DocumentPairModel
    clauses: dict[str, list[Clause]]  # by document
    matcher: Matcher
    extractor: FeatureExtractor

    def examples(self, pair: GoldPair) -> tuple[FloatArray, Labels]:
        """All similar clauses of one gold pair's a within the region of its b.

        Returns:
            Features, shape (n, len(RELATED_FEATURES)), and labels, shape (n,).
        """
        a, b = (side.clauses[0].document_id for side in (pair.a, pair.b))
        region_id = self._document(b).region_id
        left = [i for i, row in enumerate(self.index.tokens) if document_of(row.clause_id) == a]
        right = self.index.rows_of_regions({region_id})
        similarity = clause_index.similarities(self.index, left, right, ALIGNMENTS.neighbours)
        cells = similarity.tocoo()
        ids = [
            (self.index.tokens[left[i]].clause_id, self.index.tokens[right[j]].clause_id)
            for i, j in zip(cells.row, cells.col, strict=True)
        ]
        log_odds = self._log_odds(pair, region_id)
        labels = {
            (pair.a.clauses[i].clause_id, pair.b.clauses[j].clause_id): pair.labels[i, j]
            for i, j in np.ndindex(pair.labels.shape)
        }
        scores = np.array([log_odds.get(key, _NO_SCORE) for key in ids], float)
        columns: list[FloatArray] = [cells.data, *vectors.leads(similarity), scores]
        return np.stack(columns, axis=1), np.array([labels.get(key, 0) for key in ids])

    def _log_odds(self, pair: GoldPair, region_id: str) -> dict[tuple[str, str], float]:
        """Log odds by clause ids, for a with b and with every document of the region related to a."""
        a, b = (side.clauses[0].document_id for side in (pair.a, pair.b))
        log_odds = {}
        for document_id in dict.fromkeys([b, *(p.document_b for p in self._related(a, region_id))]):
            other = (
                pair.b if document_id == b else self.extractor.extract(self.clauses[document_id])
            )
            score = clipped_logit(self.matcher.predict(pair.a, other).probability)
            for i, j in np.ndindex(score.shape):
                key = pair.a.clauses[i].clause_id, other.clauses[j].clause_id
                log_odds[key] = float(score[i, j])
        return log_odds

    def _related(self, document_id: str, region_id: str) -> list[DocumentPair]:
        """The documents of a region whose matters overlap with a document's."""
        profiles = self.finder.collection.profiles
        row = [profile.document.document_id for profile in profiles].index(document_id)
        others = self.finder.collection.rows_of({region_id})
        pairs = self.finder.judge(self.finder.candidates([row], others), self.pair_model)
        return [pair for pair in pairs if pair.kind == document_pairs.RELATED]

    def _document(self, document_id: str) -> Document:
        documents = (profile.document for profile in self.finder.collection.profiles)
        return next(d for d in documents if d.document_id == document_id)


def write(model: MatchModel, path: Path) -> None:
    """Write a model as JSON, a line for each field."""
    fields = {name: jsonl.as_dict(getattr(model, name)) for name in REGRESSIONS}
    fields |= {name: getattr(model, name) for name in ("floor", "tie", "reliability")}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items()]
    jsonl.write_text(path, ["{\n", ",\n".join(lines), "\n}\n"])
