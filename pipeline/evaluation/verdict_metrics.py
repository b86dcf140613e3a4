"""Verdict metrics: computed gaps compared with what fair readers concluded from the same facts.

A verdict names a matter and a day, and says outcome, direction and ratio. Lapsed counts as uncollected
and unclear as neutral, for readers do not part them; a ratio counts within one per cent, either way up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from pipeline.core.gap_records import Gap
from pipeline.gaps import directions, outcomes

NEWEST = "newest"  # in a verdict: the newest day, whatever its date
_ONE = {outcomes.LAPSED: outcomes.UNCOLLECTED, directions.UNCLEAR: directions.NEUTRAL}
_TOLERANCE = 0.01  # share of a ratio


@dataclass(frozen=True, slots=True)
class VerdictScore:
    """Counts that add up over verdicts; the figures are ratios of them.

    Attributes:
        verdicts: all.
        outcome: those whose gap has the same outcome; one without gap has not.
        favours: of these, those with the same direction.
        with_ratio: verdicts that give a ratio, of those with the same outcome.
        ratio: of these, those whose gap has it.
    """

    verdicts: int = 0
    outcome: int = 0
    favours: int = 0
    with_ratio: int = 0
    ratio: int = 0

    def __add__(self, other: "VerdictScore") -> "VerdictScore":
        return VerdictScore(
            *(getattr(self, field.name) + getattr(other, field.name) for field in fields(self))
        )

    def figures(self) -> dict[str, float]:
        """The ratios, by the names that reports use.

        >>> VerdictScore(verdicts=8, outcome=6, favours=3, with_ratio=0, ratio=0).figures()
        {'outcome': 0.75, 'favours': 0.5, 'ratio': 1.0}
        """
        parts = {
            "outcome": (self.outcome, self.verdicts),
            "favours": (self.favours, self.outcome),
            "ratio": (self.ratio, self.with_ratio),
        }
        return {name: round(n / of, 4) if of else 1.0 for name, (n, of) in parts.items()}


@dataclass(frozen=True, slots=True)
class VerdictComparison:
    """The score of one verdict, its gap if there is one, and what a person should look at."""

    verdict: Mapping[str, Any]
    as_of: str
    gap: Gap | None
    score: VerdictScore
    disagreements: list[str]


def compare_all(
    verdicts: Iterable[Mapping[str, Any]], gaps: Iterable[Gap]
) -> list[VerdictComparison]:
    """Compare every verdict with the gap of its matter and day.

    Args:
        verdicts: objects of the codebook: matter, as_of, outcome, favours, ratio, headline.
        gaps: of the comparison that the verdicts speak of.
    """
    by_day = {(gap.matter_id, gap.as_of): gap for gap in gaps}
    newest = max((day for _, day in by_day), default="")
    found = []
    for verdict in verdicts:
        as_of = newest if verdict["as_of"] == NEWEST else verdict["as_of"]
        found.append(compare(verdict, as_of, by_day.get((verdict["matter"], as_of))))
    return found


def compare(verdict: Mapping[str, Any], as_of: str, gap: Gap | None) -> VerdictComparison:
    """Compare one verdict with its gap: outcome first, the rest only where that is the same."""
    if gap is None:
        return VerdictComparison(verdict, as_of, gap, VerdictScore(1), ["没有这一条差异"])
    told = [_told(name, verdict[name], getattr(gap, name)) for name in ("outcome", "favours")]
    if told[0]:
        return VerdictComparison(verdict, as_of, gap, VerdictScore(1), [told[0]])
    with_ratio = bool(verdict.get("ratio"))
    is_near = with_ratio and _is_near(verdict["ratio"], gap.ratio)
    if with_ratio and not is_near:
        told.append(f"ratio {gap.ratio}，应为 {verdict['ratio']}")
    score = VerdictScore(1, 1, int(not told[1]), int(with_ratio), int(is_near))
    return VerdictComparison(verdict, as_of, gap, score, [*filter(None, told)])


def _told(name: str, expected: str, found: str) -> str:
    """What differs; empty where the two count as one."""
    same = _ONE.get(expected, expected) == _ONE.get(found, found)
    return "" if same else f"{name} {found}，应为 {expected}"


def _is_near(expected: float, found: float | None) -> bool:
    if not found:
        return False
    return min(abs(found / expected - 1), abs(1 / found / expected - 1)) <= _TOLERANCE


def total(compared: Iterable[VerdictComparison]) -> VerdictScore:
    """The score over all verdicts."""
    return sum((each.score for each in compared), VerdictScore())
