"""Document features: term counts, classes, references and quantities of one document's unit clauses.

Everything here depends on the document and the reference corpus alone, never on other documents of the
corpus.
"""

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from pipeline.core import jsonl
from pipeline.core.computation import document_rows
from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Measure, Provision, Tokens
from pipeline.language import lexicon
from pipeline.language.lexicon import Lexicon
from pipeline.similarity import article_parts, provision_classes, term_counts, vectors
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.term_counts import SegmentCounts, TermCounts

PROVISION_LABELS = ("instrument", "modality", "actor")


@dataclass(frozen=True, slots=True)
class DocumentFeatures:
    """Features of the n unit clauses of one document, in reading order.

    Attributes:
        clauses: the unit clauses, n of them; every other list has an entry for each.
        chapters: the heading under which each clause stands; "" where there is none.
        words: term counts of whole clauses.
        bigrams: counts of character bigrams of whole clauses.
        subjects: term counts of the subject of the first sentence.
        predicates: term counts of the rest of the first sentence.
        acts: term counts of the acts that a penalty punishes.
        sentences: term counts by sentence.
        paragraphs: term counts by paragraph.
        classes: shape (n, n_classes); 1 where the clause is in the class.
        references: rows of the clauses that each clause refers to by 本条例第…条.
        cited_titles: titles in 《》.
        measure_roles: (kind, role) of each clause's measures.
        measure_values: (kind, min, max) of them.
        labels: values of `PROVISION_LABELS`.
        lengths: characters of each clause's body, at least 1; shape (n,).
    """

    clauses: list[Clause]
    chapters: list[str]
    words: TermCounts
    bigrams: TermCounts
    subjects: TermCounts
    predicates: TermCounts
    acts: TermCounts
    sentences: SegmentCounts
    paragraphs: SegmentCounts
    classes: FloatArray
    references: list[list[int]]
    cited_titles: list[frozenset[str]]
    measure_roles: list[frozenset[Any]]
    measure_values: list[frozenset[Any]]
    labels: list[tuple[str | None, ...]]
    lengths: FloatArray


@dataclass(frozen=True, slots=True)
class FeatureExtractor:
    """Computes document features; holds the rows of earlier stages by clause id.

    Attributes:
        labels: values of `PROVISION_LABELS` by clause id.
    """

    lexicon: Lexicon
    classes: list[ArticleClass]
    words: dict[str, list[str]]
    measures: dict[str, list[Measure]]
    labels: dict[str, tuple[str | None, ...]]

    def extract(self, clauses: list[Clause]) -> DocumentFeatures:
        """The features of one document, given all its clauses in reading order."""
        units = [clause for clause in clauses if clause.is_unit]
        bodies = [unit.text[article_parts.body_start(unit.text) :] for unit in units]
        measures = [self.measures.get(unit.clause_id, []) for unit in units]
        by_unit = [_UnitTerms.of(self.words[unit.clause_id], self.lexicon) for unit in units]
        terms = [list(filter(None, unit.terms)) for unit in by_unit]
        halves = [article_parts.first_sentence(unit.text) for unit in units]
        acts = [article_parts.punished_acts(unit.text) for unit in units]
        unlabelled = (None,) * len(PROVISION_LABELS)
        return DocumentFeatures(
            clauses=units,
            chapters=_chapters(clauses),
            words=term_counts.count(terms),
            bigrams=term_counts.count([vectors.bigrams(row) for row in terms]),
            subjects=_counts(by_unit, [[subject] for subject, _ in halves]),
            predicates=_counts(by_unit, [[predicate] for _, predicate in halves]),
            acts=_counts(by_unit, acts),
            sentences=_by_segment(by_unit, [article_parts.sentences(u.text) for u in units]),
            paragraphs=_by_segment(by_unit, [article_parts.paragraphs(u.text) for u in units]),
            classes=np.array(
                [[bool(c.pattern.search(b)) for c in self.classes] for b in bodies], float
            ),
            references=_references(units),
            cited_titles=[article_parts.cited_titles(body) for body in bodies],
            measure_roles=[frozenset((m.kind, m.role) for m in row) for row in measures],
            measure_values=[frozenset((m.kind, m.min, m.max) for m in row) for row in measures],
            labels=[self.labels.get(unit.clause_id, unlabelled) for unit in units],
            lengths=np.array([max(len(body), 1) for body in bodies], float),
        )


@dataclass(frozen=True, slots=True)
class _UnitTerms:
    """The term of each word of a unit, "" where it is left out, and where the words begin."""

    starts: list[int]
    terms: list[str]

    @classmethod
    def of(cls, words: list[str], lexicon: Lexicon) -> "_UnitTerms":
        return cls(list(accumulate(map(len, words), initial=0)), list(map(lexicon.term, words)))

    def within(self, spans: Iterable[article_parts.TextSpan]) -> list[str]:
        """The terms of the words that begin within the spans, which are in order."""
        inside: list[str] = []
        for start, end in spans:
            first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
            inside += filter(None, self.terms[first:last])
        return inside


def _counts(
    units: list[_UnitTerms], spans: Sequence[Sequence[article_parts.TextSpan]]
) -> TermCounts:
    """Term counts of some spans of each unit."""
    return term_counts.count(
        [unit.within(inside) for unit, inside in zip(units, spans, strict=True)]
    )


def _by_segment(
    units: list[_UnitTerms], spans: list[list[article_parts.TextSpan]]
) -> SegmentCounts:
    """Term counts with a row for each span."""
    segments = [
        unit.within([span]) for unit, inside in zip(units, spans, strict=True) for span in inside
    ]
    return SegmentCounts(term_counts.count(segments), np.cumsum([0, *map(len, spans)]))


@dataclass(frozen=True, slots=True)
class FeatureRows:
    """The rows that features are made from, of any documents of a build."""

    clauses: DocumentRows[Clause]
    tokens: DocumentRows[Tokens]
    measures: DocumentRows[Measure]
    provisions: DocumentRows[Provision]

    def clauses_of(self, document_ids: Collection[str]) -> dict[str, list[Clause]]:
        """The clauses of some documents, by document, in reading order."""
        return {name: self.clauses.of([name]) for name in document_ids}

    def extractor(self, document_ids: Collection[str]) -> FeatureExtractor:
        """An extractor for some documents."""
        tokens = map(_interned, self.tokens.of(document_ids))
        return _extractor(tokens, self.measures.of(document_ids), self.provisions.of(document_ids))


def rows_of(work: Workspace) -> FeatureRows:
    """The rows of a build."""
    return FeatureRows(
        document_rows.index(work.rows("clauses"), Clause),
        document_rows.index(work.rows("tokens"), Tokens),
        document_rows.index(work.rows("measures"), Measure),
        document_rows.index(work.rows("provisions"), Provision),
    )


def read_tokens(work: Workspace) -> list[Tokens]:
    """The words of every unit clause."""
    return list(map(_interned, jsonl.each(work.rows("tokens"), Tokens)))


def _interned(row: Tokens) -> Tokens:
    """The words of a clause, equal words sharing one string, because a corpus has millions."""
    return Tokens(row.clause_id, list(map(sys.intern, row.words)))


def extractor(work: Workspace, tokens: Sequence[Tokens]) -> FeatureExtractor:
    """An extractor for the documents of a build.

    Args:
        work: where the rows of measures and provisions are.
        tokens: as `read_tokens` gives them.
    """
    provisions = jsonl.each(work.rows("provisions"), Provision)
    return _extractor(tokens, jsonl.each(work.rows("measures"), Measure), provisions)


def _extractor(
    tokens: Iterable[Tokens], measures: Iterable[Measure], provisions: Iterable[Provision]
) -> FeatureExtractor:
    by_clause: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        by_clause[measure.clause_id].append(measure)
    return FeatureExtractor(
        lexicon.load(DATA / "lexicon"),
        provision_classes.load(DATA / "patterns/classes.toml"),
        {row.clause_id: row.words for row in tokens},
        by_clause,
        {
            provision.clause_id: tuple(getattr(provision, label) for label in PROVISION_LABELS)
            for provision in provisions
        },
    )


def _chapters(clauses: list[Clause]) -> list[str]:
    """The heading under which each unit stands: chapter, then section, then a table row's headers."""
    headings, chapter, section = [], "", ""
    for clause in clauses:
        if clause.kind in ("part", "chapter"):
            chapter, section = clause.heading or "", ""
        elif clause.kind in ("section", "heading"):
            section = clause.heading or ""
        if clause.is_unit:
            row_heading = clause.heading or "" if clause.kind == "row" else ""
            headings.append(chapter + section + row_heading)
    return headings


def _references(units: list[Clause]) -> list[list[int]]:
    row_by_article = {unit.article: row for row, unit in enumerate(units) if unit.article}
    references = []
    for row, unit in enumerate(units):
        numbers = article_parts.own_references(unit.text)
        references.append(
            sorted({row_by_article[n] for n in numbers if n in row_by_article} - {row})
        )
    return references
