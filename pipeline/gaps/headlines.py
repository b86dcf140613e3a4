"""Headlines: one sentence for a gap that a report can quote, and one for each of its points.

A side that is not known is 未查得 or 待收集, never 没有; 没有 is said only where an absence is known, with
what says so.
"""

from pipeline.core import labels
from pipeline.core.gap_records import Matter
from pipeline.gaps import outcomes, wording
from pipeline.gaps.contrasts import Contrast
from pipeline.gaps.holdings import INSIDE, Held, Holding
from pipeline.gaps.wording import Names, Pair

_UNKNOWN = "未查得"  # of a side that is not known beside one that lapsed
_TIERS = 3  # that a headline lists
_INSIDE = 3  # districts or counties that a headline lists


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
    return f"{line}；{wording.times(matter, contrast, names)}。" if contrast else f"{line}。"


def _tier(tier: str | None) -> str:
    return f"{tier}：" if tier else ""


def headline(
    matter: Matter,
    outcome: str,
    holdings: tuple[Holding, Holding],
    lead: str | None,
    contrast: Contrast | None,
    why: str,
    names: Names,
) -> str:
    """The sentence of a gap.

    Args:
        matter: the matter.
        outcome: of the gap.
        holdings: what holds in baseline and target.
        lead: the lead tier.
        contrast: the values of the lead tier, where they are compared.
        why: on what an absence rests, or whether an unknown side was searched, in words.
        names: of the regions.
    """
    a, b = holdings
    if outcome == outcomes.NATIONAL:
        line = f"{_all(matter, a, names.baseline, names)}，两地相同"
    elif outcome == outcomes.SAME:
        line = f"{_both(matter, a, b, lead, names)}，两地相同{_only_inside(a, b)}"
    elif outcome == outcomes.DIFFERS:
        line = f"{_both(matter, a, b, lead, names)}；{_conclusion(matter, a, b, contrast, names)}"
    elif outcome in (outcomes.MISSING, outcomes.EXTRA):
        having, name, lacking = (
            (a, names.baseline, names.target)
            if outcome == outcomes.MISSING
            else (b, names.target, names.baseline)
        )
        line = f"{_all(matter, having, name, names)}；{lacking}没有（{why}）"
    else:
        line = "；".join(
            _known(matter, held, name, why or _UNKNOWN, names)
            for held, name in zip(holdings, names.sides, strict=True)
        )
    return f"{_titled(matter.name, line, holdings)}。"


def _only_inside(a: Holding, b: Holding) -> str:
    """That two places agree only in some of their districts and counties."""
    held = [held for holding in (a, b) for held in holding.standing.values()]
    return "（都只及于所列区县）" if all(each.level == INSIDE for each in held) else ""


def _titled(name: str, line: str, holdings: tuple[Holding, Holding]) -> str:
    """The name of the matter and the line; a tier that is the only one told stands with the name."""
    tiers = {tier for holding in holdings for tier in holding.standing if tier}
    told = [tier for tier in sorted(tiers) if f"{tier}：" in line]
    if len(told) == 1 and line.startswith(f"{told[0]}："):
        return f"{name}（{told[0]}）：{line.removeprefix(f'{told[0]}：')}"
    return f"{name}：{line}"


def _all(matter: Matter, holding: Holding, name: str, names: Names) -> str:
    """What holds on one side, tier by tier, the first in full."""
    parts = [
        _tier(tier) + (wording.brief if place else wording.side)(matter, held, name, names)
        for place, (tier, held) in enumerate(holding.standing.items())
    ]
    return wording.listed(parts, _TIERS)


def _both(matter: Matter, a: Holding, b: Holding, lead: str | None, names: Names) -> str:
    """The tiers that both sides have, the lead tier first and in full; else both sides apart."""
    common = [tier for tier in a.standing if tier in b.standing]
    common.sort(key=lambda tier: tier != lead)
    if not common:
        return f"{_all(matter, a, names.baseline, names)}；{_all(matter, b, names.target, names)}"
    parts = []
    for place, tier in enumerate(common):
        say = wording.brief if place else wording.side
        pair = zip((a, b), names.sides, strict=True)
        said = [say(matter, holding.standing[tier], name, names) for holding, name in pair]
        parts.append(_tier(tier) + "，".join(said))
    return wording.listed(parts, _TIERS)


def _conclusion(
    matter: Matter,
    a: Holding,
    b: Holding,
    contrast: Contrast | None,
    names: Names,
) -> str:
    if contrast is None:
        if matter.kind == "quantity":
            has_common = not a.standing.keys().isdisjoint(b.standing)
            return "口径不同，不作倍数比较" if has_common else "分档不同，并列供参考"
        return "规定不同"
    return wording.times(matter, contrast, names)


def _known(matter: Matter, holding: Holding, name: str, unknown: str, names: Names) -> str:
    """What is known of a side where the other, or it, is not known."""
    if holding.standing:
        return _all(matter, holding, name, names)
    if holding.lapsed:
        over = [held for held in holding.rules if not held.in_force and held.level != INSIDE]
        latest = max(over, key=lambda held: held.rule.in_force_to or held.rule.in_force_from or "")
        return _over(matter, latest, name, names)
    inside = [held for held in holding.rules if held.level == INSIDE and held.in_force]
    if inside:
        parts = [_tier(held.rule.tier) + wording.side(matter, held, name, names) for held in inside]
        return f"{wording.listed(parts, _INSIDE)}（{name}本级{unknown}）"
    return f"{name}{unknown}"


def _over(matter: Matter, held: Held, name: str, names: Names) -> str:
    """A rule that is over: what it said, and how it ended."""
    rule = held.rule
    ending = labels.of("rule_ending", rule.ended or "expired").in_summary
    until = f"{wording.month(rule.in_force_to)}" if rule.in_force_to else ""
    return f"{wording.side(matter, held, name, names)}，{until}{ending}"
