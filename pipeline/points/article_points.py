"""Article points: what the aligned articles of two official texts differ in, segment by segment.

Reads   build/alignments.jsonl, documents, clauses, tokens, measures, corpus/regions.toml,
        corpus/patterns/points.toml, corpus/background/, corpus/lexicon/, corpus/models/points.json
Writes  build/article_points.jsonl

Only asserted pairs of articles; a digest restates facts and has no articles to compare.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from pipeline.core import jsonl, regions
from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticlePoints
from pipeline.core.records import (
    ASSERTED,
    Alignment,
    Clause,
    Document,
    Measure,
    Tokens,
    document_of,
)
from pipeline.core.settings import POINTS
from pipeline.language import lexicon
from pipeline.points import article_views, point_model, points_of_articles, segment_choice, slots
from pipeline.points.article_views import ArticleView
from pipeline.points.point_model import PointModel
from pipeline.similarity import (
    boilerplate,
    provision_classes,
    reference_corpus,
    sentence_index,
)
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.sentence_index import SentenceIndex

_FEW = 3  # fewer words than these are said everywhere
_BATCH = 40  # pairs sent to a process at once
ClausePair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of all pairs, laid out, with the short name of their place, by clause id.

    `sentences` are those of their documents, in which what an article lacks may be said; `minor` are pairs
    of boilerplate, and those of which the alignment is not sure.
    """

    views: dict[str, ArticleView]
    places: dict[str, str]
    sentences: SentenceIndex
    minor: set[ClausePair]
    model: PointModel
    reference: ReferenceCorpus


def run(work: Workspace) -> None:
    """Compare every asserted pair of articles of official texts."""
    documents = {d.document_id: d for d in jsonl.read(work.rows("documents"), Document)}
    alignments = jsonl.read(work.rows("alignments"), Alignment)
    confidences = official_pairs(alignments, documents)
    pairs = sorted(confidences)
    names = {clause_id for pair in pairs for clause_id in pair}
    clauses = {
        clause.clause_id: clause
        for clause in jsonl.read(work.rows("clauses"), Clause)
        if clause.clause_id in names and clause.article
    }
    pairs = [pair for pair in pairs if all(clause_id in clauses for clause_id in pair)]
    classes = boilerplate.only(provision_classes.load(DATA / "patterns/classes.toml"))
    minor = {
        pair
        for pair in pairs
        if confidences[pair] < POINTS.pair
        or all(boilerplate.is_boilerplate(clauses[name].text, classes) for name in pair)
    }
    rows = compare_all(pairs, _articles(work, clauses, documents, minor), work.jobs)
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


def _articles(
    work: Workspace,
    clauses: Mapping[str, Clause],
    documents: Mapping[str, Document],
    minor: set[ClausePair],
) -> Articles:
    texts = {document_of(clause_id) for clause_id in clauses}
    measures: dict[str, list[Measure]] = defaultdict(list)
    for measure in jsonl.read(work.rows("measures"), Measure):
        if measure.clause_id in clauses:
            measures[measure.clause_id].append(measure)
    terms, reference = lexicon.load(DATA / "lexicon"), reference_corpus.load(DATA / "background")
    patterns = slots.load()
    rows = [
        row
        for row in jsonl.read(work.rows("tokens"), Tokens)
        if document_of(row.clause_id) in texts
    ]
    views = {
        row.clause_id: article_views.view(
            clauses[row.clause_id].text,
            row.words,
            measures[row.clause_id],
            terms,
            reference,
            patterns,
        )
        for row in rows
        if row.clause_id in clauses
    }
    sentences = sentence_index.build(
        (document_of(row.clause_id), row.words, [*map(terms.term, row.words)]) for row in rows
    )
    regions_by_id = regions.load(DATA / "regions.toml")
    places = {
        clause_id: regions.short_name(regions_by_id[documents[clause.document_id].region_id].name)
        for clause_id, clause in clauses.items()
    }
    return Articles(views, places, sentences, minor, point_model.load(), reference)


def compare_all(pairs: Sequence[ClausePair], articles: Articles, jobs: int) -> list[ArticlePoints]:
    """The points of all pairs, by some processes; their number changes nothing."""
    with threadpool_limits(1):
        if jobs == 1 or len(pairs) <= _BATCH:
            return [compare(pair, articles) for pair in pairs]
        with ProcessPoolExecutor(jobs, initializer=_start, initargs=(articles,)) as pool:
            return list(pool.map(_compare_task, pairs, chunksize=_BATCH))


_ARTICLES: list[Articles] = []  # of a worker process: sent once, not with every pair


def _start(articles: Articles) -> None:
    threadpool_limits(1)
    _ARTICLES.append(articles)


def _compare_task(pair: ClausePair) -> ArticlePoints:
    return compare(pair, _ARTICLES[0])


def compare(pair: ClausePair, articles: Articles) -> ArticlePoints:
    """The points of one pair."""
    a, b = (articles.views[clause_id] for clause_id in pair)
    compared = segment_choice.compare(a, b, articles.model, articles.reference)
    places = articles.places[pair[0]], articles.places[pair[1]]

    def is_elsewhere(side: str, run: int) -> bool:
        own, other = (0, 1) if side == "a" else (1, 0)
        terms = articles.views[pair[own]].terms(run)
        weights = sentence_index.word_weights(terms, articles.reference)
        cover = articles.sentences.coverage(document_of(pair[other]), weights)
        return len(weights) >= _FEW and cover >= POINTS.elsewhere

    return ArticlePoints(
        *pair,
        points_of_articles.points(
            compared, pair, places, is_elsewhere, is_minor=pair in articles.minor
        ),
    )
