"""Directions: which side is better off, seen by those whom a matter affects."""

from pipeline.core.gap_records import Matter
from pipeline.gaps import outcomes

BASELINE, TARGET, NEUTRAL, UNCLEAR = DIRECTIONS = ("baseline", "target", "neutral", "unclear")


def of_outcome(
    matter: Matter, outcome: str, values: tuple[float, float] | None, day: str, newest: bool
) -> str:
    """The direction of a gap.

    What a person read wins; then the values of the lead tier, or which side has the rule at all, by
    whether more is better for those whom it affects.

    Args:
        matter: the matter.
        outcome: of the gap.
        values: of the lead tier, baseline and target; None where none are compared.
        day: of the gap.
        newest: whether it is the newest day.
    """
    if outcome in (outcomes.LAPSED, outcomes.UNCOLLECTED):
        return UNCLEAR
    read = matter.favours.get(day) or (matter.favours.get("newest") if newest else None)
    if read:
        return read
    if outcome in (outcomes.SAME, outcomes.NATIONAL):
        return NEUTRAL
    if outcome == outcomes.MISSING:
        values = (1, 0)
    elif outcome == outcomes.EXTRA:
        values = (0, 1)
    return of_values(matter.better, values)


def of_values(better: str, values: tuple[float, float] | None) -> str:
    """Which side's value is better.

    >>> of_values("less", (7.6, 1.2)), of_values("more", (1, 1)), of_values("none", (1, 2))
    ('target', 'neutral', 'unclear')
    """
    if values is None or better not in ("more", "less"):
        return UNCLEAR
    if values[0] == values[1]:
        return NEUTRAL
    return BASELINE if (values[0] > values[1]) == (better == "more") else TARGET
