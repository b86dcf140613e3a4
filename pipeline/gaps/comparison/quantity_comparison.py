"""Comparison of the measures of two clauses, of one dimension only."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.core import labels
from pipeline.core.records import Measure

Nearness = Callable[[Measure, Measure], float]  # how far two quantities are of one thing, 0 to 1
_MORE_IS_BETTER: Final = {"award", "points"}
_LESS_IS_BETTER: Final = {"fine", "fee", "price"}
_TELLING: Final = {"award", "fee", "fine", "price", "points", "share"}
_CHANGE: Final = re.compile("较?上?年?(?:下降|降低|上浮|下浮|提高|上调|下调|降|减|扣)")
_ALIKE: Final = 0.4  # Dice of two bases from which they are one: between 0.33 of 营业利润/营业收入 and 0.45 of two wordings of one net income
_TIERS: Final = 3  # thresholds of one kind from which a clause speaks of tiers
_TAKEN_AWAY: Final = ("扣", "减", "降")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two measures of one role; `tiers` are all of a side that has several, of which the highest is held."""

    a: Measure
    b: Measure
    tiers: tuple[Measure, ...] = ()

    @property
    def several(self) -> bool:
        """Whether one side has several tiers."""
        return bool(self.tiers)

    @property
    def basis(self) -> str:
        """What is held against what: like, upper_end (a cap or range against a fixed sum), or told."""
        if not _same_dimension(self.a, self.b):
            return "told"
        if self.a.bound == self.b.bound:
            return "upper_end" if self.tiers else "like"
        return "told" if "at_least" in (self.a.bound, self.b.bound) else "upper_end"

    @property
    def values(self) -> tuple[float, float] | None:
        """Both figures in one unit, the upper ends, or the lower ones where the upper are equal."""
        if self.basis == "told":
            return None
        ends = _value(self.a), _value(self.b)
        if math.isclose(*ends) and self.a.min is not None and self.b.min is not None:
            return self.a.min, self.b.min
        return ends

    @property
    def ratio(self) -> float | None:
        """How many times b's value a's is; None where b's is zero or the two are only told."""
        return round(self.values[0] / self.values[1], 4) if self.values and self.values[1] else None

    @property
    def equal(self) -> bool:
        """Whether the two say the same quantity in the same way."""
        return self.basis == "like" and self.values is not None and math.isclose(*self.values)

    @property
    def attribute(self) -> str:
        """The role of the two measures, and their bound where it is the same: 奖补上限."""
        role = labels.of("measure_role", self.a.role).in_summary
        same = self.a.bound == self.b.bound
        return role + (labels.of("measure_bound", self.a.bound).in_summary if same else "")


def _value(measure: Measure) -> float:
    """The figure that stands for a measure: its upper end, or what it has."""
    found = measure.max if measure.max is not None else measure.min
    assert found is not None, measure.measure_id
    return found


def _key(measure: Measure) -> tuple[object, ...]:
    """What must be the same: a change (下降3分) is no level, and points added none taken away."""
    change = _CHANGE.match(measure.quote) is not None
    return (measure.kind, measure.unit, measure.per or "", measure.role, change)


def _same_dimension(a: Measure, b: Measure) -> bool:
    """Whether two figures could be divided: one kind, unit, denominator, and base in like words."""
    return (a.kind, a.unit, a.per or "") == (b.kind, b.unit, b.per or "") and _same_base(a, b)


def _same_base(a: Measure, b: Measure) -> bool:
    """Whether two shares are of one thing, by their bases' neighbouring characters (Dice).

    销售合同额 and 合同额 are one, 营业利润 and 营业收入 are not; a base against none is not known to be one.
    """
    left, right = (set(pairwise(m.base or "")) for m in (a, b))
    if not (left and right):
        return (a.base or "") == (b.base or "")
    return 2 * len(left & right) / (len(left) + len(right)) >= _ALIKE


def whole(left: list[Measure], right: list[Measure]) -> list[Contrast]:
    """Pair the measures of two clauses that each say one thing, as digests do.

    Lists are paired by position and refused where the counts differ. One quantity against several
    tiers is held against the highest.
    """
    found = []
    for key in sorted({_key(m) for m in left} & {_key(m) for m in right}, key=str):
        ours, theirs = ([m for m in side if _key(m) == key] for side in (left, right))
        ours = [a for a in ours if any(_same_base(a, b) for b in theirs)]
        theirs = [b for b in theirs if any(_same_base(a, b) for a in ours)]
        if len(ours) == len(theirs):
            found += [Contrast(a, b) for a, b in zip(ours, theirs, strict=True)]
        elif 1 in (len(ours), len(theirs)) and "threshold" not in key:
            tiers = tuple(ours if len(ours) > 1 else theirs)
            found.append(Contrast(max(ours, key=_value), max(theirs, key=_value), tiers))
    return found or list(_told(left, right, lambda _a, _b: 1.0, 0.0))


def among(
    left: list[Measure], right: list[Measure], near: Nearness, floor: float
) -> list[Contrast]:
    """Pair the measures of two articles that say many things, each with the nearest of its kind.

    Args:
        left: measures of one article.
        right: of the other.
        near: how far two quantities are of one thing.
        floor: nearness below which two are not held against each other. What is the same on both sides
            is paired first, from half of it on: two thirds stand against two thirds.
    """
    left, right = _untiered(left), _untiered(right)
    alike = [(a, b) for a in left for b in right if _key(a) == _key(b) and _same_base(a, b)]
    cells = [(near(a, b), a, b) for a, b in alike]
    cells = [(c, a, b) for c, a, b in cells if c >= (floor / 2 if _same_figures(a, b) else floor)]
    cells.sort(
        key=lambda cell: (not _same_figures(*cell[1:]), -cell[0], cell[1].start, cell[2].start)
    )
    taken: set[str] = set()
    found = []
    for _, a, b in cells:
        if not {a.measure_id, b.measure_id} & taken:
            taken |= {a.measure_id, b.measure_id}
            found.append(Contrast(a, b))
    return found or list(_told(left, right, near, floor))


def _untiered(measures: list[Measure]) -> list[Measure]:
    """Without thresholds that tell tiers apart (三百人以上…；一千人以上…；五千人以上…)."""
    tiers = Counter(_key(m) for m in measures if m.role == "threshold")
    return [m for m in measures if tiers[_key(m)] < _TIERS]


def _same_figures(a: Measure, b: Measure) -> bool:
    return (a.min, a.max) == (b.min, b.max)


def _told(
    left: list[Measure], right: list[Measure], near: Nearness, floor: float
) -> Iterator[Contrast]:
    """For each role, the first two quantities of one thing in unlike terms: a rate and a sum, say."""
    seen: dict[str, bool] = defaultdict(bool)
    for a in left:
        for b in right:
            like = a.role == b.role and a.role in _TELLING and not seen[a.role]
            if like and not _same_dimension(a, b) and near(a, b) >= floor:
                seen[a.role] = True
                yield Contrast(a, b)


def favours(contrast: Contrast, waiting: bool = False, giving: bool = False) -> str:
    """Whom the difference favours, from the beneficiary's side.

    Money and points given: more is better. Fees, fines, and the time that an authority takes
    (`waiting`): less is. A share of an award, or what a charge is cut by (`giving`): more is.
    Thresholds: a lower floor or a higher ceiling is easier to meet. A term that binds the citizen,
    quantities that are only told, and all else: unclear.
    """
    if contrast.values is None:
        return "unclear"
    if math.isclose(*contrast.values):
        return "neutral"
    if any(_turns(contrast, tier) for tier in contrast.tiers):
        return "unclear"  # the highest tier tells one thing and the lowest another
    better = True if giving else _more_is_better(contrast, waiting)
    if better is None:
        return "unclear"
    return "baseline" if better == (contrast.values[0] > contrast.values[1]) else "target"


def _turns(contrast: Contrast, tier: Measure) -> bool:
    """Whether a tier stands on the other side of the single quantity than the highest does."""
    single = contrast.b if contrast.a in contrast.tiers else contrast.a
    highest = max(map(_value, contrast.tiers))
    return (_value(tier) > _value(single)) != (highest > _value(single))


def _more_is_better(contrast: Contrast, waiting: bool) -> bool | None:
    role = contrast.a.role
    if role == "threshold" and contrast.a.bound == contrast.b.bound:
        return {"at_least": False, "at_most": True}.get(contrast.a.bound)
    if role in _LESS_IS_BETTER or (role == "deadline" and waiting):
        return False
    if role == "points" and contrast.a.quote.startswith(_TAKEN_AWAY):
        return False
    return True if role in _MORE_IS_BETTER else None


def kind(contrast: Contrast) -> str:
    """The kind of gap that a contrast is."""
    if contrast.equal:
        return "equivalent"
    if contrast.a.role == "fine":
        return "penalty"
    if contrast.a.kind == "duration" and contrast.a.role == "deadline":
        return "deadline"
    return "condition" if contrast.a.role == "threshold" else "amount"
