"""Points: the things in which two places' rules on one coded matter differ or agree, one a tier.

Only values of one tier are compared, and caps are never summed; how, `contrasts` says.
"""

from collections.abc import Iterator

from pipeline.core.gap_records import Matter, Point, PointQuote
from pipeline.gaps import contrasts, directions, outcomes
from pipeline.gaps.contrasts import Contrast
from pipeline.gaps.holdings import Held, Holding
from pipeline.gaps.sentences import headlines
from pipeline.gaps.sentences.wording import TIMES, Names, Pair

_LEAD_WEIGHT, _OTHER_WEIGHT = 3, 2
_FINE = "罚"  # in the name of a matter on fines


def of_matter(matter: Matter, gap_id: str, a: Holding, b: Holding, names: Names) -> list[Point]:
    """The points of a gap in the order of the tiers, the lead tier first.

    Args:
        matter: the matter.
        gap_id: begins the ids of the points.
        a: what holds in the baseline.
        b: what holds in the target.
        names: of the regions.
    """
    lead = lead_tier(matter, a, b)
    shared = set(a.standing) & set(b.standing) - set(contrasts.common_tiers(a, b))
    tiers = [tier for tier in dict.fromkeys([*a.standing, *b.standing]) if tier not in shared]
    tiers.sort(key=lambda tier: tier != lead)
    found = []
    for ordinal, tier in enumerate(tiers, 1):
        pair = a.standing.get(tier), b.standing.get(tier)
        weight = _LEAD_WEIGHT if tier == lead else _OTHER_WEIGHT
        found.append(_point(matter, gap_id, ordinal, tier, pair, weight, names))
    return found


def lead_tier(matter: Matter, a: Holding, b: Holding) -> str | None:
    """The tier whose values give ratio and headline: as coded, else the first that both sides have."""
    common = contrasts.common_tiers(a, b)
    if matter.lead in common or not common:
        return matter.lead
    return common[0]


def kind(matter: Matter) -> str:
    """The kind of a matter's points."""
    if _FINE in matter.name:
        return "penalty"
    if matter.kind != "quantity":
        return "condition"
    return "deadline" if matter.unit in TIMES else "amount"


def _point(
    matter: Matter,
    gap_id: str,
    ordinal: int,
    tier: str | None,
    pair: Pair,
    weight: int,
    names: Names,
) -> Point:
    a, b = pair
    relation = _relation(matter, a, b)
    contrast = contrasts.contrast(matter, a, b) if relation == "differs" else None
    return Point(
        point_id=f"{gap_id}__{ordinal}",
        ordinal=ordinal,
        kind=kind(matter),
        relation=relation,
        tier=tier,
        value_a=a.rule.value if a else None,
        value_b=b.rule.value if b else None,
        unit=matter.unit,
        ratio=contrast.ratio if contrast else None,
        basis=contrasts.basis(matter, a, b) if a and b else None,
        favours=_favours(matter, relation, contrast),
        weight=weight,
        rule_a=a.rule.rule_id if a else None,
        rule_b=b.rule.rule_id if b else None,
        sentence=headlines.point(matter, tier, pair, relation, contrast, names),
        quotes=list(_quotes(pair)),
    )


def _relation(matter: Matter, a: Held | None, b: Held | None) -> str:
    if a is None or b is None:
        return "only_a" if b is None else "only_b"
    return "same" if outcomes.agree(matter, a, b) else "differs"


def _favours(matter: Matter, relation: str, contrast: Contrast | None) -> str:
    if relation == "same":
        return directions.NEUTRAL
    if relation != "differs":
        return directions.UNCLEAR
    return directions.of_values(matter.better, (contrast.a, contrast.b) if contrast else None)


def _quotes(pair: Pair) -> Iterator[PointQuote]:
    for side, held in zip("ab", pair, strict=True):
        if held:
            rule = held.rule
            yield side, rule.clause_id, rule.start, rule.end, rule.quote
