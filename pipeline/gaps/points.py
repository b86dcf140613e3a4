"""Points: the things in which two places' rules on one coded matter differ or agree, one a tier.

Like with like: only within a tier; a cap, a range and a fixed sum are compared by their upper ends, and
it is said so; other bases are told side by side. Caps are never summed, and nothing is divided by 0.
"""

from collections.abc import Iterator

from pipeline.core.gap_records import Matter, Point, PointQuote
from pipeline.gaps import directions, headlines, outcomes
from pipeline.gaps.holdings import Held, Holding
from pipeline.gaps.wording import Names

LIKE, UPPER_END, TOLD = "like", "upper_end", "told"
_LEAD_WEIGHT, _OTHER_WEIGHT = 3, 2
_TIMES = ("工作日", "日", "天", "个月", "年", "小时", "分钟")
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
    tiers = dict.fromkeys(
        [*([lead] if lead in {*a.standing, *b.standing} else []), *a.standing, *b.standing]
    )
    found = []
    for ordinal, tier in enumerate(tiers, 1):
        pair = a.standing.get(tier), b.standing.get(tier)
        weight = _LEAD_WEIGHT if tier == lead else _OTHER_WEIGHT
        found.append(_point(matter, f"{gap_id}__{ordinal}", ordinal, tier, pair, weight, names))
    return found


def lead_tier(matter: Matter, a: Holding, b: Holding) -> str | None:
    """The tier whose values give ratio and headline: as coded, else the first that both sides have."""
    common = [tier for tier in a.standing if tier in b.standing]
    if matter.lead in common or not common:
        return matter.lead
    return common[0]


def basis(matter: Matter, a: Held, b: Held) -> str | None:
    """How two values are compared; None where there are none."""
    if matter.compare == TOLD:
        return TOLD
    if a.rule.value is None or b.rule.value is None:
        return None
    if matter.compare == UPPER_END or a.rule.bound != b.rule.bound:
        return UPPER_END
    return LIKE


def values(matter: Matter, a: Held | None, b: Held | None) -> tuple[float, float] | None:
    """The two values that are compared; None where nothing is."""
    if a is None or b is None or basis(matter, a, b) not in (LIKE, UPPER_END):
        return None
    assert a.rule.value is not None and b.rule.value is not None
    return a.rule.value, b.rule.value


def ratio(compared: tuple[float, float] | None) -> float | None:
    """Larger over smaller of two values; None where they are equal or one is 0.

    >>> ratio((20.0, 3000.0)), ratio((0.0, 3.0)), ratio((2.0, 2.0))
    (150.0, None, None)
    """
    if compared is None or min(compared) <= 0 or compared[0] == compared[1]:
        return None
    return max(compared) / min(compared)


def kind(matter: Matter) -> str:
    """The kind of a matter's points."""
    if _FINE in matter.name:
        return "penalty"
    if matter.kind != "quantity":
        return "condition"
    return "deadline" if matter.unit in _TIMES else "amount"


def _point(
    matter: Matter,
    point_id: str,
    ordinal: int,
    tier: str | None,
    pair: tuple[Held | None, Held | None],
    weight: int,
    names: Names,
) -> Point:
    a, b = pair
    compared = values(matter, a, b)
    relation = _relation(matter, a, b)
    return Point(
        point_id=point_id,
        ordinal=ordinal,
        kind=kind(matter),
        relation=relation,
        tier=tier,
        value_a=a.rule.value if a else None,
        value_b=b.rule.value if b else None,
        unit=matter.unit,
        ratio=ratio(compared),
        basis=basis(matter, a, b) if a and b else None,
        favours=_favours(matter, relation, compared),
        weight=weight,
        sentence=headlines.point(matter, tier, pair, relation, compared, names),
        quotes=list(_quotes(pair)),
    )


def _relation(matter: Matter, a: Held | None, b: Held | None) -> str:
    if a is None or b is None:
        return "only_a" if b is None else "only_b"
    is_same = matter.compare == "same" or (matter.compare != TOLD and outcomes.equal(a, b))
    return "same" if is_same else "differs"


def _favours(matter: Matter, relation: str, compared: tuple[float, float] | None) -> str:
    if relation == "same":
        return directions.NEUTRAL
    return (
        directions.of_values(matter.better, compared)
        if relation == "differs"
        else directions.UNCLEAR
    )


def _quotes(pair: tuple[Held | None, Held | None]) -> Iterator[PointQuote]:
    for side, held in zip("ab", pair, strict=True):
        if held:
            rule = held.rule
            yield side, rule.clause_id, rule.start, rule.end, rule.quote
