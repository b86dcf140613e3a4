"""Sections of matters: what is known of the two sides, in the order in which a reader meets them."""

import math
from collections.abc import Iterable
from typing import Any

from pipeline.site.kb import Row

TITLES = {
    "differs": "两地都有规定，有差别",
    "absent": "一地有规定，另一地确知没有",
    "same": "两地都有规定，相同或同按上级",
    "not_found": "一地有规定，另一地查过未查得或已失效",
    "to_collect": "一地有规定，另一地待收集",
}
# The section of a row of gaps; 未查得 and 待收集 are kept apart from 没有.
SECTION = """
    case when outcome = 'differs' then 'differs'
        when outcome in ('same', 'national') then 'same'
        when outcome in ('missing', 'extra') then 'absent'
        when outcome = 'lapsed' or grade = 'searched' then 'not_found'
        else 'to_collect' end
"""
# The order within a section.
ORDER = "case outcome when 'national' then 1 else 0 end, importance desc, gap_id"
# Columns of the picture of topics: a section, or one outcome of it; a header over those that belong together.
COLUMNS = (
    ("both", "differs", "differs"),
    ("both", "same", "same"),
    ("absent", "missing", "absent"),
    ("absent", "extra", "absent"),
    ("unknown", "not_found", "not_found"),
    ("unknown", "to_collect", "to_collect"),
)
# The column of a row of gaps.
COLUMN = f"case when outcome in ('missing', 'extra') then outcome else {SECTION} end"
SHADES = 4  # of a cell of the picture, by its share of the largest


def shade(count: int, most: int) -> int:
    """The shade of a cell: 0 for none, then 1 to SHADES by the square root of its share.

    >>> shade(0, 40), shade(1, 40), shade(10, 40), shade(40, 40)
    (0, 1, 2, 4)
    """
    if not count or not most:
        return 0
    return max(1, round(SHADES * math.sqrt(count / most)))


def divide(gaps: Iterable[Row], shown: int) -> list[dict[str, Any]]:
    """All sections with their rows, at most `shown` each, and how many each has.

    >>> divide([{"section": "same", "gap_id": "a"}, {"section": "same", "gap_id": "b"}], 1)[2]
    {'section': 'same', 'title': '两地都有规定，相同或同按上级', 'total': 2, 'gaps': [{'gap_id': 'a'}]}
    """
    found: dict[str, list[Row]] = {section: [] for section in TITLES}
    for gap in gaps:
        found[gap["section"]].append({k: v for k, v in gap.items() if k != "section"})
    return [
        {"section": section, "title": TITLES[section], "total": len(rows), "gaps": rows[:shown]}
        for section, rows in found.items()
    ]
