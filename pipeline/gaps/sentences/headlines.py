"""Headlines: one sentence for a gap that a report can quote, and one for each of its points.

A side that is not known is 未查得 or 待收集, never 没有; that there is no rule is said only where an absence
is known, with what says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.gap_records import Matter
from pipeline.gaps import contrasts, outcomes
from pipeline.gaps.contrasts import UPPER_END, Contrast
from pipeline.gaps.holdings import INSIDE, UPPER, Held, Holding
from pipeline.gaps.sentences import remarks, wording
from pipeline.gaps.sentences.wording import Names, Pair

_TIERS = 3  # that a headline lists
_INSIDE = 3  # districts or counties that a headline lists


@dataclass(frozen=True, slots=True)
class Place:
    """One side as a sentence tells it: its name, what holds there, and what is said where that is unknown."""

    name: str
    holding: Holding
    unknown: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a matter came to, for its sentence.

    Attributes:
        matter: the matter.
        outcome: of the gap.
        places: baseline and target.
        lead: the lead tier.
        contrast: the values of the lead tier, where they are compared.
        why: on what an absence rests, in words.
        names: of the regions.
    """

    matter: Matter
    outcome: str
    places: tuple[Place, Place]
    lead: str | None
    contrast: Contrast | None
    why: str
    names: Names


def point(
    matter: Matter,
    tier: str | None,
    pair: Pair,
    relation: str,
    contrast: Contrast | None,
    names: Names,
) -> str:
    """The sentence of one point.

    Args:
        matter: the matter.
        tier: of the point.
        pair: what holds on either side.
        relation: differs, same, only_a or only_b.
        contrast: the two values, where they are compared.
        names: of the regions.
    """
    said = [
        wording.side(matter, held, name, names)
        for held, name in zip(pair, names.sides, strict=True)
        if held
    ]
    line = _tier(tier) + "；".join(said)
    if relation == "same":
        return f"{line}；两地相同。"
    if relation != "differs":
        return f"{line}；{names.target if relation == 'only_a' else names.baseline}未见对应的一档。"
    if contrast is None:
        return f"{line}。"
    return f"{line}；{wording.times(matter, contrast, _owners(pair, names))}。"


def _owners(pair: Pair, names: Names) -> tuple[str, str]:
    """Whose rules two are: the places of a comparison, or a level above."""
    owners = [
        wording.place(held, name, names) if held else name
        for held, name in zip(pair, names.sides, strict=True)
    ]
    return owners[0], owners[1]


def headline(found: Finding) -> str:
    """The sentence of a gap."""
    a, b = found.places
    if found.outcome == outcomes.NATIONAL:
        line = f"{_all(found, a)}，两地同此依据"
    elif found.outcome == outcomes.SAME and _is_one(found):
        line = f"{_all(found, a)}，两地适用同一规定{_reach(found)}"
    elif found.outcome == outcomes.SAME:
        line = f"{_both(found)}，{_agreement(found)}"
    elif found.outcome == outcomes.DIFFERS:
        line = f"{_both(found)}；{_conclusion(found)}"
    elif found.outcome in (outcomes.MISSING, outcomes.EXTRA):
        having, lacking = (a, b) if found.outcome == outcomes.MISSING else (b, a)
        line = f"{_all(found, having)}；{_lacks(lacking, found)}"
    else:
        line = "；".join(_known(found, place) for place in found.places)
    return f"{_titled(found, line)}。"


def _tier(tier: str | None) -> str:
    return f"{tier}：" if tier else ""


def _titled(found: Finding, line: str) -> str:
    """The name of the matter and the line; a tier that is the only one told stands with the name.

    Not where another rule has no tier, which the tier would then seem to be of.
    """
    tiers = {held.rule.tier or "" for place in found.places for held in place.holding.rules}
    told = [] if "" in tiers else [tier for tier in sorted(tiers) if f"{tier}：" in line]
    if len(told) == 1 and line.startswith(f"{told[0]}："):
        return f"{found.matter.name}（{told[0]}）：{line.removeprefix(f'{told[0]}：')}"
    return f"{found.matter.name}：{line}"


def without_name(headline: str, name: str) -> str:
    """A headline where the name of its matter is told before; see `_titled`.

    >>> without_name("奖补上限（国际）：上海市20万元。", "奖补上限")
    '（国际）上海市20万元。'
    """
    rest = headline.removeprefix(name)
    return rest.replace("）：", "）", 1) if rest.startswith("（") else rest.removeprefix("：")


def _say(found: Finding, place: Place, tier: str | None, in_full: bool) -> str:
    """What holds on one side in a tier; beside a county's rule those of other counties."""
    held = place.holding.standing[tier]
    if in_full:
        said = [wording.side(found.matter, held, place.name, found.names)]
    else:
        first = place.holding.standing.get(found.lead) or next(
            iter(place.holding.standing.values())
        )
        said = [wording.further(found.matter, held, first, place.name, found.names)]
    beside = place.holding.beside.get(tier, [])
    for other in beside[: _INSIDE - 1]:
        said.append(wording.brief(found.matter, other, place.name, found.names))
    more = f"等{len(beside) + 1}地" if len(beside) >= _INSIDE else ""
    return "、".join(said) + more


def _all(found: Finding, place: Place) -> str:
    """What holds on one side, tier by tier, the first in full."""
    parts = [
        _tier(tier) + _say(found, place, tier, in_full=not number)
        for number, tier in enumerate(place.holding.standing)
    ]
    return wording.listed(parts, _TIERS)


def _both(found: Finding) -> str:
    """The tiers that both sides have, the lead tier first and in full; else both sides apart."""
    a, b = found.places
    common = contrasts.common_tiers(a.holding, b.holding)
    if not common:
        return f"{_all(found, a)}；{_all(found, b)}"
    common.sort(key=lambda tier: tier != found.lead)
    parts = [
        _tier(tier) + "，".join(_say(found, place, tier, not number) for place in found.places)
        for number, tier in enumerate(common)
    ]
    return wording.listed(parts, _TIERS)


def _is_one(found: Finding) -> bool:
    """Whether one and the same rule stands on both sides, as of a joint instrument."""
    held = (place.holding.standing.values() for place in found.places)
    a, b = ({each.rule.rule_id for each in side} for side in held)
    return a == b


def _agreement(found: Finding) -> str:
    """That two places agree: in their upper ends only, only in some of their counties."""
    if reach := _reach(found):
        return f"两地相同{reach}"
    if found.matter.kind == "yes_no":
        return "两地都有这一规定"
    a, b = (place.holding for place in found.places)
    pair = [holding.standing.get(found.lead) for holding in (a, b)]
    contrast = contrasts.contrast(found.matter, *pair)
    is_upper = contrast is not None and contrast.basis == UPPER_END
    years = "（两侧年份不同）" if _years_apart(a, b, found.lead) else ""
    return f"{'上限' if is_upper else '两地'}相同{years}"


def _reach(found: Finding) -> str:
    """On which sides the rules hold in some districts or counties only, and in which; else ""."""
    parts = []
    for place in found.places:
        held = [*place.holding.standing.values(), *sum(place.holding.beside.values(), [])]
        if all(each.level == INSIDE for each in held):
            names = dict.fromkeys(found.names.regions[each.via] for each in held)
            parts.append(f"{place.name}只及于{'、'.join(names)}")
    return f"（{'，'.join(parts)}）" if parts else ""


def _conclusion(found: Finding) -> str:
    """How far the two sides are apart, and in which tier where several are told."""
    a, b = (place.holding for place in found.places)
    common = contrasts.common_tiers(a, b)
    if found.contrast is None:
        if found.matter.kind == "quantity":
            if not common:
                return "分档不同，并列供参考"
            rules = [holding.standing[common[0]].rule for holding in (a, b)]
            is_one_year = len({(rule.in_force_from or "")[:4] for rule in rules}) == 1
            others = (h.rule.value for each in (a, b) for h in each.beside.get(common[0], []))
            is_equal = {*others, rules[0].value} == {rules[1].value}
            bases = f"{'' if is_one_year else '年份或'}口径不同"
            return f"数额相同，{bases}" if is_equal else f"{bases}，不作倍数比较"
        return "规定不同"
    tier = f"{wording.tier_name(found.lead)}，" if len(common) > 1 and found.lead else ""
    years = "（两侧年份不同）" if _years_apart(a, b, found.lead) else ""
    pair = a.standing.get(found.lead), b.standing.get(found.lead)
    owners = _owners(pair, found.names)
    return f"{tier}{wording.times(found.matter, found.contrast, owners)}{years}"


def _years_apart(a: Holding, b: Holding, tier: str | None) -> bool:
    """Whether two figures are of different years, and a later one was not found of the older."""
    if not all(tier in holding.standing for holding in (a, b)):
        return False
    rules = sorted(
        (holding.standing[tier].rule for holding in (a, b)),
        key=lambda rule: rule.in_force_from or "",
    )
    years = [(rule.in_force_from or "")[:4] for rule in rules]
    return years[0] != years[1] and remarks.LATEST in (rules[0].note or "")


def _lacks(place: Place, found: Finding) -> str:
    """That a side's own level has no rule, what says so, and which districts or counties have one."""
    inside = [held for held in place.holding.rules if held.level == INSIDE and held.in_force]
    if not inside:
        return f"{place.name}{found.why}"
    counties = list(dict.fromkeys(found.names.regions[held.via] for held in inside))
    more = f"等{len(counties)}地" if len(counties) > _INSIDE else ""
    own = any(held.via == held.rule.region_id for held in inside)
    tell = "有规定" if own else "适用他地的规定"
    return f"{place.name}本级{found.why}，{'、'.join(counties[:_INSIDE])}{more}{tell}"


def _known(found: Finding, place: Place) -> str:
    """What is known of a side where the other, or it, is not known."""
    holding = place.holding
    if holding.standing:
        return _all(found, place)
    over = [held for held in holding.rules if not held.in_force and held.level != INSIDE]
    inside = [held for held in holding.rules if held.level == INSIDE and held.in_force]
    if over and (holding.lapsed or not inside):
        return _over(found, over, place)
    own = f"（{place.name}本级{place.unknown}）"
    above = [held for held in holding.rules if held.in_force and held.level == UPPER]
    if above:  # of a city or province above both sides
        parts = [
            _tier(held.rule.tier) + wording.side(found.matter, held, place.name, found.names)
            for held in above
        ]
        return f"{wording.listed(parts, _TIERS)}{own}"
    if inside:
        parts = [
            _tier(held.rule.tier) + wording.side(found.matter, held, place.name, found.names)
            for held in inside
        ]
        return f"{wording.listed(parts, _INSIDE)}{own}"
    if holding.rules:  # of districts or counties, and over
        return f"{_over(found, holding.rules, place)}{own}"
    return f"{place.name}{place.unknown}"


def _over(found: Finding, rules: Sequence[Held], place: Place) -> str:
    """The rules that ended last: what they said, tier by tier, and how they ended."""
    latest = max(
        rules, key=lambda held: held.rule.in_force_to or held.rule.in_force_from or ""
    ).rule
    end = latest.in_force_to, latest.ended, latest.region_id
    last = [h for h in rules if (h.rule.in_force_to, h.rule.ended, h.rule.region_id) == end]
    parts = [
        _tier(held.rule.tier)
        + wording.further(found.matter, held, last[0], place.name, found.names)
        for held in last[1:]
    ]
    first = wording.side(found.matter, last[0], place.name, found.names)
    parts.insert(0, _tier(last[0].rule.tier) + first)
    return f"{wording.listed(parts, _TIERS)}，{remarks.ending(latest)}"
