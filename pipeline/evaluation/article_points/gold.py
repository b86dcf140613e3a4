"""Point gold: pairs of articles whose points people wrote down, from corpus/gold/points.jsonl.

Points are kept as offsets into the articles, which are looked up in the rows of a build of the annotated
texts. A pair belongs to the pair of documents that it is from: what is learned from one article of two
regulations is not tried on another of the same two.
"""

import json
from dataclasses import dataclass
from typing import Any

from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Document
from pipeline.points import article_texts
from pipeline.points.article_views import ArticleView
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
    clause_ids = {
        (clause.document_id, clause.article or ""): clause.clause_id
        for clause in jsonl.read(work.rows("clauses"), Clause)
        if clause.kind == "article" and (clause.document_id, clause.article) in names
    }
    documents = {d.document_id: d for d in jsonl.read(work.rows("documents"), Document)}
    views = article_texts.load(
        article_texts.rows_of(work), set(clause_ids.values()), documents
    ).views
    found = []
    for row in rows:
        keys = [clause_ids.get((row[side], row[f"{side}_article"])) for side in "ab"]
        a, b = (views.get(key or "") for key in keys)
        if a and b:
            points = [_point(point) for point in row["points"]]
            found.append(GoldArticles(row["id"], (row["a"], row["b"]), a, b, points))
    return found


def _point(row: dict[str, Any]) -> GoldPoint:
    a, b = (tuple(row[side]) if side in row else None for side in "ab")
    return GoldPoint(row["kind"], row["relation"], row["weight"], (a, b))
