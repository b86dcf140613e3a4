"""Told points: those of the points of pairs of articles that a gap tells, each thing once.

Where an article is answered by several, what it has alone is what none of them has; what one of them says
the same, another does not differ in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.core.point_records import ArticlePoint

SAME = "same"
_ONLY = {"only_a": "a", "only_b": "b"}
_SHARE = 0.5  # of a quote that lies in another one from which both are of one thing
Span = tuple[int, int]
PairKey = tuple[str, str]  # clause_a, clause_b


@dataclass(frozen=True, slots=True)
class PairPoints:
    """The points of all pairs of articles.

    Attributes:
        points: by pair.
        starts: clause → where it begins in its document; of every clause that is quoted.
    """

    points: Mapping[PairKey, Sequence[ArticlePoint]]
    starts: Mapping[str, int]

    def spans(self, point: ArticlePoint, side: str) -> list[Span]:
        """Where the quotes of one side stand in its document."""
        found = []
        for quoted, clause_id, start, end, _ in point.quotes:
            if quoted == side:
                at = self.starts[clause_id]
                found.append((at + start, at + end))
        return found


def select(
    pairs: Sequence[PairKey], rivals: Mapping[str, Sequence[PairKey]], basis: PairPoints
) -> list[tuple[PairKey, ArticlePoint]]:
    """The points that are told of some pairs of articles, what differs first, the heaviest first.

    Args:
        pairs: of one matter, the surest first.
        rivals: article → all pairs in force that it is in, of other matters too, the surest first.
        basis: the points.
    """
    told: list[tuple[PairKey, ArticlePoint]] = []
    seen: dict[str, list[Span]] = defaultdict(list)
    sentences = set()
    for key in pairs:
        for point in basis.points.get(key, ()):
            if point.sentence in sentences or not _is_told(point, key, rivals, seen, basis):
                continue
            sentences.add(point.sentence)
            told.append((key, point))
    if not told:
        # All is told with other articles; a row is never silent, and repeats one as a minor point.
        told = [(key, _minor(basis.points[key][0])) for key in pairs if basis.points.get(key)][:1]
    return sorted(told, key=lambda row: (row[1].relation == SAME, -row[1].weight))


def _minor(point: ArticlePoint) -> ArticlePoint:
    return point if point.relation == SAME else replace(point, weight=1)


def _is_told(
    point: ArticlePoint,
    key: PairKey,
    rivals: Mapping[str, Sequence[PairKey]],
    seen: dict[str, list[Span]],
    basis: PairPoints,
) -> bool:
    if point.relation == SAME:
        return True
    if point.relation in _ONLY:
        return _is_told_alone(point, key, rivals, seen, basis)
    for side, article in zip("ab", key, strict=True):
        own = basis.spans(point, side)
        others = (each for each in rivals.get(article, ()) if each != key)
        if any(_covers(_same(other, side, basis), own) for other in others):
            return False
    return True


def _is_told_alone(
    point: ArticlePoint,
    key: PairKey,
    rivals: Mapping[str, Sequence[PairKey]],
    seen: dict[str, list[Span]],
    basis: PairPoints,
) -> bool:
    """Whether no other article that answers has it; then it is noted as told.

    What an article of the target has alone is told with the article that answers it most surely.
    """
    side = _ONLY[point.relation]
    article = key["ab".index(side)]
    own, pairs = basis.spans(point, side), rivals.get(article, ())
    if _covers(seen[article], own) or (side == "b" and pairs and pairs[0][0] != key[0]):
        return False
    others = (each for each in pairs if each != key)
    if not all(_covers(_alone(other, point.relation, basis), own) for other in others):
        return False
    seen[article] += own
    return True


def _alone(key: PairKey, relation: str, basis: PairPoints) -> list[Span]:
    """What an article has alone in a pair."""
    points = (p for p in basis.points.get(key, ()) if p.relation == relation)
    return [span for point in points for span in basis.spans(point, _ONLY[relation])]


def _same(key: PairKey, side: str, basis: PairPoints) -> list[Span]:
    """What both articles of a pair say, in the words of one."""
    points = (p for p in basis.points.get(key, ()) if p.relation == SAME)
    return [span for point in points for span in basis.spans(point, side)]


def _covers(spans: Iterable[Span], own: Sequence[Span]) -> bool:
    """Whether most of some spans lies in others."""
    length = sum(end - start for start, end in own)
    spans = list(spans)
    inside = sum(
        max(0, min(end, stop) - max(start, begin)) for start, end in own for begin, stop in spans
    )
    return length > 0 and inside > _SHARE * length
