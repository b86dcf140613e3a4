"""Article texts: the articles that are compared, laid out with what their documents say besides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.core import jsonl, regions
from pipeline.core.computation import document_rows
from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Document, Measure, Tokens, document_of
from pipeline.language import lexicon
from pipeline.points import article_views, slots
from pipeline.points.article_views import ArticleView
from pipeline.similarity import article_parts, reference_corpus, sentence_index
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.sentence_index import SentenceIndex


@dataclass(frozen=True, slots=True)
class PointRows:
    """The rows that points are read from, of any documents of a build."""

    clauses: DocumentRows[Clause]
    tokens: DocumentRows[Tokens]
    measures: DocumentRows[Measure]


def rows_of(work: Workspace) -> PointRows:
    """The rows of a build."""
    return PointRows(
        document_rows.index(work.rows("clauses"), Clause),
        document_rows.index(work.rows("tokens"), Tokens),
        document_rows.index(work.rows("measures"), Measure),
    )


@dataclass(frozen=True, slots=True)
class ArticleTexts:
    """The articles of some pairs, by clause id.

    Attributes:
        views: the compared ones, laid out.
        places: short name of the region of their document.
        numbers: 第N条, of every article of their documents.
        openings: the first two articles of each, of purpose and scope, which name every thing.
        sentences: of their documents, in which what an article lacks may be said.
        reference: for the weights of words.
    """

    views: dict[str, ArticleView]
    places: dict[str, str]
    numbers: dict[str, str]
    openings: set[str]
    sentences: SentenceIndex
    reference: ReferenceCorpus


def load(rows: PointRows, wanted: set[str], documents: Mapping[str, Document]) -> ArticleTexts:
    """Read some articles of a build.

    Args:
        rows: of the build.
        wanted: clause ids of the articles to be compared.
        documents: by id.
    """
    texts = {document_of(clause_id) for clause_id in wanted}
    clauses = {
        clause.clause_id: clause
        for clause in rows.clauses.of(texts, jsonl.having("kind", "article"))
        if clause.kind == "article"
    }
    tokens = {row.clause_id: row.words for row in rows.tokens.of(texts)}
    terms, reference = lexicon.load(DATA / "lexicon"), reference_corpus.load(DATA / "background")
    measures = _measures(rows.measures.of(texts), wanted)
    cited, patterns = _Citations(clauses), slots.load()

    def view(name: str) -> ArticleView:
        text, own = clauses[name].text, cited.of(clauses[name])
        words, quantities = tokens[name], measures[name]
        return article_views.view(text, words, quantities, terms, reference, patterns, own)

    return ArticleTexts(
        {name: view(name) for name in sorted(wanted & clauses.keys() & tokens.keys())},
        _places(wanted & clauses.keys(), documents),
        {name: clause.path.split()[-1] for name, clause in clauses.items()},
        {name for name, clause in clauses.items() if clause.article in ("1", "2")},
        sentence_index.build(
            (name, words, [*map(terms.term, words)]) for name, words in tokens.items()
        ),
        reference,
    )


class _Citations:
    """What the articles of some documents rule, in a few words, for those that cite them by number."""

    def __init__(self, clauses: Mapping[str, Clause]) -> None:
        self._articles = {(c.document_id, c.article): c for c in clauses.values()}

    def of(self, clause: Clause) -> dict[str, str]:
        """Number → words, of the articles of its own document that an article cites."""
        found = {}
        for number in article_parts.own_references(clause.text):
            other = self._articles.get((clause.document_id, number))
            if other is not None:
                heading = article_parts.bare_heading(other.heading)
                found[number] = heading or article_parts.leading_words(other.text)
        return found


def _measures(measures: Iterable[Measure], wanted: set[str]) -> dict[str, list[Measure]]:
    by_clause: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        if measure.clause_id in wanted:
            by_clause[measure.clause_id].append(measure)
    return by_clause


def _places(wanted: Iterable[str], documents: Mapping[str, Document]) -> dict[str, str]:
    by_id = regions.load(DATA / "regions.toml")
    return {
        name: regions.short_name(by_id[documents[document_of(name)].region_id].name)
        for name in wanted
    }
