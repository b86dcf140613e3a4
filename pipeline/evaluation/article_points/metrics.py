"""Point metrics: how many told points are right, and how many annotated ones are told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.core.point_records import ArticlePoint
from pipeline.evaluation.article_points.gold import GoldArticles, GoldPoint, Spans, answers

_TELLING = 2  # least weight that counts, of told and of annotated points


@dataclass(frozen=True, slots=True)
class PointScore:
    """Counts over pairs of articles.

    Precision is of told differences of weight 2 and 3; recall is of annotated ones of weight 2 and 3, and
    any told point may answer them.
    """

    counts: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, float]:
        """The figures by name; 0 where nothing counts."""

        def share(part: str, whole: str) -> float:
            return self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

        precision, recall = share("right", "told"), share("found", "wanted")
        both = precision + recall
        return {
            "precision": precision,
            "recall": recall,
            "F1": 2 * precision * recall / both if both else 0.0,
            "differs": share("found differs", "wanted differs"),
            "only": share("found only", "wanted only"),
            "kind": share("kind", "found"),
            "figures": share("right with figure", "told with figure"),
        }

    def add(self, gold: GoldArticles, points: Iterable[ArticlePoint]) -> None:
        """Count the points of one pair."""
        told = [(point, spans(point)) for point in points if point.relation != "same"]
        wanted = gold.differences
        for point, place in told:
            if point.weight >= _TELLING:
                self._count_told(gold, point, place, wanted)
        for want in wanted:
            if want.weight >= _TELLING:
                hits = [p for p, place in told if answers(p.relation, place, want)]
                self._count_wanted(want, hits)

    def _count_told(
        self, gold: GoldArticles, point: ArticlePoint, place: Spans, wanted: list[GoldPoint]
    ) -> None:
        is_right = any(answers(point.relation, place, want) for want in wanted)
        self.counts["told"] += 1
        self.counts["right"] += is_right
        if any(
            span and any(span[0] <= measure.start < span[1] for measure in article.measures)
            for span, article in zip(place, (gold.a, gold.b), strict=True)
        ):
            self.counts["told with figure"] += 1
            self.counts["right with figure"] += is_right

    def _count_wanted(self, want: GoldPoint, hits: list[ArticlePoint]) -> None:
        relation = "differs" if want.relation == "differs" else "only"
        for name in ("wanted", f"wanted {relation}"):
            self.counts[name] += 1
        if hits:
            self.counts.update(("found", f"found {relation}"))
            self.counts["kind"] += any(point.kind == want.kind for point in hits)


def spans(point: ArticlePoint) -> Spans:
    """The spans of a point's quotes in both articles."""
    by_side = {side: (start, end) for side, _, start, end, _ in point.quotes}
    return by_side.get("a"), by_side.get("b")
