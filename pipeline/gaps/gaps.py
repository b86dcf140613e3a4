"""Gaps: what each matter comes to in each comparison on each date, one row each, with its points.

Reads   build/matters.jsonl, rules, documents, facts, alignments, corpus/comparisons.toml,
        corpus/regions.toml, corpus/topics.toml, corpus/labels.toml, corpus/patterns/caveats.toml,
        <corpus folder>/facts/*.jsonl
Writes  build/gaps.jsonl

A comparison has a row for each matter on which either side, the levels above or the regions inside have
or had a rule by that day; one whose target is a county, only where the county has a rule of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core import comparisons, jsonl, labels
from pipeline.core.gap_records import Absence, Comparison, Gap, Matter, Moment
from pipeline.core.paths import Workspace
from pipeline.core.settings import GAPS
from pipeline.gaps import contrasts, directions, holdings, importance, outcomes, points
from pipeline.gaps.basis import AbsenceSource, Basis, certainty, gather
from pipeline.gaps.contrasts import Contrast
from pipeline.gaps.holdings import INSIDE, OWN, Holding, Side
from pipeline.gaps.sentences import headlines
from pipeline.gaps.sentences.headlines import Finding
from pipeline.gaps.sentences.sides import Place
from pipeline.gaps.sentences.wording import Names
from pipeline.language import brackets

_POINTED = (*outcomes.OPEN, *outcomes.EQUAL)  # outcomes that have points
_STRONG = ("official", "mirror", "summary")  # grades of source that a headline need not name


@dataclass(frozen=True, slots=True)
class Case:
    """One matter in one comparison on one date: what holds on either side, and what it comes to."""

    comparison: Comparison
    moment: Moment
    matter: Matter
    sides: tuple[Side, Side]
    held: tuple[Holding, Holding]
    outcome: str

    @property
    def unknown(self) -> list[Side]:
        """The sides on which no rule stands."""
        pairs = zip(self.sides, self.held, strict=True)
        return [side for side, holding in pairs if not holding.standing]

    @property
    def absence(self) -> Absence | None:
        """What says that the side that lacks a rule has none."""
        a, b = self.held
        if self.outcome == outcomes.MISSING:
            return b.absence
        return a.absence if self.outcome == outcomes.EXTRA else None


def run(work: Workspace) -> None:
    """Compute the gaps of every comparison at every date."""
    basis, all_comparisons, moments = gather(work)
    gaps = [
        gap(basis, case)
        for comparison in all_comparisons
        for moment in moments
        for case in cases(basis, comparison, moment, moments[-1].as_of)
    ]
    jsonl.write(work.rows("gaps"), gaps)
    print(f"gaps: {len(all_comparisons)} 组比较，{len(moments)} 个日期，{len(gaps)} 条差异")
    if basis.apart:
        print(f"  注意：{basis.apart} 对条款机器认定相应、却归入不同事项，make suggest 逐对列出")


def cases(basis: Basis, comparison: Comparison, moment: Moment, newest: str) -> Iterator[Case]:
    """The matters of one comparison at one date, in the order of the matters."""
    sides = holdings.sides(comparison, basis.regions)
    is_county = basis.regions[comparison.target_region].level == "county"
    for matter in map(basis.provable, basis.matters):
        rules = basis.rules[matter.matter_id]
        a, b = (
            holdings.hold(matter, rules, side, moment.as_of, newest, basis.regions)
            for side in sides
        )
        has_own = any(held.level == OWN for held in b.rules)
        if has_own if is_county else (a.rules or b.rules):
            a, b = holdings.apart(a, b, sides)
            outcome = outcomes.outcome(matter, a, b, sides)
            yield Case(comparison, moment, matter, sides, (a, b), outcome)


def gap(basis: Basis, case: Case) -> Gap:
    """What one matter comes to in one comparison at one date, as a row."""
    matter, (a, b) = case.matter, case.held
    gap_id = f"{comparisons.prefix(case.comparison, case.moment)}__{matter.matter_id}"
    names = _names(basis, case)
    lead = points.lead_tier(matter, a, b)
    contrast = None
    if case.outcome == outcomes.DIFFERS:
        contrast = contrasts.contrast(matter, a.standing.get(lead), b.standing.get(lead))
    grade, why = _grade(basis, case)
    found = points.of_matter(matter, gap_id, a, b, names) if case.outcome in _POINTED else []
    finding = _finding(basis, case, lead, contrast, why)
    sure = _certainty(basis, case)
    factors = importance.factors(matter, importance.size(matter, case.outcome, contrast), sure)
    return Gap(
        gap_id=gap_id,
        comparison_id=case.comparison.comparison_id,
        matter_id=matter.matter_id,
        topic_id=matter.topic_id,
        as_of=case.moment.as_of,
        outcome=case.outcome,
        kind=max(found, key=lambda p: (p.relation != "same", p.weight)).kind if found else None,
        favours=directions.of_outcome(
            matter, case.outcome, contrast, case.moment, case.comparison.comparison_id
        ),
        ratio=contrast.ratio if contrast else None,
        importance=importance.importance(factors),
        factors=factors,
        confidence=round(sure, 4),
        headline=headlines.headline(finding),
        summary=headlines.summary(finding),
        caveats=headlines.caveats(finding),
        decided_by="、".join(matter.decided_by),
        grade=grade,
        department_a=basis.department(matter, case.comparison.baseline_region),
        department_b=basis.department(matter, case.comparison.target_region),
        rules=[*holdings.gap_rules("a", a.rules), *holdings.gap_rules("b", b.rules)],
        points=found,
        nearest=_nearest(basis, case),
    )


def _finding(
    basis: Basis, case: Case, lead: str | None, contrast: Contrast | None, why: str
) -> Finding:
    """What its headline is written from."""
    names = _names(basis, case)
    places = [
        Place(name, holding, _unknown(basis, case, side, holding), case.matter, lead, names)
        for name, holding, side in zip(names.sides, case.held, case.sides, strict=True)
    ]
    pair = places[0], places[1]
    return Finding(case.matter, case.outcome, pair, lead, contrast, why, names)


def _names(basis: Basis, case: Case) -> Names:
    names = {region_id: region.name for region_id, region in basis.regions.items()}
    baseline, target = (names[side.region_id] for side in case.sides)
    return Names(baseline, target, names, case.moment.as_of, case.moment.newest)


def _certainty(basis: Basis, case: Case) -> float:
    """How certain the weaker side's sources are: of the rules that stand there, and of an absence."""
    shown = [held.rule for side in case.held for held in (side.standing.values() or side.rules)]
    sure = [certainty(rule.source_grade, rule.confidence) for rule in shown]
    if absence := case.absence:
        source = basis.sources[absence.source]
        sure.append(certainty(source.grade, source.confidence))
    return min(sure)


def _grade(basis: Basis, case: Case) -> tuple[str | None, str]:
    """On what an absence rests, and that in words; or whether the unknown sides were searched."""
    if absence := case.absence:
        return absence.why, _absent(absence, basis.sources[absence.source])
    if case.outcome != outcomes.UNCOLLECTED:
        return None, ""
    places = [side.region_id for side in case.unknown]
    day = case.moment.as_of
    is_searched = all(basis.is_searched(case.matter, place, day) for place in places)
    return ("searched" if is_searched else "not_searched"), ""


def _absent(absence: Absence, source: AbsenceSource) -> str:
    """That there is no such rule, and which text says so; of a search only that it found none."""
    if source.grade == "search":
        return f"未见这一规定（查找记录：{source.title}）"
    why = labels.of("gap_grade", absence.why).in_summary
    weak = (
        "" if source.grade in _STRONG else f"，{labels.of('source_grade', source.grade).in_summary}"
    )
    return f"没有这一规定（{why.format(title=brackets.in_title(source.title))}{weak}）"


def _unknown(basis: Basis, case: Case, side: Side, holding: Holding) -> str:
    """What is said of a side of which nothing is known; a search of a level above is said to be one.

    Of a level whose rule is known no search is told.
    """
    searched = labels.of("gap_grade", "searched").in_summary
    if basis.is_searched(case.matter, side.region_id, case.moment.as_of):
        return searched
    unknown = labels.of("gap_grade", "not_searched").in_summary
    told = {held.via for held in holding.rules if held.in_force}
    for place in side.above:
        region = basis.regions[place]
        is_open = region.level != "national" and place not in told
        if is_open and basis.is_searched(case.matter, place, case.moment.as_of):
            return f"{unknown}，{region.name}{searched}"
    return unknown


def _nearest(basis: Basis, case: Case) -> list[tuple[str, float, float]]:
    """Of a one-sided matter, the clauses of the other side that come nearest to its rules."""
    if case.outcome in (outcomes.DIFFERS, *outcomes.EQUAL):
        return []
    rules = [held for holding in case.held for held in holding.rules]
    known = [held.rule.clause_id for held in rules if held.in_force and held.level != INSIDE]
    places = {place for side in case.unknown for place in (side.region_id, *side.above)}
    return basis.neighbours.of(known, places)[: GAPS.nearest]
