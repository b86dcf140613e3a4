"""Holdings: which rules on a matter hold in a place on a day, and at which level they stand.

What holds in a place is its own level, the levels above it, and what joint instruments put there
(codebook of matters, in corpus/README.md). Rules of districts and counties are inside: shown, and
standing for the place only where the coding says so and nothing but the nation's rule is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.core import regions
from pipeline.core.gap_records import Absence, Comparison, GapRule, Matter, Rule
from pipeline.core.records import Region
from pipeline.language.dates import last_day

NATION = "000000"
OWN, UPPER, NATIONAL, INSIDE = LEVELS = ("own", "upper", "national", "inside")
# Ends after which nothing is known to hold; a successor would be a rule of the matter.
LAPSES = ("expired", "repealed", "successor_unseen", "suspended", None)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a region, the regions above it, nearest first, and those inside it."""

    region_id: str
    above: tuple[str, ...]
    inside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """A rule at its level on one side, and whether it is in force on the day.

    `via` is the region through which it holds there: of a joint instrument another than the rule's own.
    """

    rule: Rule
    level: str
    via: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """The rules on one matter that had begun in a place by a day, in file order.

    Attributes:
        rules: at every level, those that are over included.
        standing: those that answer the matter for the place, one a tier, the nearest level first.
        beside: where a county's rule stands for the place, those of other counties in the same tier.
        absence: what says that the place's own level has no rule on that day.
    """

    rules: list[Held]
    standing: dict[str | None, Held]
    beside: dict[str | None, list[Held]]
    absence: Absence | None

    @property
    def lapsed(self) -> bool:
        """Whether a rule of the place or above it ended and nothing took its place, above it neither."""
        own = [held for held in self.rules if held.level != INSIDE]
        return (
            not self.standing
            and not any(held.in_force for held in own)
            and any(held.rule.ended in LAPSES for held in own)
        )


def sides(comparison: Comparison, regions_by_id: dict[str, Region]) -> tuple[Side, Side]:
    """Baseline and target; above the target stands what its stack lists.

    Of a place and one inside it the inner one is compared by its own rules, not by those of the outer.
    """
    baseline, target = comparison.baseline_region, comparison.target_region
    within = regions.within(baseline, regions_by_id) - {baseline}
    inside = frozenset(regions.within(target, regions_by_id) - {target})
    above = tuple(regions.above(baseline, regions_by_id))
    if target in within:
        return Side(baseline, above, frozenset()), Side(target, above, inside)
    return Side(baseline, above, frozenset(within)), Side(
        target, tuple(comparison.stack[1:]), inside
    )


def in_force(rule: Rule, day: str, newest: str) -> bool:
    """Whether a rule counts on a day; one of unknown beginning counts on the newest day only.

    An end that is not dated has come by the newest day.
    """
    if not begun(rule, day, newest):
        return False
    if rule.in_force_to is None:
        return rule.ended is None or day < newest
    return last_day(rule.in_force_to) >= day


def begun(rule: Rule, day: str, newest: str) -> bool:
    """Whether a rule had begun by a day; a year or a month has begun on its first day."""
    return rule.in_force_from <= day if rule.in_force_from else day >= newest


def level(rule: Rule, side: Side) -> tuple[str, str] | None:
    """The level at which a rule stands for a side, and the region through which it holds there.

    Returns:
        None where the rule does not hold there.
    """
    holds_in = [rule.region_id, *rule.regions]
    if side.region_id in holds_in:
        return OWN, side.region_id
    if rule.region_id == NATION and NATION in side.above:
        return NATIONAL, NATION
    is_everywhere = rule.within is None or side.region_id in rule.within
    if is_everywhere and (above := [region for region in side.above if region in holds_in]):
        return UPPER, above[0]
    inside = [region for region in holds_in if region in side.inside]
    return (INSIDE, inside[0]) if inside else None


def hold(
    matter: Matter,
    rules: Iterable[Rule],
    side: Side,
    day: str,
    newest: str,
    regions_by_id: dict[str, Region],
) -> Holding:
    """What a place's levels say on a matter on a day."""
    found = [
        Held(rule, *at, in_force(rule, day, newest))
        for rule in rules
        if (at := level(rule, side)) and begun(rule, day, newest)
    ]
    absences = (a for a in matter.absences if a.region_id == side.region_id and _known(a, day))
    if not found:
        return Holding([], {}, {}, next(absences, None))
    standing = _standing(matter, found, side, regions_by_id)
    beside = {
        tier: [
            held
            for held in found
            if held.in_force
            and held.level == INSIDE
            and held.rule.tier == tier
            and held.via != first.via
            and _is_county_of(held.via, side, regions_by_id)
        ]
        for tier, first in standing.items()
        if first.level == INSIDE
    }
    return Holding(found, standing, beside, next(absences, None))


def apart(a: Holding, b: Holding, sides: tuple[Side, Side]) -> tuple[Holding, Holding]:
    """Two holdings without the rules of a city or province above both that would stand for one alone.

    Such a rule holds on the other side too, beside that side's own, and often adds to it: it makes no
    difference between them. The nation's law is another thing: a place's own rule takes its place. A rule
    that the other side has as its own, or that does not reach it, stays.
    """
    shared = set(sides[0].above) & set(sides[1].above) - {NATION}

    def alone(one: Holding, other: Holding) -> Holding:
        above_both = {h.rule.rule_id for h in other.rules if h.in_force and h.level == UPPER}
        kept = {
            tier: held
            for tier, held in one.standing.items()
            if held.level != UPPER
            or held.rule.rule_id not in above_both
            or _is_shared(other, shared)
        }
        return replace(one, standing=kept)

    return alone(a, b), alone(b, a)


def _is_shared(holding: Holding, shared: set[str]) -> bool:
    """Whether nothing but rules from above both sides stands on a side."""
    return all(h.level == UPPER and h.via in shared for h in holding.standing.values())


def _known(absence: Absence, day: str) -> bool:
    began = absence.first is None or absence.first <= day
    return began and (absence.last is None or last_day(absence.last) >= day)


def _standing(
    matter: Matter, found: Sequence[Held], side: Side, regions_by_id: dict[str, Region]
) -> dict[str | None, Held]:
    """By tier, in file order of the tiers, the rule in force of the nearest level.

    Counties and districts can stand for their city only, never for a province around it.
    """
    current = [held for held in found if held.in_force]
    near = [held for held in current if held.level in (OWN, UPPER)]
    nation = [held for held in current if held.level == NATIONAL]
    inside = [h for h in current if h.level == INSIDE and _is_county_of(h.via, side, regions_by_id)]
    stands_for = inside if matter.inside == "compare" and not near else []
    ranked = sorted(near, key=lambda held: _distance(held, side)) + stands_for + nation
    nearest: dict[str | None, Held] = {}
    for held in ranked:
        nearest.setdefault(held.rule.tier, held)
    tiers = dict.fromkeys(held.rule.tier for held in found)
    return {tier: nearest[tier] for tier in tiers if tier in nearest}


def _is_county_of(region_id: str, side: Side, regions_by_id: dict[str, Region]) -> bool:
    region = regions_by_id[region_id]
    return region.level == "county" and region.parent_id == side.region_id


def _distance(held: Held, side: Side) -> int:
    """How many levels above a place a rule stands."""
    return 0 if held.level == OWN else 1 + side.above.index(held.via)


def gap_rules(side: str, held: Iterable[Held]) -> list[GapRule]:
    """The rules of one side as rows of a gap."""
    return [(side, h.rule.rule_id, h.rule.region_id, h.level, int(h.in_force)) for h in held]
