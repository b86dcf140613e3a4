"""What the work list of a department shows: gaps by severity, claims, and what will expire."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = ("gaps", "gap_departments", "comparisons", "topics", "topic_departments", "claims", "documents",
          "moments")  # fmt: skip
SHOWN = 60

_ALL = """
    select department, sum(item = '差异') as gaps, sum(item = '论断') as claims,
        sum(item = '到期') as documents, min(due) as due
    from department_worklist group by department order by gaps desc, department
"""
_ITEMS = """
    select distinct item, comparison, topic, severity, due, summary, item_id from department_worklist
    where department = ? order by severity desc, due, item_id
"""


async def load_all(db: Database) -> dict[str, Any] | None:
    """All departments that something falls to."""
    return {"departments": await kb.rows(db, _ALL), "moment": await kb.moment(db)}


async def load(db: Database, department: str) -> dict[str, Any] | None:
    """One department's work list; None for a department that nothing falls to."""
    items = await kb.rows(db, _ITEMS, [department])
    if not items:
        return None
    by_item = {
        name: [row for row in items if row["item"] == name] for name in ("差异", "论断", "到期")
    }
    return {
        "department": department,
        "moment": await kb.moment(db),
        "gaps": by_item["差异"][:SHOWN],
        "total": len(by_item["差异"]),
        "claims": by_item["论断"],
        "due": by_item["到期"],
    }
