"""What the page of a topic shows."""

from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb
from pipeline.site.words import KINDS

TABLES = (
    "gaps",
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
SHOWN = 100

_DEPARTMENTS = """
    select r.name as region, d.department
    from topic_departments d join regions r using (region_id)
    where d.topic_id = ? order by d.region_id, d.department
"""
_COVERAGE = """
    select region_id, region, documents, clauses from topic_coverage
    where topic_id = ? order by region_id
"""
_KINDS = """
    select kind, count(*) as gaps from gaps
    where topic_id = ? and comparison_id = ? and as_of = ? group by kind
"""
_GAPS = """
    select * from gap_overview
    where topic_id = :topic and comparison_id = :comparison and as_of = :as_of
        and kind = coalesce(:kind, kind)
    order by kind = 'equivalent', severity desc, confidence desc, gap_id limit :shown
"""
_CHANGES = """
    select * from change_overview
    where topic_id = ? and comparison_id = ? and to_date = ? and change != 'unchanged'
    order by case change when 'reversed' then 0 when 'closed' then 1 when 'narrowed' then 2
        when 'widened' then 3 else 4 end, event_date desc, change_id
"""
_SEARCHES = """
    select s.*, r.name as region from searches s join regions r using (region_id)
    where s.topic_id = ? order by s.region_id, s.search_id
"""


async def load(db: Database, topic_id: str, args: MultiParams) -> dict[str, Any] | None:
    """A topic's definition, departments, coverage, gaps and searches; None for an unknown topic."""
    topic = await kb.row(db, "select * from topics where topic_id = ?", [topic_id])
    chosen = await kb.comparison(db, args.get("comparison"))
    moment = await kb.moment(db, args.get("date"))
    if topic is None or chosen is None or moment is None:
        return None
    key = chosen["comparison_id"]
    kind = args.get("kind") if args.get("kind") in KINDS else None
    as_of = moment["as_of"]
    counts = {r["kind"]: r["gaps"] for r in await kb.rows(db, _KINDS, [topic_id, key, as_of])}
    wanted = {"topic": topic_id, "comparison": key, "as_of": as_of, "kind": kind, "shown": SHOWN}
    return {
        "topic": topic,
        "comparison": chosen,
        "comparisons": await kb.comparisons(db),
        "moment": moment,
        "moments": await kb.moments(db),
        "changes": await kb.rows(db, _CHANGES, [topic_id, key, as_of]),
        "departments": await kb.rows(db, _DEPARTMENTS, [topic_id]),
        "coverage": await kb.rows(db, _COVERAGE, [topic_id]),
        "kind": kind,
        "kinds_counted": {kind: counts[kind] for kind in KINDS if kind in counts},
        "total": counts[kind] if kind in counts else sum(counts.values()),
        "gaps": await kb.rows(db, _GAPS, wanted),
        "searches": await kb.rows(db, _SEARCHES, [topic_id]),
    }
