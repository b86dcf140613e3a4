"""Counterparts: the likely partners of each clause of one side among the clauses of the other.

Two sources are merged into one order: pairs of documents read article by article, and likeness over
the whole corpus where the documents do not answer each other. Of the latter, two official texts are
never asserted: articles that do the same for different matters (who reports, who is rewarded) are as
like as counterparts.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.alignment import match_model, pair_scoring
from pipeline.alignment.match_model import RELATED_FEATURES, Model
from pipeline.alignment.pair_scoring import Judged, Reason
from pipeline.core.settings import ALIGNMENTS, GAPS
from pipeline.similarity import clause_index, vectors
from pipeline.similarity.clause_index import Units
from pipeline.similarity.pairwise import Array

Cell = tuple[int, int]
Partners = tuple[dict[int, set[Cell]], dict[int, set[Cell]]]
Judgements = dict[tuple[str, str], Judged]  # by the ids of the left and the right document


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible pair: how likely, whether its documents were read or only the corpus searched, and why."""

    chance: float
    scope: str
    reasons: list[Reason]


UNSEEN = Candidate(0.0, "corpus", [])


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Candidates by (row of the left, row of the right), their order, and which of them are asserted."""

    cells: dict[Cell, Candidate]
    asserted: set[Cell]
    by_left: dict[int, list[int]]  # likeliest first
    by_right: dict[int, list[int]]
    partners: Partners  # asserted cells by row, by column

    def rank(self, cell: Cell) -> int:
        """The place of the right clause among the left one's candidates; after them if it is none."""
        order = self.by_left.get(cell[0], [])
        return order.index(cell[1]) + 1 if cell[1] in order else len(order) + 1

    def extent(self, cell: Cell) -> str:
        """Whether each is the other's only partner, or the rule is split over several clauses."""
        others = self.partners[0][cell[0]] | self.partners[1][cell[1]]
        return "whole" if others <= {cell} else "split"


def find(
    left: list[int],
    right: list[int],
    space: Units,
    answering: Judgements,
    related: Judgements,
    model: Model,
) -> Counterparts:
    """Merge what was read with what was found by likeness.

    Args:
        left: rows of the one side's clauses.
        right: rows of the other's.
        space: all clauses.
        answering: documents that answer each other, as they were read, the left one first.
        related: documents that touch on common matters, likewise.
        model: thresholds, and the probability of what searching finds.
    """
    read, documents = _read(left, right, space, answering)
    asserted = _links(read, (len(left), len(right)), model)
    similarity = clause_index.similarities(space, left, right, ALIGNMENTS.neighbours)
    places = [np.array([space.document[row] for row in side], int) for side in (left, right)]
    searched = {
        cell: candidate if _restates(cell, left, right, space) else _doubted(candidate)
        for cell, candidate in _searched(
            similarity, places, *_read(left, right, space, related), model
        ).items()
        if (places[0][cell[0]], places[1][cell[1]]) not in documents
    }
    near = set(vectors.links(similarity, ALIGNMENTS.floor, ALIGNMENTS.tie)) & searched.keys()
    likely = {cell for cell in near if searched[cell].chance >= model.floor}
    asserted |= {cell for cell in likely if _restates(cell, left, right, space)}
    cells = read | searched
    return Counterparts(cells, asserted, *_ordered(cells), _partners(asserted))


def _partners(asserted: set[Cell]) -> Partners:
    """The asserted cells of each row and of each column."""
    found: Partners = defaultdict(set), defaultdict(set)
    for cell in asserted:
        for side in (0, 1):
            found[side][cell[side]].add(cell)
    return found


def _restates(cell: Cell, left: list[int], right: list[int], space: Units) -> bool:
    """Whether either clause is of a digest, which says one thing and has no neighbours to be read with."""
    places = space.document[left[cell[0]]], space.document[right[cell[1]]]
    return not space.digests.isdisjoint(places)


def _doubted(candidate: Candidate) -> Candidate:
    """A pair of two official texts that do not answer each other is far less often a counterpart."""
    odds = candidate.chance / max(1 - candidate.chance, 1e-9) * ALIGNMENTS.search_odds
    return replace(candidate, chance=round(odds / (1 + odds), 4))


def _links(cells: dict[Cell, Candidate], shape: tuple[int, int], model: Model) -> set[Cell]:
    """The cells that the model's thresholds assert."""
    places: Any = tuple(zip(*cells, strict=True)) or ([], [])
    chances = sparse.csr_matrix(([each.chance for each in cells.values()], places), shape=shape)
    return set(vectors.links(chances, model.floor, model.tie))


def _read(
    left: list[int], right: list[int], space: Units, judged: Judgements
) -> tuple[dict[Cell, Candidate], set[tuple[int, int]]]:
    """The cells of the pairs of documents that were read, and these pairs as places of documents."""
    place_a, place_b = (
        {space.tokens[row].clause_id: i for i, row in enumerate(part)} for part in (left, right)
    )
    held_a, held_b = (
        {space.names[p]: p for p in space.documents_of(part)} for part in (left, right)
    )
    cells: dict[Cell, Candidate] = {}
    read = set()
    for (a, b), pair in judged.items():
        if a in held_a and b in held_b:
            read.add((held_a[a], held_b[b]))
            for i, j in zip(*np.nonzero(pair.chance >= pair_scoring.LEAST), strict=True):
                cell = (place_a[pair.a[i]], place_b[pair.b[j]])
                reasons = pair.reasons.get((int(i), int(j)), [])
                cells[cell] = Candidate(float(pair.chance[i, j]), "pair", reasons)
    return cells, read


def _searched(
    similarity: Any,
    places: list[NDArray[np.int64]],
    touching: dict[Cell, Candidate],
    related: set[tuple[int, int]],
    model: Model,
) -> dict[Cell, Candidate]:
    """What was found by likeness, with its probability; that of related documents heeds the reading.

    Only what may be shown is returned: the likeliest few of each row and of each column.

    Args:
        similarity: likeness over the whole corpus.
        places: the document of each row, and of each column.
        touching: how likely the reading of related documents finds a cell.
        related: which documents, as places, were read so.
        model: weighs both.
    """
    found = similarity.tocoo()
    cells = list(zip(found.row.tolist(), found.col.tolist(), strict=True))
    held = zip(places[0][found.row], places[1][found.col], strict=True)
    read = np.array([pair in related for pair in held], bool)
    chance = np.array([touching[c].chance if c in touching else 0.0 for c in cells])
    values = _values(similarity, chance)
    by_reading, by_corpus = (
        (each, each.contributions(values)) for each in (model.related, model.corpus)
    )
    odds = np.where(
        read, *(parts.sum(axis=0) + each.bias for each, parts in (by_reading, by_corpus))
    )
    value = np.round(match_model.probability(odds), 4)
    shown = vectors.first(found.row, value, ALIGNMENTS.kept)
    shown |= vectors.first(found.col, value, GAPS.nearest)
    result: dict[Cell, Candidate] = {}
    for k in np.flatnonzero(shown):
        each, parts = by_reading if read[k] else by_corpus
        reasons = [(n, round(float(v), 2)) for n, v in zip(each.names, parts[:, k], strict=True)]
        scope = "related" if read[k] else "corpus"
        result[cells[k]] = Candidate(float(value[k]), scope, reasons)
    return result


def _values(similarity: Any, chance: Array) -> dict[str, Array]:
    """The features of all cells found, with how likely a reading finds each (0 where none was made)."""
    columns = (similarity.tocoo().data, *vectors.leads(similarity), match_model.log_odds(chance))
    return dict(zip(RELATED_FEATURES, columns, strict=True))


def _ordered(cells: dict[Cell, Candidate]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Each row's columns and each column's rows, likeliest first; ties go to the earlier clause."""
    by_left: dict[int, list[int]] = defaultdict(list)
    by_right: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(cells, key=lambda cell: (-cells[cell].chance, cell)):
        by_left[a].append(b)
        by_right[b].append(a)
    return by_left, by_right


def kept(found: Counterparts, count: int) -> set[Cell]:
    """What readers and reviewers get to see: all that is asserted, and each clause's likeliest few."""
    chosen = set(found.asserted)
    for row, columns in found.by_left.items():
        chosen |= {(row, column) for column in columns[:count]}
    for column, rows in found.by_right.items():
        chosen |= {(row, column) for row in rows[: GAPS.nearest]}
    return chosen
