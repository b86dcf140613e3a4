"""Gaps: what each matter comes to in each comparison on each date, one row each, with its points.

Reads   build/matters.jsonl, rules, documents, facts, alignments, corpus/comparisons.toml,
        corpus/regions.toml, corpus/topics.toml, corpus/labels.toml, <corpus folder>/facts/*.jsonl
Writes  build/gaps.jsonl

A comparison has a row for each matter on which either side, the levels above or the regions inside have
or had a rule by that day; one whose target is a county, only where the county has a rule of its own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core import comparisons, fact_files, jsonl, regions
from pipeline.core.gap_records import Comparison, Gap, GapRule, Matter, Moment, Rule
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Alignment, Document, Fact, Region
from pipeline.core.settings import GAPS, IMPORTANCE
from pipeline.extraction import taxonomy
from pipeline.extraction.taxonomy import Topic
from pipeline.gaps import (
    contrasts,
    directions,
    headlines,
    holdings,
    importance,
    nearest,
    outcomes,
    points,
)
from pipeline.gaps.holdings import INSIDE, OWN, Held, Holding, Side
from pipeline.gaps.nearest import Neighbours
from pipeline.gaps.wording import Names
from pipeline.validity import force

_RESULTS = (outcomes.DIFFERS, outcomes.SAME, outcomes.NATIONAL, outcomes.MISSING, outcomes.EXTRA)


@dataclass(frozen=True, slots=True)
class Base:
    """What all gaps are computed from: regions and topics by id, rules and searched regions by matter."""

    regions: dict[str, Region]
    topics: dict[str, Topic]
    matters: list[Matter]
    rules: dict[str, list[Rule]]
    searched: dict[str, set[str]]
    neighbours: Neighbours


def run(work: Workspace) -> None:
    """Compute the gaps of every comparison at every date."""
    base, all_comparisons, moments = gather(work)
    gaps = [
        gap
        for comparison in all_comparisons
        for moment in moments
        for gap in compare(base, comparison, moment, moments[-1].as_of)
    ]
    jsonl.write(work.rows("gaps"), gaps)
    print(f"gaps: {len(all_comparisons)} 组比较，{len(moments)} 个日期，{len(gaps)} 条差异")


def gather(work: Workspace) -> tuple[Base, list[Comparison], list[Moment]]:
    """Read the matters and rules, the comparisons of this build, and the dates."""
    regions_by_id = regions.load(DATA / "regions.toml")
    documents = jsonl.read(work.rows("documents"), Document)
    rules: dict[str, list[Rule]] = defaultdict(list)
    for rule in jsonl.read(work.rows("rules"), Rule):
        rules[rule.matter_id].append(rule)
    searched: dict[str, set[str]] = defaultdict(set)
    for record in fact_files.read(work.corpus).searches.values():
        for matter_id in record["matters"]:
            searched[matter_id].add(record["region"])
    base = Base(
        regions=regions_by_id,
        topics=taxonomy.load(DATA / "topics.toml", set(regions_by_id)),
        matters=jsonl.read(work.rows("matters"), Matter),
        rules=rules,
        searched=searched,
        neighbours=nearest.of_alignments(
            jsonl.read(work.rows("alignments"), Alignment),
            {document.document_id: document.region_id for document in documents},
        ),
    )
    newest = force.newest(documents, jsonl.read(work.rows("facts"), Fact))
    path, covered = DATA / "comparisons.toml", {document.region_id for document in documents}
    compared = comparisons.load(path, regions_by_id, covered)
    return base, compared, comparisons.moments(path, newest)


def compare(base: Base, comparison: Comparison, moment: Moment, newest: str) -> Iterator[Gap]:
    """The gaps of one comparison at one date, in the order of the matters."""
    sides = holdings.sides(comparison, base.regions)
    is_county = base.regions[comparison.target_region].level == "county"
    for matter in base.matters:
        a, b = (
            holdings.hold(matter, base.rules[matter.matter_id], side, moment.as_of, newest)
            for side in sides
        )
        has_own = any(held.level == OWN for held in b.rules)
        if has_own if is_county else (a.rules or b.rules):
            yield gap(base, comparison, moment, matter, sides, (a, b))


def gap(
    base: Base,
    comparison: Comparison,
    moment: Moment,
    matter: Matter,
    sides: tuple[Side, Side],
    held: tuple[Holding, Holding],
) -> Gap:
    """What one matter comes to in one comparison at one date."""
    a, b = held
    region_names = {region_id: region.name for region_id, region in base.regions.items()}
    names = Names(region_names[sides[0].region_id], region_names[sides[1].region_id], region_names)
    gap_id = f"{comparisons.prefix(comparison, moment)}__{matter.matter_id}"
    outcome = outcomes.outcome(matter, a, b, sides)
    lead = points.lead_tier(matter, a, b)
    is_compared = outcome == outcomes.DIFFERS
    pair = a.standing.get(lead), b.standing.get(lead)
    contrast = contrasts.contrast(matter, *pair) if is_compared else None
    grade = _grade(base, matter, outcome, sides, held)
    found = points.of_matter(matter, gap_id, a, b, names) if outcome in _RESULTS else []
    factors = importance.factors(
        matter, importance.size(matter, outcome, contrast), certainty(a, b)
    )
    return Gap(
        gap_id=gap_id,
        comparison_id=comparison.comparison_id,
        matter_id=matter.matter_id,
        topic_id=matter.topic_id,
        as_of=moment.as_of,
        outcome=outcome,
        kind=max(found, key=lambda p: (p.relation != "same", p.weight)).kind if found else None,
        favours=directions.of_outcome(matter, outcome, contrast, moment),
        ratio=contrast.ratio if contrast else None,
        importance=importance.importance(factors),
        factors=factors,
        confidence=round(certainty(a, b), 4),
        headline=headlines.headline(matter, outcome, held, lead, contrast, grade, names),
        decided_by="、".join(matter.decided_by),
        grade=grade,
        department_a=department(base, matter, comparison.baseline_region),
        department_b=department(base, matter, comparison.target_region),
        rules=[*_rules("a", a), *_rules("b", b)],
        points=found,
        nearest=_nearest(base, outcome, sides, held),
    )


def _rules(side: str, holding: Holding) -> list[GapRule]:
    return [
        (side, held.rule.rule_id, held.rule.region_id, held.level, int(held.in_force))
        for held in holding.rules
    ]


def certainty(a: Holding, b: Holding) -> float:
    """How certain the weaker side's sources are, by the rules that stand there."""
    shown = [held for side in (a, b) for held in (side.standing.values() or side.rules)]
    return min(_certainty(held) for held in shown)


def _certainty(held: Held) -> float:
    return IMPORTANCE.source[held.rule.source_grade] * IMPORTANCE.confidence[held.rule.confidence]


def _grade(
    base: Base,
    matter: Matter,
    outcome: str,
    sides: tuple[Side, Side],
    held: tuple[Holding, Holding],
) -> str | None:
    """On what an absence rests; of a matter not collected, whether the unknown side was searched."""
    a, b = held
    if outcome in (outcomes.MISSING, outcomes.EXTRA):
        absence = b.absence if outcome == outcomes.MISSING else a.absence
        return absence.why if absence else None
    if outcome != outcomes.UNCOLLECTED:
        return None
    unknown = [side for side, holding in zip(sides, held, strict=True) if not holding.standing]
    is_searched = all(_searched(base, matter, side) for side in unknown)
    return "searched" if is_searched else "not_searched"


def _searched(base: Base, matter: Matter, side: Side) -> bool:
    """Whether somebody looked for the matter in a place: by a record, or by the coder's note."""
    places = {side.region_id, *side.above}
    if base.searched[matter.matter_id] & places:
        return True
    return any(short_name(base.regions[place].name) in (matter.searched or "") for place in places)


def short_name(name: str) -> str:
    """The name of a region without its rank.

    >>> short_name("嘉兴市"), short_name("浙江省"), short_name("国家")
    ('嘉兴', '浙江', '国家')
    """
    return name[:-1] if name[-1] in "省市县区" and len(name) > 2 else name


def department(base: Base, matter: Matter, region_id: str) -> str | None:
    """Who answers for a matter in a region; where the coding is silent, the topic's first department."""
    if region_id in matter.departments:
        return matter.departments[region_id]
    topic = base.topics.get(matter.topic_id or "")
    names = topic.departments.get(region_id) if topic else None
    return names[0] if names else None


def _nearest(
    base: Base, outcome: str, sides: tuple[Side, Side], held: tuple[Holding, Holding]
) -> list[tuple[str, float, float]]:
    """Of a one-sided matter, the clauses of the other side that come nearest to its rules."""
    if outcome not in (outcomes.UNCOLLECTED, outcomes.LAPSED, outcomes.MISSING, outcomes.EXTRA):
        return []
    known = [
        h.rule.clause_id
        for holding in held
        for h in holding.rules
        if h.in_force and h.level != INSIDE
    ]
    unknown = [side for side, holding in zip(sides, held, strict=True) if not holding.standing]
    places = {place for side in unknown for place in (side.region_id, *side.above)}
    return base.neighbours.of(known, places)[: GAPS.nearest]
