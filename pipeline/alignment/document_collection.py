"""Document collection: what is compared of whole documents, as vectors over one vocabulary.

Every value depends on the document and the reference corpus alone, not on which other documents are there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.alignment import title_matters
from pipeline.alignment.title_matters import TitleMatter, TitleRules
from pipeline.core.records import Citation, Clause, Document, Tokens, document_of
from pipeline.language import document_titles
from pipeline.language.lexicon import Lexicon
from pipeline.similarity import article_parts, term_counts
from pipeline.similarity.arrays import FloatArray, SparseMatrix
from pipeline.similarity.pairwise import sublinear_tf
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.term_counts import Vocabulary

_SCOPE_CLASSES = {"purpose", "scope", "define"}
_OPENING = 12  # units among which purpose, scope and definitions stand
_BASIS_UNITS = 2  # units in which a document says what it is made under
_KEY_TERMS = 20
_HEADED = ("part", "chapter", "section")


@dataclass(frozen=True, slots=True)
class DocumentProfile:
    """What is compared of one official document.

    Attributes:
        title: terms of the whole title.
        matter: of the title.
        units: the terms of every unit clause, in reading order.
        scope: the terms of the articles on purpose, scope and definitions.
        headings: the terms of every chapter's and section's heading.
        basis: names of the acts that the document says it is made under, the principal one first.
    """

    document: Document
    title: list[str]
    matter: TitleMatter
    units: list[list[str]]
    scope: list[str]
    headings: list[list[str]]
    basis: list[str]


@dataclass(frozen=True, slots=True)
class ProfileReader:
    """Makes profiles.

    Attributes:
        words: of every unit clause.
        citations: by document.
        places: names of regions by id.
    """

    lexicon: Lexicon
    rules: TitleRules
    classes: Sequence[ArticleClass]
    words: Mapping[str, list[str]]
    citations: Mapping[str, Sequence[Citation]]
    places: Mapping[str, str]

    def read(self, document: Document, clauses: Sequence[Clause]) -> DocumentProfile:
        """The profile of a document, given all its clauses in reading order."""
        lexicon = self.lexicon
        units = [clause for clause in clauses if clause.is_unit]
        terms = [lexicon.terms(self.words[unit.clause_id]) for unit in units]
        opening = zip(units[:_OPENING], terms, strict=False)
        return DocumentProfile(
            document=document,
            title=lexicon.terms(lexicon.cut(document.title)),
            matter=title_matters.read(
                document.title, self.places.get(document.region_id, ""), self.rules, lexicon
            ),
            units=terms,
            scope=[term for unit, row in opening if self._is_scope(unit) for term in row],
            headings=[
                lexicon.terms(lexicon.cut(clause.heading))
                for clause in clauses
                if clause.kind in _HEADED and clause.heading
            ],
            basis=self._basis(document, units),
        )

    def _is_scope(self, unit: Clause) -> bool:
        body = unit.text[article_parts.body_start(unit.text) :]
        return any(
            each.class_id in _SCOPE_CLASSES and each.pattern.search(body) for each in self.classes
        )

    def _basis(self, document: Document, units: Sequence[Clause]) -> list[str]:
        """The act that the title implements, then those that the first units name as 依据."""
        first = {unit.clause_id for unit in units[:_BASIS_UNITS]}
        named = [
            document_titles.key(row.name)
            for row in self.citations.get(document.document_id, ())
            if row.relation == "依据" and row.name and _unit_of(row.clause_id) in first
        ]
        return list(dict.fromkeys([*title_matters.implemented(document.title), *named]))


def _unit_of(clause_id: str) -> str:
    """The article that a clause is or lies in, by its id."""
    return "__".join(clause_id.split("__")[:2])


def profiles(
    documents: Iterable[Document],
    clauses: Iterable[Clause],
    reader: ProfileReader,
    least_units: int,
) -> list[DocumentProfile]:
    """The profiles of the official documents with some unit clauses, in order of ids.

    Args:
        documents: of the build.
        clauses: all, those of a document in reading order.
        reader: makes them.
        least_units: unit clauses that a document must have.
    """
    by_document: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        by_document[clause.document_id].append(clause)
    return [
        reader.read(document, by_document[document.document_id])
        for document in sorted(documents, key=lambda document: document.document_id)
        if document.text_kind == "official"
        and sum(c.is_unit for c in by_document[document.document_id]) >= least_units
    ]


@dataclass(frozen=True, slots=True)
class DocumentCollection:
    """n profiles as vectors; a column is the same term in all.

    Attributes:
        articles: unit vectors of each document's unit clauses.
        contents: unit vectors of whole documents, in which rare terms count above all.
        scopes: likewise, of purpose, scope and definitions.
        used: the columns of the terms that each document uses.
        key_terms: of each document, its weightiest columns with their shares of their total.
    """

    profiles: list[DocumentProfile]
    articles: list[SparseMatrix]
    contents: SparseMatrix
    scopes: SparseMatrix
    used: list[frozenset[int]]
    key_terms: list[dict[int, float]]

    def rows_of(self, region_ids: set[str]) -> list[int]:
        """The rows of some regions' documents."""
        places = [profile.document.region_id for profile in self.profiles]
        return [row for row, region_id in enumerate(places) if region_id in region_ids]


def collect(rows: Sequence[DocumentProfile], reference: ReferenceCorpus) -> DocumentCollection:
    """The vectors of some documents."""
    counted = term_counts.count([unit for profile in rows for unit in profile.units])
    scopes = term_counts.count([profile.scope for profile in rows])
    idf = reference.idf(counted.terms, reference.word_counts)
    starts = np.cumsum([0, *(len(profile.units) for profile in rows)])
    # Squared, because words such as 条例 and 管理 occur in nearly every text.
    rare = sparse.diags(idf**2)
    articles = unit_vectors(sublinear_tf(counted.counts) @ sparse.diags(idf))
    contents = (sublinear_tf(_totals(counted.counts, starts)) @ rare).tocsr()
    return DocumentCollection(
        list(rows),
        [articles[start:end] for start, end in pairwise(starts.tolist())],
        unit_vectors(contents),
        unit_vectors(sublinear_tf(Vocabulary(counted.terms).align(scopes)) @ rare),
        [frozenset(contents[row].indices.tolist()) for row in range(len(rows))],
        [_key_terms(contents[row]) for row in range(len(rows))],
    )


def _totals(counts: SparseMatrix, starts: NDArray[np.int64]) -> SparseMatrix:
    """The counts of each document: the sums of its rows, which are starts[i]:starts[i + 1]."""
    count = int(starts[-1])
    members = (np.ones(count), np.arange(count), starts)
    totals = (sparse.csr_matrix(members, shape=(len(starts) - 1, count)) @ counts).tocsr()
    totals.sort_indices()
    return totals


def unit_vectors(rows: SparseMatrix) -> SparseMatrix:
    """Rows scaled to length 1; zero rows stay zero."""
    lengths: FloatArray = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ rows).tocsr()


def _key_terms(row: SparseMatrix) -> dict[int, float]:
    """The `_KEY_TERMS` weightiest columns of a row, and the share of each in their sum."""
    order = np.argsort(-row.data, kind="stable")[:_KEY_TERMS]
    total = row.data[order].sum()
    columns = row.indices[order].tolist()
    return dict(zip(columns, (row.data[order] / total).tolist(), strict=True)) if total else {}


def by_document(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    """Citations by the document that makes them."""
    rows: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        rows[document_of(citation.clause_id)].append(citation)
    return rows


def words_of(tokens: Iterable[Tokens]) -> dict[str, list[str]]:
    """The words of every unit clause by its id."""
    return {row.clause_id: row.words for row in tokens}
