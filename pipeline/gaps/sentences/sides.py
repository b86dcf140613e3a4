"""Sides: what is said of one side of a comparison: the rules that stand there, that were there, or that none is known.

A side that is not known is 未查得 or 待收集, never 没有; that there is no rule is said only where an absence
is known, with what says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.core.gap_records import Matter
from pipeline.gaps.holdings import INSIDE, UPPER, Held, Holding
from pipeline.gaps.sentences import remarks, wording
from pipeline.gaps.sentences.wording import Names

_INSIDE = 3  # districts or counties that a sentence lists
BOTH = "两地"  # where a rule above both sides holds


@dataclass(frozen=True, slots=True)
class Place:
    """One side as a sentence tells it.

    Attributes:
        name: of its region.
        holding: what holds there.
        unknown: what is said of it where nothing is known.
        matter: the matter.
        lead: the lead tier.
        names: of all regions.
    """

    name: str
    holding: Holding
    unknown: str
    matter: Matter
    lead: str | None
    names: Names


def in_tier(place: Place, tier: str | None, in_full: bool) -> str:
    """What holds on one side in a tier; beside a county's rule those of other counties."""
    standing = place.holding.standing
    if in_full:
        said = [wording.side(place.matter, standing[tier], place.name, place.names)]
    else:
        first = standing.get(place.lead) or next(iter(standing.values()))
        said = [wording.further(place.matter, standing[tier], first, place.name, place.names)]
    beside = place.holding.beside.get(tier, [])
    for other in beside[: _INSIDE - 1]:
        said.append(wording.brief(place.matter, other, place.name, place.names))
    more = f"等{len(beside) + 1}地" if len(beside) >= _INSIDE else ""
    return "、".join(said) + more


def in_every_tier(place: Place) -> str:
    """What holds on one side, tier by tier, the first in full."""
    return wording.listed(
        [
            wording.in_class(tier, in_tier(place, tier, in_full=not number))
            for number, tier in enumerate(place.holding.standing)
        ],
        place.names,
    )


def above_both(place: Place) -> str:
    """What stands on one side because it stands above both, tier by tier."""
    return in_every_tier(replace(place, name=BOTH))


def of_both(place: Place, words: str) -> str:
    """That the rules which stand on a side hold on both, in words; "" where nobody read where they hold."""
    standing = place.holding.standing.values()
    return "" if any(remarks.area_is_unread(held.rule) for held in standing) else f"，{words}"


def in_common(places: Sequence[Place], tiers: Sequence[str | None]) -> str:
    """What holds on both sides in some tiers, the first in full."""
    return wording.listed(
        [
            wording.in_class(tier, _in_one_tier(places, tier, in_full=not number))
            for number, tier in enumerate(tiers)
        ],
        places[0].names,
    )


def _in_one_tier(places: Sequence[Place], tier: str | None, in_full: bool) -> str:
    """What holds on both sides in a tier; in a short sentence a limit that both have is said once."""
    told = [in_tier(place, tier, in_full) for place in places]
    names = places[0].names
    rules = [place.holding.standing[tier].rule for place in places]
    limits = {remarks.limit(rule, names.day, names.is_newest) for rule in rules}
    shared = limits.pop() if len(limits) == 1 and names.is_short else ""
    if not shared:
        return "，".join(told)
    for found, left in ((f"（{shared}）", ""), (f"（{shared}，", "（"), (f"，{shared}", "")):
        told = [part.replace(found, left, 1) for part in told]
    return f"{'，'.join(told)}，均{shared}"


def reach(places: Iterable[Place]) -> str:
    """On which sides the rules hold in some districts or counties only, and in which; else ""."""
    parts = []
    for place in places:
        held = [*place.holding.standing.values(), *sum(place.holding.beside.values(), [])]
        if all(each.level == INSIDE for each in held):
            names = dict.fromkeys(place.names.regions[each.via] for each in held)
            parts.append(f"{place.name}只及于{'、'.join(names)}")
    return f"（{'，'.join(parts)}）" if parts else ""


def lacks(place: Place, why: str) -> str:
    """That a side's own level has no rule, what says so, and which districts or counties have one."""
    inside = [held for held in place.holding.rules if held.level == INSIDE and held.in_force]
    if not inside:
        return f"{place.name}{why}"
    counties = list(dict.fromkeys(place.names.regions[held.via] for held in inside))
    more = f"等{len(counties)}地" if len(counties) > _INSIDE else ""
    own = any(held.via == held.rule.region_id for held in inside)
    tell = "有规定" if own else "适用他地的规定"
    return f"{place.name}本级{why}，{'、'.join(counties[:_INSIDE])}{more}{tell}"


def known(place: Place) -> str:
    """What is known of a side where the other, or it, is not known."""
    holding = place.holding
    if holding.standing:
        return in_every_tier(place)
    own = f"（{place.name}本级{place.unknown}）"
    upper = [held for held in holding.rules if held.in_force and held.level == UPPER]
    if upper:  # of a city or province above both sides, see `holdings.apart`
        return _first_in_full(upper, place, BOTH) + own
    over = [held for held in holding.rules if not held.in_force and held.level != INSIDE]
    inside = [held for held in holding.rules if held.level == INSIDE and held.in_force]
    if over and (holding.lapsed or not inside):
        told = _over(over, place)
        return told if place.name in told else told + own  # of a level above, and not where it held
    if inside:
        said = [wording.side(place.matter, held, place.name, place.names) for held in inside]
        return f"{_listed(inside, said, place.names)}，{place.name}本级{place.unknown}"
    if holding.rules:  # of districts or counties, and over
        return _over(holding.rules, place) + own
    return f"{place.name}{place.unknown}"


def _first_in_full(rules: Sequence[Held], place: Place, name: str) -> str:
    """Rules in file order, the first in full, of the others what is not as in the first."""
    first, *others = rules
    said = [wording.side(place.matter, first, name, place.names)]
    said += [wording.further(place.matter, held, first, name, place.names) for held in others]
    return _listed(rules, said, place.names)


def _listed(rules: Sequence[Held], said: Sequence[str], names: Names) -> str:
    """What is said of rules, each with its tier."""
    parts = zip(rules, said, strict=True)
    return wording.listed([wording.in_class(h.rule.tier, words) for h, words in parts], names)


def _over(rules: Sequence[Held], place: Place) -> str:
    """The rules that ended last: what they said, tier by tier, and how they ended."""
    latest = max(
        rules, key=lambda held: held.rule.in_force_to or held.rule.in_force_from or ""
    ).rule
    end = latest.in_force_to, latest.ended, latest.region_id
    last = [h for h in rules if (h.rule.in_force_to, h.rule.ended, h.rule.region_id) == end]
    return f"{_first_in_full(last, place, place.name)}，{remarks.ending(latest)}"
