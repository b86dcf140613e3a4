"""Table of matters: what each level of both sides says on each, one row a matter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = ("gaps", "gap_rules", "rules", "regions")
SHOWN = 3  # rules of a cell before it counts the rest

_RULES = """
    select x.gap_id, x.side, x.level, x.in_force, r.rule_id, r.tier, r.says, r.in_force_to, g.name as region
    from gaps p join gap_rules x using (gap_id) join rules r using (rule_id)
    join regions g on g.region_id = r.region_id
    where p.topic_id = ? and p.comparison_id = ? and p.as_of = ? order by p.gap_id, r.rowid
"""
# The column of a rule by its side and level: a, b = of the place itself; above = province and nation;
# inside = counties and districts of either side.
_ABOVE, _INSIDE = "above", "inside"
_OF_PLACES = ("upper", "national")


async def load(db: Database, topic_id: str, comparison_id: str, as_of: str) -> dict[str, Any]:
    """The rules of every matter of a topic in a comparison on a day, by gap_id."""
    rules: dict[str, list[kb.Row]] = defaultdict(list)
    for row in await kb.rows(db, _RULES, [topic_id, comparison_id, as_of]):
        rules[row["gap_id"]].append(row)
    return rules


def with_cells(gaps: Iterable[kb.Row], rules: dict[str, list[kb.Row]]) -> list[kb.Row]:
    """The gaps, each with `cells` and `blanks`, see there, and `over`, the rule of a place that ended last."""
    return [
        gap
        | {
            "cells": cells(rules.get(gap["gap_id"], [])),
            "blanks": {side: blank(gap, side, rules.get(gap["gap_id"], [])) for side in "ab"},
            "over": {side: _over(side, rules.get(gap["gap_id"], [])) for side in "ab"},
        }
        for gap in gaps
    ]


def cells(rules: Sequence[kb.Row]) -> dict[str, dict[str, Any]]:
    """What is in force, by column: the first lines, and how many others there are.

    >>> rule = {"side": "b", "level": "upper", "in_force": 1, "rule_id": "r", "tier": None,
    ...         "says": "20万元", "region": "浙江省"}
    >>> cells([rule])["above"]
    {'lines': [{'region': '浙江省', 'tier': None, 'says': '20万元'}], 'more': 0}
    """
    columns: dict[str, dict[str, kb.Row]] = {"a": {}, "b": {}, _ABOVE: {}, _INSIDE: {}}
    for rule in rules:
        if rule["in_force"]:
            line = {key: rule[key] for key in ("region", "tier", "says")}
            columns[_column(rule)].setdefault(rule["rule_id"], line)
    return {
        column: {"lines": list(lines.values())[:SHOWN], "more": max(len(lines) - SHOWN, 0)}
        for column, lines in columns.items()
    }


def _column(rule: kb.Row) -> str:
    if rule["level"] == "own":
        return str(rule["side"])
    return _INSIDE if rule["level"] == "inside" else _ABOVE


def blank(gap: kb.Row, side: str, rules: Sequence[kb.Row]) -> str:
    """Why a place has no rule of its own: a code for the template; "" where it has one.

    Returns:
        upper, national: a rule from above holds; inside: only those of counties or districts count;
        absent: known to have none; lapsed: the last one is over; unknown: searched, or still to collect.
    """
    of_side = [rule for rule in rules if rule["side"] == side]
    levels = {rule["level"] for rule in of_side if rule["in_force"]}
    if "own" in levels:
        return ""
    if level := next((level for level in _OF_PLACES if level in levels), None):
        return level
    if gap["outcome"] == ("extra" if side == "a" else "missing"):
        return "absent"
    if gap["outcome"] == "differs" or gap["outcome"] == "same":
        return "inside"
    over = {rule["level"] for rule in of_side if not rule["in_force"]} - {"inside"}
    return "lapsed" if gap["outcome"] == "lapsed" and over else "unknown"


def _over(side: str, rules: Sequence[kb.Row]) -> str | None:
    """What the rule of a place that ended last said; None where none is over."""
    over = [
        rule
        for rule in rules
        if rule["side"] == side and not rule["in_force"] and rule["level"] != _INSIDE
    ]
    last = max(over, key=lambda rule: rule["in_force_to"] or "", default=None)
    if last is None:
        return None
    return f"{last['tier']}：{last['says']}" if last["tier"] else str(last["says"])
