"""Point gold: pairs of articles whose points people wrote down, from corpus/gold/points.jsonl.

Points are kept as offsets into the articles, which are looked up in the rows of a build of the annotated
texts. A pair belongs to the pair of documents that it is from: what is learned from one article of two
regulations is not tried on another of the same two.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Measure, Tokens
from pipeline.language import lexicon
from pipeline.points import article_views, slots
from pipeline.points.article_views import ArticleView
from pipeline.similarity import reference_corpus
from pipeline.similarity.article_parts import TextSpan

PATH = DATA / "gold/points.jsonl"
Spans = tuple[TextSpan | None, TextSpan | None]  # in both articles


@dataclass(frozen=True, slots=True)
class GoldPoint:
    """An annotated point; a side that it does not speak of has no span."""

    kind: str
    relation: str
    weight: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class GoldArticles:
    """Two annotated articles, laid out for comparison."""

    name: str
    documents: tuple[str, str]
    a: ArticleView
    b: ArticleView
    points: list[GoldPoint]

    @property
    def differences(self) -> list[GoldPoint]:
        """The points that are told as differences."""
        return [point for point in self.points if point.relation != "same"]


def answers(relation: str, spans: Spans, gold: GoldPoint) -> bool:
    """Whether a point tells what a gold point tells.

    It does where the relation is the same and, on every side of which the gold point speaks, both share at
    least half of the gold's characters and a quarter of the point's.

    >>> gold = GoldPoint("scope", "only_a", 2, ((10, 20), None))
    >>> answers("only_a", ((8, 16), None), gold), answers("only_a", ((0, 60), None), gold)
    (True, False)
    """
    if relation != gold.relation:
        return False
    for want, have in zip(gold.spans, spans, strict=True):
        if want is None:
            continue
        if have is None:
            return False
        common = max(0, min(want[1], have[1]) - max(want[0], have[0]))
        if common * 2 < want[1] - want[0] or common * 4 < have[1] - have[0]:
            return False
    return True


def read(work: Workspace) -> list[GoldArticles]:
    """All annotated pairs whose articles are in the build, in file order."""
    rows = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["aligned"]]
    names = {(row[side], row[f"{side}_article"]) for row in rows for side in "ab"}
    views = dict(_views(work, names))
    found = []
    for row in rows:
        a, b = (views.get((row[side], row[f"{side}_article"])) for side in "ab")
        if a and b:
            points = [_point(point) for point in row["points"]]
            found.append(GoldArticles(row["id"], (row["a"], row["b"]), a, b, points))
    return found


def _point(row: dict[str, Any]) -> GoldPoint:
    a, b = (tuple(row[side]) if side in row else None for side in "ab")
    return GoldPoint(row["kind"], row["relation"], row["weight"], (a, b))


def _views(
    work: Workspace, names: set[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], ArticleView]]:
    """The articles by document and number."""
    clauses = {
        clause.clause_id: clause
        for clause in jsonl.read(work.rows("clauses"), Clause)
        if clause.kind == "article" and (clause.document_id, clause.article) in names
    }
    words = {row.clause_id: row.words for row in jsonl.read(work.rows("tokens"), Tokens)}
    measures = _by_clause(jsonl.read(work.rows("measures"), Measure))
    terms, reference = lexicon.load(DATA / "lexicon"), reference_corpus.load(DATA / "background")
    patterns = slots.load()
    for clause_id, clause in clauses.items():
        quantities = measures.get(clause_id, [])
        view = article_views.view(
            clause.text, words[clause_id], quantities, terms, reference, patterns
        )
        yield (clause.document_id, clause.article or ""), view


def _by_clause(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    found: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        found[measure.clause_id].append(measure)
    return found
