"""Alignments: which clause of one region corresponds to which clause of another.

Reads   build/documents.jsonl, document_pairs, clauses, tokens, topics, measures, provisions,
        corpus/comparisons.toml, corpus/pairs.toml, corpus/background/, corpus/patterns/classes.toml,
        corpus/models/match.json, build/reviews.jsonl
Writes  build/alignments.jsonl

Each region of a comparison's stack is aligned with the baseline separately, so that a province's clause
never hides a city's. Documents on the same matter, as a whole or in part, are compared article by article,
and an article is as sure as its documents are; elsewhere pairs that are each other's most similar, near ties
included, are asserted. Other similar pairs are kept as candidates. The verdicts of corpus/pairs.toml override
both, and those of reviewers override these. A clause without partner is no error here: the stage gaps reports it.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from pipeline.alignment import candidates, expert_pairs, match_model, pair_scoring, word_diff
from pipeline.alignment.candidates import CandidateSet, PlacePair, ScoredDocuments
from pipeline.alignment.match_model import Matcher, MatchModel
from pipeline.alignment.pair_scoring import KeptScores, PairScores
from pipeline.core import comparisons, jsonl, regions
from pipeline.core.computation import document_rows, processes
from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import (
    ASSERTED,
    COMPARED,
    Alignment,
    Clause,
    ClauseTopic,
    Document,
    DocumentPair,
    Tokens,
)
from pipeline.core.settings import ALIGNMENTS
from pipeline.language import lexicon
from pipeline.reviews import review_verdicts
from pipeline.similarity import (
    boilerplate,
    clause_index,
    document_features,
    provision_classes,
    reference_corpus,
    vectors,
)
from pipeline.similarity.clause_index import ClauseIndex
from pipeline.similarity.document_features import FeatureRows
from pipeline.similarity.vectors import ClauseCounts

_STATUS = {"other_name": "candidate"}  # another institution for the same need: shown, not compared
_EXPERT_CONFIDENCE = 0.95  # of an accepted pair; two annotators agree at 0.97
RELATED = "related"  # kind of a pair of documents
Verdicts = dict[tuple[str, str], str]  # (clause_a, clause_b) → status


@dataclass(frozen=True, slots=True)
class RegionPair:
    """A comparison's baseline and one region of its stack, as rows of the clause index."""

    comparison_id: str
    baseline_rows: list[int]
    region_rows: list[int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What clauses are aligned by.

    Attributes:
        index: all clauses.
        answering: scores of documents on the same matter, as a whole or in part, those of a pair's
            regions are used.
        related: scores of documents whose matters are near each other, likewise.
        model: its thresholds, and the probability of pairs found by searching.
        verdicts: decisions of experts.
    """

    index: ClauseIndex
    answering: ScoredDocuments
    related: ScoredDocuments
    model: MatchModel
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class Material:
    """What alignments are made from, read region by region: memory holds one baseline and its regions.

    Attributes:
        documents: without texts.
        rows: of all documents.
        topics: of all clauses.
        counts: of the terms of all clauses.
        pairs: of documents that are read article by article, by their ids.
        scored: their scores.
        verdicts: decisions of experts.
    """

    documents: list[Document]
    rows: FeatureRows
    topics: DocumentRows[ClauseTopic]
    counts: ClauseCounts
    pairs: dict[tuple[str, str], DocumentPair]
    scored: KeptScores
    model: MatchModel
    verdicts: Verdicts

    def evidence(self, region_ids: Container[str]) -> Evidence:
        """The evidence on the clauses of some regions."""
        documents = [
            document
            for document in self.documents
            if document.region_id in region_ids and document.text_kind in COMPARED
        ]
        names = [document.document_id for document in documents]
        extractor, clauses = self.rows.extractor(names), self.rows.clauses_of(names)
        index = clause_index.build(
            documents,
            [Tokens(*row) for row in extractor.words.items()],
            self.topics.of(names),
            extractor.lexicon,
            {c.clause_id: c.heading for own in clauses.values() for c in own if c.heading},
            extractor.classes,
            self.counts,
        )
        pairs = {key: pair for key, pair in self.pairs.items() if clauses.keys() >= {*key}}
        related = {key: self.scored.of(key) for key, pair in pairs.items() if pair.kind == RELATED}
        usual = _boilerplate({name for key in pairs.keys() - related for name in key}, clauses)
        answering = {
            key: discounted(self.scored.of(key), pair, usual)
            for key, pair in pairs.items()
            if key not in related
        }
        return Evidence(index, answering, related, self.model, self.verdicts)


def run(work: Workspace) -> None:
    """Align every comparison."""
    regions_by_id = regions.load(DATA / "regions.toml")
    material = gather(work)
    covered = {d.region_id for d in material.documents if d.text_kind in COMPARED}
    compared = comparisons.load(DATA / "comparisons.toml", regions_by_id, covered)
    count: Counter[bool] = Counter()

    def lines() -> Iterator[bytes]:
        sides = comparisons.sides(compared, regions_by_id)
        places = (document.region_id for document in material.documents)
        for own, group in comparisons.in_groups(sides, places):
            evidence = material.evidence(own)
            pairs = [pair for side in group for pair in region_pairs(*side, evidence.index)]
            for rows, asserted in processes.ordered(partial(_lines, evidence), pairs, work.workers):
                count.update({True: asserted, False: len(rows) - asserted})
                yield from rows

    jsonl.write_lines(work.rows("alignments"), lines())
    print(
        f"alignments: {len(material.pairs)} 对文件逐条对读，{count[True]} 对确认，{count[False]} 对候选"
    )


def gather(work: Workspace) -> Material:
    """Read what alignments are made from, and score the pairs of documents."""
    rows = document_features.rows_of(work)
    model = match_model.load()
    classes = provision_classes.load(DATA / "patterns/classes.toml")
    matcher = Matcher(model, reference_corpus.load(DATA / "background"), classes)
    clause_ids = {row.clause_id for row in jsonl.each(work.rows("tokens"), Tokens)}
    experts = expert_pairs.load(DATA / "pairs.toml", clause_ids)
    pairs = {
        (pair.document_a, pair.document_b): pair
        for pair in jsonl.read(work.rows("document_pairs"), DocumentPair)
        if pair.kind != "revision"
    }
    return Material(
        document_rows.heads(work.rows("documents")),
        rows,
        document_rows.index(work.rows("topics"), ClauseTopic),
        clause_index.count(rows.tokens, lexicon.load(DATA / "lexicon")),
        pairs,
        pair_scoring.kept_scores(work, "pair_scores", list(pairs), rows, matcher),
        model,
        {(p.clause_a, p.clause_b): _STATUS.get(p.verdict, p.verdict) for p in experts}
        | review_verdicts.pair_statuses(review_verdicts.of_build(work)),
    )


def _lines(evidence: Evidence, pair: RegionPair) -> tuple[list[bytes], int]:
    """The rows of one pair of regions as lines, and how many are asserted."""
    rows = list(align(pair, evidence))
    return list(map(jsonl.as_line, rows)), sum(row.status in ASSERTED for row in rows)


def _boilerplate(names: Iterable[str], clauses: Mapping[str, list[Clause]]) -> set[str]:
    """The articles of purpose, scope, commencement and the like of some documents."""
    classes = boilerplate.only(provision_classes.load(DATA / "patterns/classes.toml"))
    return {
        clause.clause_id
        for name in names
        for clause in clauses[name]
        if clause.is_unit and boilerplate.is_boilerplate(clause.text, classes)
    }


def discounted(scores: PairScores, pair: DocumentPair, usual: set[str]) -> PairScores:
    """Scores times how sure it is that the two documents answer each other at all.

    A right article in a wrong pair of documents is wrong.

    Args:
        scores: of two documents.
        pair: of them; without confidence it counts as sure.
        usual: articles that answer none where only a part is common: purpose and commencement.
    """
    share = 1.0 if pair.confidence is None else pair.confidence
    dropped = usual if pair.kind == "part" else set()
    kept_a, kept_b = (
        np.array([name not in dropped for name in ids], float)
        for ids in (scores.clause_ids_a, scores.clause_ids_b)
    )
    probability = scores.probability * share * np.outer(kept_a, kept_b)
    return replace(scores, probability=np.round(probability, 4))


def region_pairs(
    baseline: frozenset[str], sides: list[tuple[str, str]], index: ClauseIndex
) -> Iterator[RegionPair]:
    """A baseline with each region that it is compared with.

    A pair of clauses belongs to the first comparison that has their regions; gaps reads it for all.
    """
    baseline_rows = index.rows_of_regions(set(baseline))
    for comparison_id, region_id in sides:
        yield RegionPair(comparison_id, baseline_rows, index.rows_of_regions({region_id}))


def align(pair: RegionPair, evidence: Evidence) -> Iterator[Alignment]:
    """Align the baseline's clauses with one region's."""
    left, right, index = pair.baseline_rows, pair.region_rows, evidence.index
    candidate_set = candidates.find(
        left, right, index, evidence.answering, evidence.related, evidence.model
    )
    place_a, place_b = (
        {index.tokens[row].clause_id: i for i, row in enumerate(side)} for side in (left, right)
    )
    decided = {
        (place_a[a], place_b[b]): status
        for (a, b), status in evidence.verdicts.items()
        if a in place_a and b in place_b
    }
    place_pairs = sorted(candidates.shown(candidate_set, ALIGNMENTS.kept) | set(decided))
    similarities = vectors.paired_cosines(
        index.vectors.combined,
        [left[a] for a, _ in place_pairs],
        [right[b] for _, b in place_pairs],
    )
    for place_pair, similarity in zip(place_pairs, similarities, strict=True):
        default = "auto" if place_pair in candidate_set.asserted else "candidate"
        status = decided.get(place_pair, default)
        yield _alignment(pair, index, candidate_set, place_pair, similarity, status)


def _alignment(
    pair: RegionPair,
    index: ClauseIndex,
    candidate_set: CandidateSet,
    place_pair: PlacePair,
    similarity: float,
    status: str,
) -> Alignment:
    a, b = pair.baseline_rows[place_pair[0]], pair.region_rows[place_pair[1]]
    clause_a, clause_b = index.tokens[a], index.tokens[b]
    # An expert's pair may be no candidate.
    candidate = candidate_set.by_pair.get(place_pair, candidates.NO_CANDIDATE)
    is_whole_text = status == "auto" and candidate.scope == "pair"
    diff = word_diff.diff(clause_a.words, clause_b.words) if status in ASSERTED else None
    return Alignment(
        alignment_id=f"{pair.comparison_id}__{clause_a.clause_id}__vs__{clause_b.clause_id}",
        comparison_id=pair.comparison_id,
        clause_a=clause_a.clause_id,
        clause_b=clause_b.clause_id,
        similarity=round(similarity, 4),
        confidence=_EXPERT_CONFIDENCE if status == "accepted" else candidate.probability,
        rank=candidate_set.rank(place_pair),
        shared_terms=vectors.shared_terms(index.vectors, a, b),
        status=status,
        scope=candidate.scope,
        extent=candidate_set.extent(place_pair) if is_whole_text else None,
        reasons=candidate.reasons,
        diff=diff,
    )
