"""Readings: pairs of documents read article by article, by as many processes as wished.

Each pair is read by itself, so neither their order nor the number of processes changes a figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from pipeline.alignment.match_model import Matcher
from pipeline.core.records import Clause
from pipeline.similarity.document_features import Reader, Sheet
from pipeline.similarity.pairwise import Array

LEAST = 0.02  # probability below which a pair is not worth telling of
_SHOWN = 5  # pairs of a clause whose reasons are kept
_REASONS = 8  # features told of a pair
_BATCH = 8  # pairs of documents handed to a process at once

Reason = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """Two documents' clauses and how likely each pair of them is.

    Attributes:
        a: clause ids, n_a of them.
        b: clause ids, n_b of them.
        chance: shape (n_a, n_b).
        reasons: for the likeliest pairs of every clause, what speaks for and against them most.
    """

    a: list[str]
    b: list[str]
    chance: Array
    reasons: dict[tuple[int, int], list[Reason]]


def read(
    pairs: Sequence[tuple[str, str]],
    clauses: Mapping[str, list[Clause]],
    reader: Reader,
    matcher: Matcher,
    jobs: int,
) -> dict[tuple[str, str], Judged]:
    """Judge pairs of documents.

    Args:
        pairs: ids of documents.
        clauses: document id → all its clauses in reading order.
        reader: lays the documents out.
        matcher: reads them against each other.
        jobs: processes; 1 reads them in this one.
    """
    names = sorted({name for pair in pairs for name in pair})
    laid = {name: reader.read(clauses[name]) for name in names}
    tasks = [(laid[a], laid[b]) for a, b in pairs]
    with threadpool_limits(1):  # the matrices are small: more threads only wait for each other
        if jobs == 1 or len(pairs) <= _BATCH:
            return dict(zip(pairs, (judge(a, b, matcher) for a, b in tasks), strict=True))
        with ProcessPoolExecutor(jobs, initializer=_start, initargs=(matcher,)) as pool:
            return dict(zip(pairs, pool.map(_judge, tasks, chunksize=_BATCH), strict=True))


_MATCHER: list[Matcher] = []  # of a worker process: handed over once, not with every pair


def _start(matcher: Matcher) -> None:
    threadpool_limits(1)
    _MATCHER.append(matcher)


def _judge(pair: tuple[Sheet, Sheet]) -> Judged:
    return judge(*pair, _MATCHER[0])


def judge(a: Sheet, b: Sheet, matcher: Matcher) -> Judged:
    """Read one pair of sheets."""
    reading = matcher.read(a, b)
    chance = np.round(reading.probability, 4)
    names = matcher.model.second.names
    reasons = {}
    for i, j in _likeliest(chance):
        if chance[i, j] < LEAST:
            continue
        parts = reading.parts[:, i, j]
        order = np.argsort(-np.abs(parts), kind="stable")[:_REASONS]
        reasons[i, j] = [(names[k], round(float(parts[k]), 2)) for k in order.tolist()]
    ids = [[clause.clause_id for clause in side.clauses] for side in (a, b)]
    return Judged(ids[0], ids[1], chance, reasons)


def _likeliest(chance: Array) -> Iterable[tuple[int, int]]:
    """The likeliest few of every row and of every column."""
    found = set()
    for i, row in enumerate(chance):
        found |= {(i, int(j)) for j in np.argsort(-row, kind="stable")[:_SHOWN]}
    for j, column in enumerate(chance.T):
        found |= {(int(i), j) for i in np.argsort(-column, kind="stable")[:_SHOWN]}
    return sorted(found)
