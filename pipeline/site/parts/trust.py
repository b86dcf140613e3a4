"""Trust: how far a reader may rely on what a matter comes to, by the weakest source of either side, in plain words."""

from collections.abc import Sequence
from typing import Any

from pipeline.site.kb import Row

# Grades of source, the best first, and what a reader may do with what rests on one.
LEVELS = {
    "official": ("高", "两侧所据都是官方发布的材料，或官方文本的转载、摘要。"),
    "mirror": ("高", "两侧所据都是官方发布的材料，或官方文本的转载、摘要。"),
    "summary": ("高", "两侧所据都是官方发布的材料，或官方文本的转载、摘要。"),
    "press": ("中", "有一侧只见新闻报道，没有读到原文，引用前请核对。"),
    "secondary": ("低", "有一侧只见二手资料，没有读到原文，引用前请核对原文。"),
}
_LACKING = {"a": "extra", "b": "missing"}  # the outcome in which a side has no rule
_NEAREST = ("own", "upper", "national", "inside")  # levels, the one that stands for a side first


def of_matter(groups: dict[str, list[Row]], outcome: str) -> dict[str, Any] | None:
    """The trust of a matter.

    Args:
        groups: rules in force by side, each list with the rules that stand for the side first.
        outcome: of the gap; a side that has none is not judged by its counties.

    Returns:
        level: 高, 中 or 低; why: in one sentence; sides: (side, grade of its weakest source);
        None without a rule in force.
    """
    order = list(LEVELS)
    sides = []
    for side in [side for side in "ab" if outcome != _LACKING[side]]:
        grades = [rule["source_grade"] for rule in _standing([*groups["both"], *groups[side]])]
        if grades:
            sides.append((side, max(grades, key=order.index)))
    if not sides:
        return None
    level, why = LEVELS[max((grade for _, grade in sides), key=order.index)]
    return {"level": level, "why": why, "sides": sides}


def _standing(rules: Sequence[Row]) -> list[Row]:
    """The rules of the nearest level that has any."""
    for level in _NEAREST:
        if found := [rule for rule in rules if rule["level"] == level]:
            return found
    return []
