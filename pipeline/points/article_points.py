"""Article points: what the aligned articles of two official texts differ in, segment by segment.

Reads   build/alignments.jsonl, documents, clauses, tokens, measures, corpus/regions.toml,
        corpus/patterns/points.toml, corpus/background/, corpus/lexicon/, corpus/models/points.json
Writes  build/article_points.jsonl

Only asserted pairs of articles; a digest restates facts and has no articles to compare.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticlePoints
from pipeline.core.records import (
    ASSERTED,
    Alignment,
    Document,
    document_of,
)
from pipeline.core.settings import POINTS
from pipeline.points import article_texts, point_model, points_of_articles, segment_choice
from pipeline.points.article_texts import ArticleTexts
from pipeline.points.point_model import PointModel
from pipeline.points.points_of_articles import NOWHERE, Elsewhere
from pipeline.similarity import (
    boilerplate,
    provision_classes,
    sentence_index,
)

_FEW = 3  # fewer words than these are said everywhere
_BATCH = 40  # pairs sent to a process at once
ClausePair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairComparison:
    """What every pair is compared with; `minor` are pairs of boilerplate, and unsure ones."""

    texts: ArticleTexts
    minor: set[ClausePair]
    model: PointModel


def run(work: Workspace) -> None:
    """Compare every asserted pair of articles of official texts."""
    documents = {d.document_id: d for d in jsonl.read(work.rows("documents"), Document)}
    alignments = jsonl.read(work.rows("alignments"), Alignment)
    confidences = official_pairs(alignments, documents)
    texts = article_texts.load(work, {name for pair in confidences for name in pair}, documents)
    pairs = sorted(pair for pair in confidences if all(name in texts.views for name in pair))
    classes = boilerplate.only(provision_classes.load(DATA / "patterns/classes.toml"))
    minor = {
        pair
        for pair in pairs
        if confidences[pair] < POINTS.pair
        or all(boilerplate.is_boilerplate(texts.views[name].text, classes) for name in pair)
    }
    rows = compare_all(pairs, PairComparison(texts, minor, point_model.load()), work.jobs)
    jsonl.write(work.rows("article_points"), rows)
    count = sum(len(row.points) for row in rows)
    print(f"article_points: {len(rows)} 对条文，{count} 个差异点")


def official_pairs(
    alignments: Iterable[Alignment], documents: Mapping[str, Document]
) -> dict[ClausePair, float]:
    """The asserted pairs of clauses of official texts, each with the confidence of the alignment."""
    return {
        (row.clause_a, row.clause_b): row.confidence
        for row in alignments
        if row.status in ASSERTED
        and all(
            documents[document_of(clause_id)].text_kind == "official"
            for clause_id in (row.clause_a, row.clause_b)
        )
    }


def compare_all(
    pairs: Sequence[ClausePair], comparison: PairComparison, jobs: int
) -> list[ArticlePoints]:
    """The points of all pairs, by some processes; their number changes nothing."""
    with threadpool_limits(1):
        if jobs == 1 or len(pairs) <= _BATCH:
            return [compare(pair, comparison) for pair in pairs]
        with ProcessPoolExecutor(jobs, initializer=_start, initargs=(comparison,)) as pool:
            return list(pool.map(_compare_task, pairs, chunksize=_BATCH))


_COMPARISON: list[PairComparison] = []  # of a worker process: sent once, not with every pair


def _start(comparison: PairComparison) -> None:
    threadpool_limits(1)
    _COMPARISON.append(comparison)


def _compare_task(pair: ClausePair) -> ArticlePoints:
    return compare(pair, _COMPARISON[0])


def compare(pair: ClausePair, comparison: PairComparison) -> ArticlePoints:
    """The points of one pair."""
    texts = comparison.texts
    a, b = (texts.views[clause_id] for clause_id in pair)
    compared = segment_choice.compare(a, b, comparison.model, texts.reference)
    places = texts.places[pair[0]], texts.places[pair[1]]

    def elsewhere(side: str, run: int) -> Elsewhere:
        own, other = (0, 1) if side == "a" else (1, 0)
        terms, document_id = texts.views[pair[own]].terms(run), document_of(pair[other])
        weights = sentence_index.word_weights(terms, texts.reference)
        if len(weights) < _FEW:
            return NOWHERE
        is_said = texts.sentences.coverage(document_id, weights) >= POINTS.elsewhere
        share, clause_id = texts.sentences.nearest(document_id, terms)
        is_near = share >= POINTS.see_also and clause_id not in (pair[other], *texts.openings)
        return Elsewhere(is_said, texts.numbers[clause_id] if is_near else "")

    return ArticlePoints(
        *pair,
        points_of_articles.points(
            compared, pair, places, elsewhere, is_minor=pair in comparison.minor
        ),
    )
