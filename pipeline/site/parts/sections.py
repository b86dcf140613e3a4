"""Sections of matters: what is known of the two sides, in the order in which a reader meets them."""

from collections.abc import Iterable
from typing import Any

from pipeline.site.kb import Row

TITLES = {
    "both": "两地都有规定",
    "absent": "一地有、另一地确知没有",
    "not_found": "一地有、另一地查过未查得或已失效",
    "to_collect": "待收集",
}
# The section of a row of gaps; 未查得 and 待收集 are kept apart from 没有.
SECTION = """
    case when outcome in ('differs', 'same', 'national') then 'both'
        when outcome in ('missing', 'extra') then 'absent'
        when outcome = 'lapsed' or grade = 'searched' then 'not_found'
        else 'to_collect' end
"""
# The order within a section: differences first, then by importance.
ORDER = """
    case outcome when 'same' then 1 when 'national' then 2 else 0 end, importance desc, gap_id
"""
OF_OUTCOME = {
    "differs": "both",
    "same": "both",
    "national": "both",
    "missing": "absent",
    "extra": "absent",
    "lapsed": "not_found",
    "uncollected": "not_found",
}


def divide(gaps: Iterable[Row], shown: int) -> list[dict[str, Any]]:
    """All sections with their rows, at most `shown` each, and how many each has.

    >>> divide([{"section": "both", "gap_id": "a"}, {"section": "both", "gap_id": "b"}], 1)[0]
    {'section': 'both', 'title': '两地都有规定', 'total': 2, 'gaps': [{'gap_id': 'a'}]}
    """
    found: dict[str, list[Row]] = {section: [] for section in TITLES}
    for gap in gaps:
        found[gap["section"]].append({k: v for k, v in gap.items() if k != "section"})
    return [
        {"section": section, "title": TITLES[section], "total": len(rows), "gaps": rows[:shown]}
        for section, rows in found.items()
    ]
