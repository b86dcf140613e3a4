"""Article gaps: what the matters of aligned articles come to in each comparison on each date.

Reads   build/article_matters.jsonl, article_points, document_pairs, documents, clauses, facts,
        reviews, corpus/comparisons.toml, corpus/regions.toml, corpus/labels.toml, corpus/patterns/caveats.toml
Writes  build/article_gaps.jsonl

The rows have the form of those of the stage gaps. Articles that answer each other are compared by their
points; one that the other side's texts do not have is missing or extra, where these were read whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core import comparisons, jsonl, regions
from pipeline.core.computation import document_rows
from pipeline.core.gap_records import Comparison, Gap, Moment, Point
from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticleMatter, ArticlePoint
from pipeline.core.records import Fact, document_of
from pipeline.core.settings import ARTICLES
from pipeline.gaps import directions, holdings, importance, outcomes
from pipeline.gaps.aligned import article_basis, article_outcomes, told_points
from pipeline.gaps.aligned.article_basis import ArticleBasis
from pipeline.gaps.aligned.article_outcomes import ArticleCase, ArticlePair, Day
from pipeline.gaps.aligned.told_points import PairKey, PairPoints
from pipeline.gaps.contrasts import Contrast
from pipeline.gaps.holdings import Side
from pipeline.gaps.sentences import article_headlines
from pipeline.gaps.sentences.article_headlines import HEAVY, Citations
from pipeline.validity import force

_HEAVIEST = 3  # weight of a point
_OF_POINT = jsonl.columns(ArticlePoint)
_GRADES = {
    outcomes.MISSING: "read_whole",
    outcomes.EXTRA: "read_whole",
    outcomes.UNCOLLECTED: "not_searched",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One comparison on one date."""

    comparison: Comparison
    moment: Moment
    sides: tuple[Side, Side]
    day: Day


def run(work: Workspace) -> None:
    """Compute the gaps of articles in every comparison at every date."""
    count: Counter[str] = Counter()
    bare: set[str] = set()
    gaps = _of_build(work, bare)
    jsonl.write(work.rows("article_gaps"), jsonl.counted(gaps, count, lambda gap: gap.outcome))
    print(
        f"article_gaps: {count.total()} 条，"
        + "，".join(f"{k} {n}" for k, n in sorted(count.items()))
    )
    if bare:
        print(f"  注意：{len(bare)} 条与对应条文之间没有读出一处异同，首条 {min(bare)}")


def _of_build(work: Workspace, bare: set[str]) -> Iterator[Gap]:
    """The gaps of all comparisons; the rules of pairs without points are added to `bare`."""
    documents = document_rows.heads(work.rows("documents"))
    regions_by_id = regions.load(DATA / "regions.toml")
    newest = force.newest(documents, jsonl.read(work.rows("facts"), Fact))
    path, covered = DATA / "comparisons.toml", {d.region_id for d in documents}
    moments = comparisons.moments(path, newest)
    rows = article_basis.rows_of(work, documents, regions_by_id)
    for comparison in comparisons.load(path, regions_by_id, covered):
        basis = rows.basis(comparison.target_region)
        sides = holdings.sides(comparison, regions_by_id)
        for moment in moments:
            setting = Setting(comparison, moment, sides, Day(moment.as_of, moments[-1].as_of))
            for matter, case, rivals in cases(basis, setting):
                yield gap(basis, setting, matter, case, rivals)
                bare |= {
                    p.a.rule.rule_id for p in case.pairs if not basis.points.points.get(key_of(p))
                }


def cases(
    basis: ArticleBasis, setting: Setting
) -> Iterator[tuple[ArticleMatter, ArticleCase, Mapping[str, Sequence[PairKey]]]]:
    """The matters that have a row in a comparison on a date, and all pairs in force by article."""
    target = setting.comparison.target_region
    is_county = basis.regions[target].level == "county"
    found = [
        (matter, case)
        for matter in basis.matters
        if (case := article_outcomes.case(matter, setting.sides, setting.day, is_county))
    ]
    rivals: dict[str, list[PairKey]] = defaultdict(list)
    pairs = [pair for _, case in found for pair in case.pairs]
    for pair in sorted(pairs, key=lambda pair: -pair.confidence):
        for article in key_of(pair):
            rivals[article].append(key_of(pair))
    yield from ((matter, case, rivals) for matter, case in found)


def gap(
    basis: ArticleBasis,
    setting: Setting,
    matter: ArticleMatter,
    case: ArticleCase,
    rivals: Mapping[str, Sequence[PairKey]],
) -> Gap:
    """What one matter comes to in one comparison on one date, as a row."""
    gap_id = f"{comparisons.prefix(setting.comparison, setting.moment)}__{matter.matter_id}"
    points = list(_points(gap_id, case, rivals, basis.points))
    outcome = outcomes.SAME if case.pairs and are_same(points) else case.outcome
    heavy = [p for p in points if p.relation != told_points.SAME and p.weight >= HEAVY]
    lead = heavy[0] if heavy else None
    sure, certainty = _certainty(basis, case)
    factors = importance.factors(matter, _size(matter, outcome, lead), certainty)
    headline = _headline(case, outcome, points, basis.citations)
    return Gap(
        gap_id=gap_id,
        comparison_id=setting.comparison.comparison_id,
        matter_id=matter.matter_id,
        topic_id=matter.topic_id,
        as_of=setting.moment.as_of,
        outcome=outcome,
        kind=points[0].kind if points else None,
        favours=_favours(outcome, lead),
        ratio=lead.ratio if lead else None,
        importance=importance.importance(factors),
        factors=factors,
        confidence=round(sure, 4),
        headline=headline,
        summary=headline,
        caveats=[],
        decided_by="、".join(matter.decided_by),
        grade=_GRADES.get(outcome),
        department_a=None,
        department_b=None,
        rules=[*holdings.gap_rules("a", case.a), *holdings.gap_rules("b", case.b)],
        points=points,
    )


def key_of(pair: ArticlePair) -> PairKey:
    """The two clauses of a pair."""
    return pair.a.rule.clause_id, pair.b.rule.clause_id


def _points(
    gap_id: str,
    case: ArticleCase,
    rivals: Mapping[str, Sequence[PairKey]],
    basis: PairPoints,
) -> Iterator[Point]:
    rule_ids = {key_of(p): (p.a.rule.rule_id, p.b.rule.rule_id) for p in case.pairs}
    told = told_points.select(list(rule_ids), rivals, basis)
    for ordinal, (key, point) in enumerate(told, 1):
        rule_a, rule_b = rule_ids[key]
        yield Point(
            point_id=f"{gap_id}__{ordinal}",
            ordinal=ordinal,
            tier=None,
            rule_a=rule_a,
            rule_b=rule_b,
            **{name: getattr(point, name) for name in _OF_POINT},
        )


def _certainty(basis: ArticleBasis, case: ArticleCase) -> tuple[float, float]:
    """How sure the alignment is, of the least sure pair; and that with how alike the documents are.

    Of an article without pair, how alike its document and those are that were read whole.
    """
    if case.pairs:
        sure = min(pair.confidence for pair in case.pairs)
        return sure, min(pair.confidence * pair.likeness for pair in case.pairs)
    own = {document_of(held.rule.clause_id) for held in (*case.a, *case.b)}
    other = {absence.source for absence in case.absences}
    other |= {document_of(rule.clause_id) for rule in case.waiting} | own
    alike = [basis.likeness.get((a, b), 0.0) for a in own | other for b in own | other]
    likeness = max(alike) or ARTICLES.unpaired
    return likeness, likeness


def are_same(points: Sequence[Point]) -> bool:
    """Whether both say the same but for minor points.

    Where only minor points are told, for the engine may not be sure of them, that is no sameness.
    """
    is_heavy = any(p.relation != told_points.SAME and p.weight >= HEAVY for p in points)
    says_same = any(p.relation == told_points.SAME for p in points)
    return not is_heavy and (says_same or not points)


def _size(matter: ArticleMatter, outcome: str, lead: Point | None) -> float:
    """How large the difference is: by the ratio and the weight of its heaviest point, as others are."""
    contrast = None
    if lead and lead.ratio and lead.value_a is not None and lead.value_b is not None:
        contrast = Contrast(lead.value_a, lead.value_b, lead.basis or "")
    size = importance.size(matter, outcome, contrast)
    weight = lead.weight / _HEAVIEST if lead else 1.0
    if outcome == outcomes.DIFFERS and lead is None:
        weight = 1 / _HEAVIEST
    return size * weight * (ARTICLES.boilerplate if matter.boilerplate else 1.0)


def _favours(outcome: str, lead: Point | None) -> str:
    if outcome == outcomes.SAME:
        return directions.NEUTRAL
    return lead.favours if lead else directions.UNCLEAR


def _headline(
    case: ArticleCase, outcome: str, points: Sequence[Point], citations: Citations
) -> str:
    if case.pairs:
        return article_headlines.of_points(points)
    standing = [held.rule for held in (*case.a, *case.b) if held.in_force]
    if outcome in (outcomes.MISSING, outcomes.EXTRA):
        return article_headlines.one_sided(standing[0], case.absences, citations)
    if outcome == outcomes.UNCOLLECTED:
        return article_headlines.uncollected(standing[0], case.waiting[0], citations)
    over = [held.rule for held in (*case.a, *case.b) if held.rule.ended in holdings.LAPSES]
    latest = max(over, key=lambda rule: rule.in_force_to or "")
    return article_headlines.lapsed(latest, standing[0] if standing else None, citations)
