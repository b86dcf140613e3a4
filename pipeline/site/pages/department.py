"""Pages of departments: all of them, and the work list of one: gaps, claims, expiring documents."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = (
    "gaps",
    "gap_departments",
    "matters",
    "comparisons",
    "topics",
    "topic_departments",
    "claims",
    "documents",
    "moments",
)
SHOWN = 60  # gaps on the page

_ALL = """
    select department, sum(item = '差异') as gaps, sum(item = '论断') as claims,
        sum(item = '到期') as documents, min(due) as due
    from department_worklist group by department order by gaps desc, department
"""
_ITEMS = """
    select distinct w.item, w.comparison, w.topic, w.importance, w.due, w.summary, w.item_id,
        g.comparison_id, g.matter_id, m.name as matter, g.outcome
    from department_worklist w
    left join gaps g on w.item = '差异' and g.gap_id = w.item_id
    left join matters m using (matter_id)
    where w.department = ? order by w.importance desc, w.due, w.item_id
"""


_KNOWN = """
    select department from gap_departments where department = :department
    union select department from topic_departments where department = :department
"""


async def load_all(db: Database) -> dict[str, Any] | None:
    """All departments with a work list."""
    return {"departments": await kb.rows(db, _ALL), "moment": await kb.moment(db)}


async def load(db: Database, department: str) -> dict[str, Any] | None:
    """One department's work list, which may be empty; None for a name that answers for nothing."""
    if not await kb.rows(db, _KNOWN, {"department": department}):
        return None
    items = await kb.rows(db, _ITEMS, [department])
    kinds = ("差异", "论断", "到期")
    by_kind = {kind: [row for row in items if row["item"] == kind] for kind in kinds}
    return {
        "department": department,
        "moment": await kb.moment(db),
        "gaps": by_kind["差异"][:SHOWN],
        "total": len(by_kind["差异"]),
        "claims": by_kind["论断"],
        "due": by_kind["到期"],
    }
