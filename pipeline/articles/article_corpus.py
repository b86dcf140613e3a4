"""Article corpus: the official texts that are compared, with their articles, terms and versions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.articles import terms, versions
from pipeline.articles.terms import Term
from pipeline.articles.versions import Versions
from pipeline.core import jsonl
from pipeline.core.computation import document_rows
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Document, Fact, Revision, ValidityEvent, document_of
from pipeline.structure import completeness
from pipeline.validity import force


@dataclass(frozen=True, slots=True)
class Corpus:
    """The official texts that articles are read in.

    Attributes:
        documents: by id.
        articles: by id, in reading order.
        terms: of the documents, by id.
        versions: of the articles.
        unfinished: document → why it is taken to stop early, None where it is complete.
        replaced: documents that another of these texts repealed, whose articles took the place of theirs.
        newest: the newest day that the build speaks of.
    """

    documents: Mapping[str, Document]
    articles: Mapping[str, Clause]
    terms: Mapping[str, Term]
    versions: Versions
    unfinished: Mapping[str, str | None]
    replaced: frozenset[str]
    newest: str

    def document(self, article: str) -> Document:
        """The document of an article."""
        return self.documents[self.articles[article].document_id]

    def term(self, article: str) -> Term:
        """The days on which an article counts."""
        document_id = self.articles[article].document_id
        own = self.terms[document_id]
        if document_id in self.replaced:
            return Term(own.first, own.last, "successor")
        return terms.of_article(own, article, self.versions.successors, self.versions.dropped)


def read(work: Workspace, document_ids: Collection[str]) -> Corpus:
    """Read the official texts among some documents."""
    documents = document_rows.heads(work.rows("documents"))
    newest = force.newest(documents, jsonl.read(work.rows("facts"), Fact))
    texts = {
        document.document_id: document
        for document in documents
        if document.document_id in document_ids and document.text_kind == "official"
    }
    events = jsonl.read(work.rows("validity"), ValidityEvent)
    forces = force.forces(texts.values(), events, newest)
    clauses = document_rows.index(work.rows("clauses"), Clause)
    articles = clauses.of(texts, jsonl.having("kind", "article"))
    return Corpus(
        documents=texts,
        articles={c.clause_id: c for c in articles if c.kind == "article"},
        terms={name: terms.of_document(own) for name, own in forces.items()},
        versions=versions.of_revisions(
            jsonl.read(work.rows("revisions"), Revision),
            {name: document.issued_date or "" for name, document in texts.items()},
        ),
        unfinished={
            document.document_id: completeness.unfinished(
                document, clauses.of([document.document_id])
            )
            for document in jsonl.each(work.rows("documents"), Document)
            if document.document_id in texts
        },
        replaced=frozenset(
            event.document_id
            for event in events
            if event.kind == "废止" and document_of(event.source_clause_id or "") in texts
        ),
        newest=newest,
    )
