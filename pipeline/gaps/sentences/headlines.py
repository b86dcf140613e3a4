"""Headlines: one sentence for a gap that a report can quote, and one for each of its points."""

from dataclasses import dataclass, replace

from pipeline.core.gap_records import Matter
from pipeline.gaps import contrasts, outcomes
from pipeline.gaps.contrasts import UPPER_END, Contrast
from pipeline.gaps.holdings import NATIONAL, Holding
from pipeline.gaps.sentences import remarks, sides, wording
from pipeline.gaps.sentences.sides import Place
from pipeline.gaps.sentences.wording import Names, Pair


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
    holders = (sides.BOTH, sides.BOTH) if _is_of_nation(pair) else names.sides
    said = [
        wording.side(matter, held, name, names)
        for held, name in zip(pair, holders, strict=True)
        if held
    ]
    line = wording.in_class(tier, "；".join(said))
    if relation == "same":
        return f"{line}；两地相同。"
    if relation != "differs":
        return f"{line}；{names.target if relation == 'only_a' else names.baseline}未见对应的一档。"
    if contrast is None:
        return f"{line}。"
    return f"{line}；{wording.times(matter, contrast, _owners(pair, names))}。"


def _is_of_nation(pair: Pair) -> bool:
    """Whether one rule of the nation holds on both sides, of which no sentence says where it holds."""
    a, b = pair
    return a is not None and b is not None and a.level == NATIONAL and a.rule is b.rule


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
        line = f"{sides.above_both(a)}{sides.of_both(a, f'{a.name}、{b.name}同此依据')}"
    elif found.outcome == outcomes.SAME and _is_one(found):
        agreed = sides.of_both(a, f"{a.name}与{b.name}适用同一规定")
        line = f"{sides.in_every_tier(a)}{agreed}{sides.reach(found.places)}"
    elif found.outcome == outcomes.SAME:
        line = f"{_both(found)}，{_agreement(found)}"
    elif found.outcome == outcomes.DIFFERS:
        line = "；".join(filter(None, (_both(found), _conclusion(found))))
    elif found.outcome in (outcomes.MISSING, outcomes.EXTRA):
        having, lacking = (a, b) if found.outcome == outcomes.MISSING else (b, a)
        line = f"{sides.in_every_tier(having)}；{sides.lacks(lacking, found.why)}"
    else:
        line = "；".join(map(sides.known, found.places))
    return f"{_titled(found, line)}。"


def summary(found: Finding) -> str:
    """The sentence of a gap in short: values with their year, limits and weak sources, one tier."""
    names = replace(found.names, is_short=True)
    a, b = (replace(place, names=names) for place in found.places)
    return headline(replace(found, names=names, places=(a, b)))


def caveats(found: Finding) -> list[tuple[str, str]]:
    """What the headline says of the rules in the short sentence that this leaves out.

    Returns:
        (whose rule, its remarks) for each side that has any.
    """
    told = []
    for place in found.places:
        standing = place.holding.standing
        if held := standing.get(found.lead) or next(iter(standing.values()), None):
            left = remarks.beyond_short(held.rule, found.names.day, found.names.is_newest)
            told.append((wording.place(held, place.name, place.names), "，".join(left)))
    return [(name, words) for name, words in told if words]


def _titled(found: Finding, line: str) -> str:
    """The name of the matter and the line; a tier that is the only one told stands with the name.

    Not where another rule has no tier, which the tier would then seem to be of.
    """
    tiers = {held.rule.tier or "" for place in found.places for held in place.holding.rules}
    told = [] if "" in tiers else [tier for tier in sorted(tiers) if f"{tier}：" in line]
    if len(told) == 1 and line.startswith(f"{told[0]}："):
        tier = "" if told[0] in found.matter.name else f"（{told[0]}）"
        return f"{found.matter.name}{tier}：{line.removeprefix(f'{told[0]}：')}"
    if found.names.is_short:
        for tier in tiers:
            line = line.replace(f"{tier}：", f"{tier}，") if tier else line
    return f"{found.matter.name}：{line}"


def without_name(headline: str, name: str) -> str:
    """A headline where the name of its matter is told before; see `_titled`.

    >>> without_name("奖补上限（国际）：上海市20万元。", "奖补上限")
    '（国际）上海市20万元。'
    """
    rest = headline.removeprefix(name)
    return rest.replace("）：", "）", 1) if rest.startswith("（") else rest.removeprefix("：")


def _both(found: Finding) -> str:
    """The tiers that both sides have, the lead tier first and in full; else both sides apart."""
    a, b = found.places
    common = contrasts.common_tiers(a.holding, b.holding)
    if not common:
        return f"{sides.in_every_tier(a)}；{sides.in_every_tier(b)}"
    common.sort(key=lambda tier: tier != found.lead)
    return sides.in_common(found.places, common)


def _is_one(found: Finding) -> bool:
    """Whether one and the same rule stands on both sides, as of a joint instrument."""
    held = (place.holding.standing.values() for place in found.places)
    a, b = ({each.rule.rule_id for each in side} for side in held)
    return a == b


def _agreement(found: Finding) -> str:
    """That two places agree: in their upper ends only, only in some of their counties."""
    if reach := sides.reach(found.places):
        return f"两地相同{reach}"
    if found.matter.kind == "yes_no":
        return "两地都有这一规定"
    a, b = (place.holding for place in found.places)
    pair = [holding.standing.get(found.lead) for holding in (a, b)]
    contrast = contrasts.contrast(found.matter, *pair)
    is_upper = contrast is not None and contrast.basis == UPPER_END
    years = "（两侧年份不同）" if _years_apart(a, b, found.lead) else ""
    return f"{'上限' if is_upper else '两地'}相同{years}"


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
    is_named = len(common) > 1 and found.lead and not found.names.is_short
    tier = f"{wording.tier_name(found.lead)}，" if is_named and found.lead else ""
    if found.names.is_short and not all((found.contrast.a, found.contrast.b)):
        return ""  # that one of the two is 0 a reader sees
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
