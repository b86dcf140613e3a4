"""Article points: what the aligned articles of two official texts differ in, segment by segment.

Reads   build/alignments.jsonl, documents, clauses, tokens, measures, corpus/regions.toml,
        corpus/patterns/points.toml, corpus/background/, corpus/lexicon/, corpus/models/points.json
Writes  build/article_points.jsonl

Only asserted pairs of articles; a digest restates facts and has no articles to compare.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from pipeline.core import jsonl
from pipeline.core.computation import document_rows, kept_results, processes
from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticlePoints
from pipeline.core.records import (
    ASSERTED,
    Alignment,
    Document,
    document_of,
)
from pipeline.core.settings import POINTS
from pipeline.points import article_texts, point_candidates, point_model, points_of_articles, slots
from pipeline.points.article_texts import ArticleTexts, PointRows
from pipeline.points.point_model import PointModel
from pipeline.points.points_of_articles import NOWHERE, Elsewhere
from pipeline.similarity import (
    boilerplate,
    provision_classes,
    sentence_index,
)

_FEW = 3  # fewer words than these are said everywhere
_BATCH = 40  # pairs sent to a process at once
_NONE = b"\n"  # the line of a pair of which one is no article
ClausePair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairComparison:
    """What every pair is compared with; `minor` are pairs of boilerplate, and unsure ones."""

    texts: ArticleTexts
    minor: set[ClausePair]
    model: PointModel


def run(work: Workspace) -> None:
    """Compare every asserted pair of articles of official texts, again where one of their texts changed."""
    model = point_model.load()
    slots.load()  # so that a mistake in either file is told at every build
    documents = {d.document_id: d for d in document_rows.heads(work.rows("documents"))}
    is_asserted = [jsonl.having("status", status) for status in ASSERTED]
    alignments = jsonl.each(
        work.rows("alignments"), Alignment, lambda line: any(test(line) for test in is_asserted)
    )
    confidences = official_pairs(alignments, documents)
    hashes = kept_results.document_hashes(*map(work.rows, ("clauses", "tokens", "measures")))
    pairs = sorted(confidences)

    def key(pair: ClausePair) -> str:
        texts = [documents[document_of(name)] for name in pair]
        places = [(hashes[text.document_id], text.region_id) for text in texts]
        return kept_results.key(pair, confidences[pair] < POINTS.pair, places)

    def fresh(places: list[int]) -> Iterator[bytes]:
        missing = (pairs[place] for place in places)
        for some in document_rows.portions(missing, lambda pair: map(document_of, pair)):
            sure = {pair: confidences[pair] for pair in some}
            for row in compare_all(work, rows, sure, documents, model):
                yield _NONE if row is None else jsonl.as_line(row)

    rows = article_texts.rows_of(work)
    kept = kept_results.compute(work.build / "points.kept", list(map(key, pairs)), fresh)
    jsonl.write_lines(work.rows("article_points"), (line for line in kept if line != _NONE))
    counts = [len(row.points) for row in jsonl.each(work.rows("article_points"), ArticlePoints)]
    print(f"article_points: {len(counts)} 对条文，{sum(counts)} 个差异点")


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
    work: Workspace,
    rows: PointRows,
    confidences: Mapping[ClausePair, float],
    documents: Mapping[str, Document],
    model: PointModel,
) -> Iterator[ArticlePoints | None]:
    """The points of some pairs, in their order; None where one is no article.

    Args:
        work: of the build.
        rows: of it.
        confidences: of the alignment of each pair.
        documents: by id.
        model: of what is told.
    """
    texts = article_texts.load(rows, {name for pair in confidences for name in pair}, documents)
    classes = boilerplate.only(provision_classes.load(DATA / "patterns/classes.toml"))
    minor = {
        pair
        for pair, confidence in confidences.items()
        if confidence < POINTS.pair
        or all(
            name in texts.views and boilerplate.is_boilerplate(texts.views[name].text, classes)
            for name in pair
        )
    }
    comparison = PairComparison(texts, minor, model)
    return processes.ordered(partial(compare, comparison), list(confidences), work.workers, _BATCH)


def compare(comparison: PairComparison, pair: ClausePair) -> ArticlePoints | None:
    """The points of one pair; None where one is no article."""
    texts = comparison.texts
    if not all(name in texts.views for name in pair):
        return None
    a, b = (texts.views[clause_id] for clause_id in pair)
    compared = point_candidates.compare(a, b, comparison.model, texts.reference)
    places = texts.places[pair[0]], texts.places[pair[1]]
    besides = texts.openings.union(pair)

    def elsewhere(side: str, run: int) -> Elsewhere:
        own, other = (0, 1) if side == "a" else (1, 0)
        terms, document_id = texts.views[pair[own]].terms(run), document_of(pair[other])
        weights = sentence_index.word_weights(terms, texts.reference)
        if len(weights) < _FEW:
            return NOWHERE
        is_said = texts.sentences.coverage(document_id, weights) >= POINTS.elsewhere
        share, clause_id = texts.sentences.nearest(document_id, terms, besides)
        return Elsewhere(is_said, texts.numbers[clause_id] if share >= POINTS.see_also else "")

    return ArticlePoints(
        *pair,
        points_of_articles.points(
            compared, pair, places, elsewhere, is_minor=pair in comparison.minor
        ),
    )
