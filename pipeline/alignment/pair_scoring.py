"""Pair scoring: pairs of documents scored by the match model, in parallel processes.

Each pair is scored by itself, so that neither their order nor the number of processes changes a figure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from pipeline.alignment.match_model import Matcher
from pipeline.core import jsonl
from pipeline.core.computation import document_rows, kept_results, processes
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.document_features import DocumentFeatures, FeatureExtractor, FeatureRows

LEAST_PROBABILITY = 0.02  # below which a pair of clauses is not a candidate
_EXPLAINED_PAIRS = 5  # pairs of a clause whose reasons are kept
_REASONS = 8  # reasons kept of a pair
_BATCH = 8  # pairs of documents sent to a process at once
_KEPT = 64  # documents whose features are kept


Reason = tuple[str, float]  # (feature, what it adds to the log odds)
DocumentNames = tuple[str, str]  # ids of two documents


@dataclass(frozen=True, slots=True)
class PairScores:
    """How likely each clause of one document is the counterpart of each clause of another.

    Attributes:
        clause_ids_a: n_a of them.
        clause_ids_b: n_b of them.
        probability: shape (n_a, n_b), rounded to four digits.
        reasons: for the likeliest pairs of every clause, by (row, column), the weightiest reasons first.
    """

    clause_ids_a: list[str]
    clause_ids_b: list[str]
    probability: FloatArray
    reasons: dict[tuple[int, int], list[Reason]]


@dataclass(frozen=True, slots=True)
class KeptScores:
    """The scores of pairs of documents, each read when it is asked for."""

    lines: kept_results.KeptLines
    places: Mapping[DocumentNames, int]

    def of(self, names: DocumentNames) -> PairScores:
        """The scores of one pair."""
        return jsonl.from_lines([self.lines[self.places[names]]], LikelyCells)[0].scores()


def kept_scores(
    work: Workspace, name: str, pairs: list[DocumentNames], rows: FeatureRows, matcher: Matcher
) -> KeptScores:
    """The scores of pairs of documents, computed again where one of the two changed.

    Args:
        work: of the build; the scores are kept there.
        name: of the file that keeps them.
        pairs: ids of documents; those of one document follow each other, so that most features are computed
            once.
        rows: of the documents.
        matcher: scores them.
    """
    paths = map(work.rows, ("clauses", "tokens", "measures", "provisions"))
    hashes = kept_results.document_hashes(*paths)

    def fresh(places: list[int]) -> Iterator[bytes]:
        for some in document_rows.portions([pairs[place] for place in places], lambda names: names):
            documents = {name for names in some for name in names}
            scorer = Scorer(rows.clauses_of(documents), rows.extractor(documents), matcher)
            yield from processes.ordered(scorer.line, some, work.workers, _BATCH)

    keys = [kept_results.key(hashes[a], hashes[b]) for a, b in pairs]
    lines = kept_results.compute(work.build / f"{name}.kept", keys, fresh)
    return KeptScores(lines, {names: place for place, names in enumerate(pairs)})


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores pairs of documents; keeps the features of the last ones, for most are in several pairs.

    Attributes:
        clauses: document id → all its clauses in reading order.
        extractor: computes the documents' features.
        matcher: scores them.
        kept: features of the last documents, by id.
    """

    clauses: Mapping[str, list[Clause]]
    extractor: FeatureExtractor
    matcher: Matcher
    kept: dict[str, DocumentFeatures] = field(default_factory=dict)

    def score(self, names: DocumentNames) -> PairScores:
        """Score two documents."""
        return score(self._features(names[0]), self._features(names[1]), self.matcher)

    def line(self, names: DocumentNames) -> bytes:
        """Score two documents; the likely cells as a line."""
        return jsonl.as_line(LikelyCells.of(self.score(names)))

    def _features(self, name: str) -> DocumentFeatures:
        features = self.kept.pop(name, None) or self.extractor.extract(self.clauses[name])
        self.kept[name] = features  # as the last
        if len(self.kept) > _KEPT:
            del self.kept[next(iter(self.kept))]
        return features


@dataclass(frozen=True, slots=True)
class LikelyCells:
    """Scores as a row: the likely cells alone, each with row, column, probability and reasons."""

    clause_ids_a: list[str]
    clause_ids_b: list[str]
    cells: list[tuple[int, int, float, list[Reason]]]

    @classmethod
    def of(cls, scores: PairScores) -> "LikelyCells":
        """The cells of at least `LEAST_PROBABILITY`: of the others no use is made."""
        likely = np.argwhere(scores.probability >= LEAST_PROBABILITY).tolist()
        cells = [
            (i, j, float(scores.probability[i, j]), scores.reasons.get((i, j), []))
            for i, j in likely
        ]
        return cls(scores.clause_ids_a, scores.clause_ids_b, cells)

    def scores(self) -> PairScores:
        """As scores; cells that are not listed are 0."""
        probability = np.zeros((len(self.clause_ids_a), len(self.clause_ids_b)))
        for i, j, value, _ in self.cells:
            probability[i, j] = value
        reasons = {(i, j): found for i, j, _, found in self.cells if found}
        return PairScores(self.clause_ids_a, self.clause_ids_b, probability, reasons)


def score(a: DocumentFeatures, b: DocumentFeatures, matcher: Matcher) -> PairScores:
    """Score one pair of documents."""
    prediction = matcher.predict(a, b)
    probability = np.round(prediction.probability, 4)
    names = matcher.model.second.names
    reasons = {}
    for i, j in _likeliest(probability):
        if probability[i, j] < LEAST_PROBABILITY:
            continue
        contributions = prediction.contributions[:, i, j]
        order = np.argsort(-np.abs(contributions), kind="stable")[:_REASONS]
        reasons[i, j] = [(names[k], round(float(contributions[k]), 2)) for k in order.tolist()]
    ids_a, ids_b = ([clause.clause_id for clause in side.clauses] for side in (a, b))
    return PairScores(ids_a, ids_b, probability, reasons)


def _likeliest(probability: FloatArray) -> Iterable[tuple[int, int]]:
    """The `_EXPLAINED_PAIRS` likeliest cells of every row and of every column, in row order."""
    cells = set()
    for i, row in enumerate(probability):
        cells |= {(i, int(j)) for j in np.argsort(-row, kind="stable")[:_EXPLAINED_PAIRS]}
    for j, column in enumerate(probability.T):
        cells |= {(int(i), j) for i in np.argsort(-column, kind="stable")[:_EXPLAINED_PAIRS]}
    return sorted(cells)
