"""Contrasts: two clauses' measures held against each other, like with like only."""

import math
import re
from dataclasses import dataclass
from typing import Final

from pipeline.records import Measure

ROLES: Final = {"fine": "罚款", "award": "奖补", "fee": "收费", "price": "价格", "threshold": "门槛",
                "deadline": "期限", "validity": "有效期", "share": "比例", "limit": "限值",
                "points": "积分", "other": "数额"}  # fmt: skip
BOUNDS: Final = {"exact": "定额", "at_most": "上限", "at_least": "下限", "range": "幅度"}
_MORE_IS_BETTER: Final = {"award", "points"}
_LESS_IS_BETTER: Final = {"fine", "fee", "price"}
_CHANGE: Final = re.compile("较?上?年?(?:下降|降低|上浮|下浮|提高|上调|下调|降|减|扣)")
_TAKEN_AWAY: Final = ("扣", "减", "降")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two measures of one dimension and role; ratio = value_a / value_b."""

    a: Measure
    b: Measure
    value_a: float
    value_b: float
    attribute: str
    several: bool  # whether they are the largest of several tiers

    @property
    def ratio(self) -> float | None:
        """How many times b's value a's is; None where b's is zero."""
        return round(self.value_a / self.value_b, 4) if self.value_b else None

    @property
    def equal(self) -> bool:
        """Whether the two say the same quantity in the same way."""
        return math.isclose(self.value_a, self.value_b) and self.a.bound == self.b.bound

    @property
    def like_bounds(self) -> bool:
        """Whether both are caps, both fixed sums, …; a cap against a fixed sum is told as such."""
        return self.a.bound == self.b.bound


def value(measure: Measure) -> float:
    """The figure that stands for a measure: its upper end, or what it has."""
    found = measure.max if measure.max is not None else measure.min
    assert found is not None, measure.measure_id
    return found


def contrasts(left: list[Measure], right: list[Measure]) -> list[Contrast]:
    """Pair the measures of two clauses by dimension (kind, unit), role, base and denominator.

    A role that one side leaves open ('other') goes with any role only where either side has one
    measure of that dimension. Where a side has several tiers, the highest are compared.
    """
    found = []
    for key in sorted({_key(m) for m in left} & {_key(m) for m in right}):
        ours, theirs = ([m for m in side if _key(m) == key] for side in (left, right))
        a, b = max(ours, key=value), max(theirs, key=value)
        attribute = ROLES[a.role] + (BOUNDS[a.bound] if a.bound == b.bound else "")
        found.append(Contrast(a, b, value(a), value(b), attribute, len(ours) + len(theirs) > 2))
    return found


def _key(measure: Measure) -> tuple[str, str, str, str, str, bool]:
    """What must be the same: a change (下降3分) is no level, and points added none taken away."""
    change = _CHANGE.match(measure.quote) is not None
    return (measure.kind, measure.unit, measure.role, measure.base or "", measure.per or "", change)


def favours(contrast: Contrast, waiting: bool = False, giving: bool = False) -> str:
    """Whom the difference favours, from the beneficiary's side.

    Money and points given: more is better. Fees, fines, and the time that an authority takes
    (`waiting`): less is. A share of an award, or what a charge
    is cut by (`giving`): more is. Thresholds: a lower floor or a
    higher ceiling is easier to meet. A term that binds the citizen, and all else: unclear.
    """
    if math.isclose(contrast.value_a, contrast.value_b):
        return "neutral"
    better = True if giving else _more_is_better(contrast, waiting)
    if better is None:
        return "unclear"
    return "baseline" if better == (contrast.value_a > contrast.value_b) else "target"


def _more_is_better(contrast: Contrast, waiting: bool) -> bool | None:
    role = contrast.a.role
    if role == "threshold" and contrast.like_bounds:
        return {"at_least": False, "at_most": True}.get(contrast.a.bound)
    if role in _LESS_IS_BETTER or (role == "deadline" and waiting):
        return False
    if role == "points" and contrast.a.quote.startswith(_TAKEN_AWAY):
        return False
    return True if role in _MORE_IS_BETTER else None


def severity(contrast: Contrast) -> float:
    """How large a difference is, 0 to 1: a hundredfold or more is 1, unlike bounds count less.

    severity = 0.3 + 0.7 × min(1, |log10 ratio| / 2); × 0.9 where a cap meets a fixed sum;
    0.9 where one side is zero; 0 where nothing differs.
    """
    if contrast.equal:
        return 0.0
    if contrast.value_a == 0 or contrast.value_b == 0:
        return 0.9
    size = min(1.0, abs(math.log10(contrast.value_a / contrast.value_b)) / 2)
    return round((0.3 + 0.7 * size) * (1 if contrast.like_bounds else 0.9), 4)


def kind(contrast: Contrast) -> str:
    """The kind of gap that a contrast is."""
    if contrast.equal:
        return "equivalent"
    if contrast.a.role == "fine":
        return "penalty"
    if contrast.a.kind == "duration" and contrast.a.role == "deadline":
        return "deadline"
    return "condition" if contrast.a.role == "threshold" else "amount"
