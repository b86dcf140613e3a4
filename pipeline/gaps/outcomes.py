"""Outcomes: what a matter comes to on a day, from what holds on either side.

differs, same      both sides have a rule in force; same where every tier in common has equal answers
national           every rule in force stands above both sides
missing, extra     one side has a rule, the other is known to have none
lapsed             a side's last rule ended, and nothing took its place
uncollected        one side is not known: 未查得 is not 没有
"""

from pipeline.core.gap_records import Matter
from pipeline.gaps import contrasts
from pipeline.gaps.holdings import OWN, Held, Holding, Side

DIFFERS, SAME, NATIONAL = "differs", "same", "national"
MISSING, EXTRA = "missing", "extra"
LAPSED, UNCOLLECTED = "lapsed", "uncollected"
OPEN = (DIFFERS, MISSING, EXTRA)  # there is a difference
EQUAL = (SAME, NATIONAL)  # there is none


def outcome(matter: Matter, a: Holding, b: Holding, sides: tuple[Side, Side]) -> str:
    """What a matter comes to."""
    if a.standing and b.standing:
        if all(_common(held, sides) for side in (a, b) for held in side.standing.values()):
            return NATIONAL
        return SAME if are_same(matter, a, b) else DIFFERS
    if a.standing and b.absence:
        return MISSING
    if b.standing and a.absence:
        return EXTRA
    if a.lapsed or b.lapsed:
        return LAPSED
    return UNCOLLECTED


def _common(held: Held, sides: tuple[Side, Side]) -> bool:
    """Whether a rule stands above both sides."""
    return held.level != OWN and all(held.rule.region_id in side.above for side in sides)


def are_same(matter: Matter, a: Holding, b: Holding) -> bool:
    """Whether every tier in common has equal answers, and there is one."""
    if matter.compare == "same":
        return True
    pairs = [(a.standing[tier], b.standing[tier]) for tier in contrasts.common_tiers(a, b)]
    return bool(pairs) and all(agree(matter, *pair) for pair in pairs)


def agree(matter: Matter, a: Held, b: Held) -> bool:
    """Whether two rules of one tier come to the same; on unlike bases only one rule agrees with itself."""
    if matter.compare == "same" or a.rule.rule_id == b.rule.rule_id:
        return True
    return matter.compare != contrasts.TOLD and equal(a, b)


def equal(a: Held, b: Held) -> bool:
    """Whether two rules answer alike: equal values, both ends where both give both, or equal words."""
    one, other = a.rule, b.rule
    if one.value is None or other.value is None:
        return one.value is other.value and one.answer == other.answer
    lower = one.value_min == other.value_min or None in (one.value_min, other.value_min)
    return one.value == other.value and lower
