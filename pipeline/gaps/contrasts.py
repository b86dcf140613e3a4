"""Contrasts: the values of two rules of one tier, and how they may be compared.

Like with like; a cap, a range and a fixed sum by their upper ends, which is said; other bases are told
side by side. Nothing is divided by 0, and equal values give no ratio.
"""

from dataclasses import dataclass

from pipeline.core.gap_records import Matter
from pipeline.gaps.holdings import Held, Holding

LIKE, UPPER_END, TOLD = "like", "upper_end", "told"
_LIKE_BOUNDS = {"exact", "at_most", "at_least"}  # two ranges are compared by their upper ends


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two values that are compared, those of baseline and target; `basis` is like or upper_end.

    >>> Contrast(20.0, 3000.0, LIKE).ratio, Contrast(0.0, 3.0, LIKE).ratio
    (150.0, None)
    """

    a: float
    b: float
    basis: str

    @property
    def ratio(self) -> float | None:
        """Larger over smaller; None where they are equal or one is 0."""
        if self.a == self.b or min(self.a, self.b) <= 0:
            return None
        return max(self.a, self.b) / min(self.a, self.b)


def basis(matter: Matter, a: Held, b: Held) -> str | None:
    """How two rules are compared; None where they have no values."""
    if matter.compare == TOLD:
        return TOLD
    if a.rule.value is None or b.rule.value is None:
        return None
    bounds = {a.rule.bound, b.rule.bound}
    is_like = len(bounds) == 1 and bounds <= _LIKE_BOUNDS and matter.compare == LIKE
    return LIKE if is_like else UPPER_END


def contrast(matter: Matter, a: Held | None, b: Held | None) -> Contrast | None:
    """The values of two rules; None where nothing is compared."""
    if a is None or b is None or a.rule.value is None or b.rule.value is None:
        return None
    how = basis(matter, a, b)
    return Contrast(a.rule.value, b.rule.value, how) if how in (LIKE, UPPER_END) else None


def common_tiers(a: Holding, b: Holding) -> list[str | None]:
    """The tiers that both sides have, in the order of the baseline's.

    One that both have from the same rule above them is told only where there is no other.
    """
    common = [tier for tier in a.standing if tier in b.standing]
    own = [tier for tier in common if a.standing[tier].rule != b.standing[tier].rule]
    return own or common
