"""Page of a topic: its matters in sections, changes, timeline, coverage, departments and searches."""

from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.parts import sections, timeline

TABLES = (
    "gaps",
    "matters",
    "rules",
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
    select v.*, m.origin, {sections.SECTION} as section from gap_overview v join matters m using (matter_id)
    where v.topic_id = ? and comparison_id = ? and as_of = ? and m.boilerplate = 0
    order by m.origin = 'aligned', {sections.ORDER}
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
    gaps = await kb.rows(db, _GAPS, selection)
    changes = await kb.rows(db, _CHANGES, selection)
    order = list(labels.of(db).vocabularies["gap_change"])
    changes.sort(key=lambda row: order.index(row["change"]))
    return {
        "topic": topic,
        "comparison": comparison,
        "comparisons": await kb.comparisons(db),
        "moment": moment,
        "moments": await kb.moments(db),
        "sections": sections.divide(gaps, SHOWN),
        "total": len(gaps),
        "changes": [row for row in changes if row["change"] != "collected"],
        "collected": sum(row["change"] == "collected" for row in changes),
        "timeline": await timeline.load(db, topic_id, comparison),
        "departments": await kb.rows(db, _DEPARTMENTS, [topic_id]),
        "coverage": await kb.rows(db, _COVERAGE, [topic_id]),
        "searches": await kb.rows(db, _SEARCHES, [topic_id]),
    }
