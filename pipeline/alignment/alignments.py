"""Alignments: which clause of one region corresponds to which clause of another.

Reads   build/documents.jsonl, document_pairs, clauses, tokens, topics, measures, provisions,
        corpus/comparisons.toml, corpus/pairs.toml, corpus/background/, corpus/patterns/classes.toml,
        corpus/models/match.json
Writes  build/alignments.jsonl

Each region of a comparison's stack is aligned with the baseline separately, so that a province's clause
never hides a city's. Documents on the same matter, as a whole or in part, are compared article by article,
and an article is as sure as its documents are; elsewhere pairs that are each other's most similar, near ties
included, are asserted. Other similar pairs are kept as candidates. The verdicts of corpus/pairs.toml override
both. A clause without partner is no error here: the stage gaps reports it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from pipeline.alignment import candidates, expert_pairs, match_model, pair_scoring, word_diff
from pipeline.alignment.candidates import CandidateSet, PlacePair, ScoredDocuments
from pipeline.alignment.match_model import Matcher, MatchModel
from pipeline.alignment.pair_scoring import PairScores, Scorer
from pipeline.core import comparisons, jsonl, regions
from pipeline.core.computation import processes
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import (
    ASSERTED,
    Alignment,
    Clause,
    ClauseTopic,
    Document,
    DocumentPair,
    Region,
)
from pipeline.core.settings import ALIGNMENTS
from pipeline.similarity import (
    boilerplate,
    clause_index,
    document_features,
    reference_corpus,
    vectors,
)
from pipeline.similarity.clause_index import ClauseIndex
from pipeline.similarity.document_features import FeatureExtractor

_STATUS = {"other_name": "candidate"}  # another institution for the same need: shown, not compared
_EXPERT_CONFIDENCE = 0.95  # of an accepted pair; two annotators agree at 0.97
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


def run(work: Workspace) -> None:
    """Align every comparison."""
    regions_by_id = regions.load(DATA / "regions.toml")
    tokens = document_features.read_tokens(work)
    extractor = document_features.extractor(work, tokens)
    headings, clauses = read_clauses(work)
    documents = jsonl.read(work.rows("documents"), Document)
    topics = jsonl.read(work.rows("topics"), ClauseTopic)
    index = clause_index.build(
        documents, tokens, topics, extractor.lexicon, headings, extractor.classes
    )
    experts = expert_pairs.load(DATA / "pairs.toml", {row.clause_id for row in index.tokens})
    verdicts = {(p.clause_a, p.clause_b): _STATUS.get(p.verdict, p.verdict) for p in experts}
    model = match_model.load()
    matcher = Matcher(model, reference_corpus.load(DATA / "background"), extractor.classes)
    pairs = {
        (pair.document_a, pair.document_b): pair
        for pair in jsonl.read(work.rows("document_pairs"), DocumentPair)
        if pair.kind != "revision"
    }
    scorer = Scorer(clauses, extractor, matcher)
    scored = pair_scoring.kept_scores(work, "pair_scores", list(pairs), scorer)
    related = {names: each for names, each in scored.items() if pairs[names].kind == "related"}
    usual = _boilerplate(clauses, extractor)
    answering = {
        names: discounted(each, pairs[names], usual)
        for names, each in scored.items()
        if names not in related
    }
    evidence = Evidence(index, answering, related, model, verdicts)
    found = list(
        processes.ordered(
            partial(_lines, evidence), list(region_pairs(regions_by_id, index)), work.workers
        )
    )
    jsonl.write_lines(work.rows("alignments"), (line for lines, _ in found for line in lines))
    asserted, count = sum(each for _, each in found), sum(len(lines) for lines, _ in found)
    print(f"alignments: {len(scored)} 对文件逐条对读，{asserted} 对确认，{count - asserted} 对候选")


def _lines(evidence: Evidence, pair: RegionPair) -> tuple[list[bytes], int]:
    """The rows of one pair of regions as lines, and how many are asserted."""
    rows = list(align(pair, evidence))
    return list(map(jsonl.as_line, rows)), sum(row.status in ASSERTED for row in rows)


def _boilerplate(clauses: dict[str, list[Clause]], extractor: FeatureExtractor) -> set[str]:
    """The articles of purpose, scope, commencement and the like."""
    classes = boilerplate.only(extractor.classes)
    return {
        clause.clause_id
        for of_document in clauses.values()
        for clause in of_document
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


def read_clauses(work: Workspace) -> tuple[dict[str, str], dict[str, list[Clause]]]:
    """All headings by clause, and the clauses of paired documents by document, in reading order."""
    pairs = jsonl.read(work.rows("document_pairs"), DocumentPair)
    paired = {name for pair in pairs for name in (pair.document_a, pair.document_b)}
    headings: dict[str, str] = {}
    clauses: dict[str, list[Clause]] = defaultdict(list)
    for clause in jsonl.read(work.rows("clauses"), Clause):
        if clause.heading:
            headings[clause.clause_id] = clause.heading
        if clause.document_id in paired:
            clauses[clause.document_id].append(clause)
    return headings, clauses


def region_pairs(regions_by_id: dict[str, Region], index: ClauseIndex) -> Iterator[RegionPair]:
    """Every baseline with each region of its comparisons' stacks, each combination once.

    A pair of clauses belongs to the first comparison that has their regions; gaps reads it for all.
    """
    seen = set()
    region_ids = set(index.region_ids)
    for comparison in comparisons.load(DATA / "comparisons.toml", regions_by_id, region_ids):
        baseline = comparisons.baseline(comparison, regions_by_id)
        baseline_rows = index.rows_of_regions(baseline)
        for region_id in comparison.stack:
            if (key := (frozenset(baseline), region_id)) not in seen:
                seen.add(key)
                region_rows = index.rows_of_regions({region_id})
                yield RegionPair(comparison.comparison_id, baseline_rows, region_rows)


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
