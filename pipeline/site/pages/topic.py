"""Page of a topic: its matters in sections, changes, timeline, coverage, departments and searches."""

from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.parts import matter_table, sections, timeline

TABLES = (
    *matter_table.TABLES,
    "matters",
    "gap_changes",
    "validity_events",
    "comparisons",
    "moments",
    "clauses",
    "documents",
    "topics",
    "topic_departments",
    "clause_topics",
    "searches",
)
SHOWN = 200  # matters of a section on the page
# What a reader may narrow the matters to, by argument of the address: its values and their labels.
FILTERS = {
    "favours": {"target": "对比方更优惠", "baseline": "基准方更优惠"},
    "power": {"市县": "市、县能定", "省": "要省里定", "国家": "要国家定"},
}

_DEPARTMENTS = """
    select r.name as region, d.department
    from topic_departments d join regions r using (region_id)
    where d.topic_id = ? order by d.region_id, d.department
"""
_COVERAGE = """
    select region_id, region, documents, clauses from topic_coverage
    where topic_id = ? order by region_id
"""
_GAPS = f"""
    select v.*, g.summary, g.caveats, p.basis, p.unit, p.value_a, p.value_b, m.origin, {sections.SECTION} as section
    from (select * from gap_overview where topic_id = ? and comparison_id = ? and as_of = ?) v
    join (select gap_id, summary, caveats from gaps) g using (gap_id)
    join (select matter_id, origin, boilerplate from matters) m using (matter_id)
    left join (select gap_id, basis, unit, value_a, value_b from gap_points where ordinal = 1) p using (gap_id)
    where m.boilerplate = 0 order by m.origin = 'aligned', {sections.ORDER}
"""
_CHANGES = """
    select v.* from change_overview v join matters m using (matter_id)
    where v.topic_id = ? and comparison_id = ? and to_date = ? and change != 'unchanged' and m.boilerplate = 0
    order by m.origin = 'aligned', change_id
"""
_SEARCHES = """
    select s.*, r.name as region from searches s join regions r using (region_id)
    where s.topic_id = ? order by s.region_id, s.search_id
"""


async def load(db: Database, topic_id: str, args: MultiParams) -> dict[str, Any] | None:
    """The page of a topic in one comparison at one date; None where one of the three is unknown."""
    topic = await kb.row(db, "select * from topics where topic_id = ?", [topic_id])
    comparison = await kb.comparison(db, args.get("comparison"))
    moment = await kb.moment(db, args.get("date"))
    if topic is None or comparison is None or moment is None:
        return None
    selection = [topic_id, comparison["comparison_id"], moment["as_of"]]
    chosen = {name: args.get(name) for name in FILTERS}
    rules = await matter_table.load(db, *selection)
    every = matter_table.with_cells(await kb.rows(db, _GAPS, selection), rules)
    gaps = [gap for gap in every if _is_chosen(gap, chosen)]
    changes = await kb.rows(db, _CHANGES, selection)
    order = list(labels.of(db).vocabularies["gap_change"])
    changes.sort(key=lambda row: order.index(row["change"]))
    return {
        "topic": topic,
        "comparison": comparison | await kb.names(db, comparison),
        "filters": FILTERS,
        "chosen": chosen,
        "comparisons": await kb.comparisons(db),
        "moment": moment,
        "moments": await kb.moments(db),
        "sections": sections.divide(gaps, SHOWN),
        "total": len(gaps),
        "of_all": len(every),
        "changes": [row for row in changes if row["change"] != "collected"],
        "collected": sum(row["change"] == "collected" for row in changes),
        "timeline": await timeline.load(db, topic_id, comparison),
        "departments": await kb.rows(db, _DEPARTMENTS, [topic_id]),
        "coverage": await kb.rows(db, _COVERAGE, [topic_id]),
        "searches": await kb.rows(db, _SEARCHES, [topic_id]),
    }


def _is_chosen(gap: kb.Row, chosen: dict[str, str | None]) -> bool:
    """Whether a matter is one of those that the reader narrowed the page to; an unknown value narrows nothing."""
    favours, power = chosen["favours"], chosen["power"]
    return (favours not in FILTERS["favours"] or gap["favours"] == favours) and (
        power not in FILTERS["power"] or power_of(gap["decided_by"]) == power
    )


def power_of(decided_by: str) -> str:
    """The lowest level that can change a matter.

    >>> power_of("省、市"), power_of("国家、省"), power_of("国家")
    ('市县', '省', '国家')
    """
    levels = decided_by.split("、")
    return "市县" if {"市", "县"} & set(levels) else "省" if "省" in levels else "国家"
