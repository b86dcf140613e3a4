"""Directions: which side is better off, seen by those whom a matter affects."""

from pipeline.core.gap_records import Matter, Moment
from pipeline.gaps import outcomes, paper
from pipeline.gaps.contrasts import Contrast

BASELINE, TARGET, NEUTRAL, UNCLEAR = DIRECTIONS = ("baseline", "target", "neutral", "unclear")


def of_outcome(
    matter: Matter, outcome: str, contrast: Contrast | None, moment: Moment, comparison_id: str
) -> str:
    """The direction of a gap.

    What a person read wins, who read Shanghai against Jiaxing: elsewhere it is unclear. Then the values of the lead tier, or which side has the rule at all, by
    whether more is better for those whom it affects.

    Args:
        matter: the matter.
        outcome: of the gap.
        contrast: the values of the lead tier; None where none are compared.
        moment: the day of the gap.
        comparison_id: the comparison.
    """
    if outcome in (outcomes.LAPSED, outcomes.UNCOLLECTED):
        return UNCLEAR
    if outcome in outcomes.EQUAL:
        return NEUTRAL
    newest = matter.favours.get("newest") if moment.newest else None
    if read := matter.favours.get(moment.as_of) or newest:
        return read if comparison_id == paper.COMPARISON else UNCLEAR
    if outcome == outcomes.DIFFERS:
        return of_values(matter.better, (contrast.a, contrast.b) if contrast else None)
    return of_values(matter.better, (1, 0) if outcome == outcomes.MISSING else (0, 1))


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
