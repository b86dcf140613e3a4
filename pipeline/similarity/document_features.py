"""Sheets: the unit clauses of one document laid out so that two documents can be held side by side.

Everything here depends on the document and the background alone, never on the rest of the corpus.
"""

import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Measure, Provision, Tokens
from pipeline.language import lexicon
from pipeline.language.lexicon import Lexicon
from pipeline.similarity import article_parts, provision_classes, vectors
from pipeline.similarity.provision_classes import ArticleClass

Array = NDArray[np.float64]
LABELS = ("instrument", "modality", "actor")


@dataclass(frozen=True, slots=True)
class Bag:
    """Counts of terms: a row for each thing counted, a column for each of `terms`."""

    terms: list[str]
    counts: Any  # scipy.sparse.csr_matrix


@dataclass(frozen=True, slots=True)
class Pieces:
    """Bags of the parts of clauses; those of clause i are the rows starts[i]:starts[i + 1]."""

    bag: Bag
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sheet:
    """n unit clauses of one document in reading order."""

    clauses: list[Clause]
    chapters: list[str]
    words: Bag
    bigrams: Bag
    subjects: Bag  # whom the first sentence addresses
    objects: Bag  # what it says of them
    acts: Bag  # what a penalty punishes
    sentences: Pieces
    paragraphs: Pieces
    classes: Array  # shape (n, n_classes): 1 where the clause is in the class
    references: list[list[int]]  # rows that a clause names by 本条例第…条
    laws: list[frozenset[str]]
    roles: list[frozenset[Any]]  # (kind, role) of the clause's measures
    values: list[frozenset[Any]]  # (kind, min, max) of them
    labels: list[tuple[str | None, ...]]  # as LABELS
    lengths: Array


@dataclass(frozen=True, slots=True)
class Reader:
    """What sheets are read with, and the rows of earlier stages by clause."""

    lexicon: Lexicon
    classes: list[ArticleClass]
    words: dict[str, list[str]]
    measures: dict[str, list[Measure]]
    labels: dict[str, tuple[str | None, ...]]  # as LABELS

    def read(self, clauses: list[Clause]) -> Sheet:
        """Lay out one document, given all its clauses in reading order."""
        units = [clause for clause in clauses if clause.is_unit]
        texts = [unit.text[article_parts.body(unit.text) :] for unit in units]
        measures = [self.measures.get(unit.clause_id, []) for unit in units]
        terms = [self._terms(unit, [(0, len(unit.text))]) for unit in units]
        halves = [article_parts.first(unit.text) for unit in units]
        return Sheet(
            units,
            _chapters(clauses),
            bag(terms),
            bag([vectors.as_bigrams(row) for row in terms]),
            bag([self._terms(unit, [who]) for unit, (who, _) in zip(units, halves, strict=True)]),
            bag([self._terms(unit, [what]) for unit, (_, what) in zip(units, halves, strict=True)]),
            bag([self._terms(unit, article_parts.acts(unit.text)) for unit in units]),
            self._pieces(units, [article_parts.sentences(unit.text) for unit in units]),
            self._pieces(units, [article_parts.paragraphs(unit.text) for unit in units]),
            np.array([[bool(c.pattern.search(t)) for c in self.classes] for t in texts], float),
            _references(units),
            [article_parts.laws(text) for text in texts],
            [frozenset((m.kind, m.role) for m in row) for row in measures],
            [frozenset((m.kind, m.min, m.max) for m in row) for row in measures],
            [self.labels.get(unit.clause_id, (None,) * len(LABELS)) for unit in units],
            np.array([max(len(text), 1) for text in texts], float),
        )

    def _terms(self, unit: Clause, spans: Sequence[article_parts.Span]) -> list[str]:
        """The terms of the words that begin within the spans, which are in order."""
        words, starts = self.words[unit.clause_id], self._starts(unit.clause_id)
        chosen: list[str] = []
        for start, end in spans:
            chosen += words[bisect_left(starts, start) : bisect_left(starts, end)]
        return self.lexicon.terms(chosen)

    def _starts(self, clause_id: str) -> list[int]:
        """Where each word of a clause begins."""
        return [0, *accumulate(map(len, self.words[clause_id]))][:-1]

    def _pieces(self, units: list[Clause], spans: list[list[article_parts.Span]]) -> Pieces:
        parts = [self._terms(u, [s]) for u, row in zip(units, spans, strict=True) for s in row]
        return Pieces(bag(parts), np.cumsum([0, *map(len, spans)]))


def tokens(work: Workspace) -> list[Tokens]:
    """The words of every unit clause, each different word held once: a corpus has millions."""
    found = jsonl.read(work.rows("tokens"), Tokens)
    return [Tokens(row.clause_id, list(map(sys.intern, row.words))) for row in found]


def reader(work: Workspace, words: Sequence[Tokens]) -> Reader:
    """A reader with all that the build knows of its clauses; `words` from `tokens`."""
    measures: dict[str, list[Measure]] = defaultdict(list)
    for measure in jsonl.read(work.rows("measures"), Measure):
        measures[measure.clause_id].append(measure)
    return Reader(
        lexicon.load(DATA / "lexicon"),
        provision_classes.load(DATA / "patterns/classes.toml"),
        {row.clause_id: row.words for row in words},
        measures,
        {
            p.clause_id: tuple(getattr(p, label) for label in LABELS)
            for p in jsonl.read(work.rows("provisions"), Provision)
        },
    )


def bag(lists: list[list[str]]) -> Bag:
    """Count the terms of each list; columns in the order of the alphabet."""
    terms = sorted({term for row in lists for term in row})
    column = {term: i for i, term in enumerate(terms)}
    counts = [Counter(row) for row in lists]
    data = [float(n) for row in counts for n in row.values()]
    indices = [column[term] for row in counts for term in row]
    starts = np.cumsum([0, *map(len, counts)])
    shape = (len(lists), len(terms))
    return Bag(terms, sparse.csr_matrix((data, indices, starts), shape=shape))


def _chapters(clauses: list[Clause]) -> list[str]:
    """The heading under which each unit stands: its chapter, the section within, a cell's headers."""
    found, chapter, section = [], "", ""
    for clause in clauses:
        if clause.kind in ("part", "chapter"):
            chapter, section = clause.heading or "", ""
        elif clause.kind in ("section", "heading"):
            section = clause.heading or ""
        if clause.is_unit:
            found.append(chapter + section + (clause.heading or "" if clause.kind == "row" else ""))
    return found


def _references(units: list[Clause]) -> list[list[int]]:
    place = {unit.article: row for row, unit in enumerate(units) if unit.article}
    return [
        sorted({place[n] for n in article_parts.references(unit.text) if n in place} - {row})
        for row, unit in enumerate(units)
    ]
