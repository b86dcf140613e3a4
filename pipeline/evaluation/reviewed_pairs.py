"""Reviewed pairs: what reviewers decided of pairs of clauses, as annotations, and what it changes.

Reads   build/reviews.jsonl, clauses
Prints  how far the model agrees with reviewers; links of gold pairs that reviewers changed

A pair of clauses that nobody reviewed is not annotated: it is neither a counterpart nor none.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.core import jsonl
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, document_of
from pipeline.evaluation.cross_validation import PairResult
from pipeline.evaluation.gold import COUNTERPART, UNREVIEWED, GoldPair
from pipeline.reviews import review_verdicts
from pipeline.reviews.review_verdicts import PairStatuses
from pipeline.similarity.document_features import FeatureExtractor

_LABELS = {"accepted": COUNTERPART, "rejected": 0}


def read(work: Workspace, extractor: FeatureExtractor) -> list[GoldPair]:
    """The pairs of documents of which clauses were reviewed, in order of ids; none without reviews.

    Args:
        work: where the rows of the build are.
        extractor: computes the features.
    """
    statuses = review_verdicts.pair_statuses(review_verdicts.of_build(work))
    if not statuses:
        return []
    names = {document_of(name) for pair in statuses for name in pair}
    clauses: dict[str, list[Clause]] = defaultdict(list)
    for clause in jsonl.each(work.rows("clauses"), Clause, jsonl.of_documents(names)):
        clauses[clause.document_id].append(clause)
    features = {name: extractor.extract(rows) for name, rows in clauses.items()}
    by_documents: dict[tuple[str, str], PairStatuses] = defaultdict(dict)
    for (a, b), status in sorted(statuses.items()):
        by_documents[document_of(a), document_of(b)][a, b] = status
    pairs = []
    for number, ((a, b), found) in enumerate(sorted(by_documents.items()), 1):
        sides = features[a], features[b]
        places = [{unit.clause_id: i for i, unit in enumerate(side.clauses)} for side in sides]
        labels = np.full((len(sides[0].clauses), len(sides[1].clauses)), UNREVIEWED, np.int64)
        for pair, status in found.items():
            if pair[0] in places[0] and pair[1] in places[1]:
                labels[places[0][pair[0]], places[1][pair[1]]] = _LABELS[status]
        pairs.append(GoldPair(f"R{number}", (a, b), *sides, labels, [], []))
    return pairs


def report(results: Sequence[PairResult], gold: Sequence[PairResult]) -> None:
    """Print what reviewers changed; nothing where nobody reviewed.

    Args:
        results: of the reviewed pairs of documents.
        gold: of the annotated pairs of documents, of which some clauses may have been reviewed.
    """
    if not results:
        return
    statuses: dict[tuple[str, str], int] = {}
    count: Counter[tuple[bool, bool]] = Counter()
    for result in results:
        for i, j in np.argwhere(result.pair.labels != UNREVIEWED).tolist():
            is_right = int(result.pair.labels[i, j]) == COUNTERPART
            count[(i, j) in set(result.links), is_right] += 1
            statuses[_clauses(result.pair, i, j)] = int(is_right)
    print(
        f"审阅\t{count.total()} 对条款：机器与审阅人一致 {count[True, True] + count[False, False]}，"
        f"机器认定而被否定 {count[True, False]}，机器没有认定而被认可 {count[False, True]}"
    )
    for result in gold:
        for line in changes(result, statuses):
            print(line)


def changes(result: PairResult, statuses: Mapping[tuple[str, str], int]) -> list[str]:
    """The links of a gold pair that reviewers changed, each with what the annotation says of it."""
    lines, links = [], set(result.links)
    for i, j in np.ndindex(result.pair.labels.shape):
        accepted = statuses.get(_clauses(result.pair, i, j))
        if accepted is not None and bool(accepted) != ((i, j) in links):
            is_counterpart = int(result.pair.labels[i, j]) == COUNTERPART
            agrees = "与标注一致" if is_counterpart == bool(accepted) else "与标注不一致"
            a, b = result.pair.a.clauses[i].article, result.pair.b.clauses[j].article
            word = "审阅增" if accepted else "审阅减"
            lines.append(f"{word}\t{result.pair.name}\t{a}-{b}\t{agrees}")
    return lines


def _clauses(pair: GoldPair, i: int, j: int) -> tuple[str, str]:
    return pair.a.clauses[i].clause_id, pair.b.clauses[j].clause_id
