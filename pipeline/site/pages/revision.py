"""Page of two versions of one document: their articles side by side (新旧条文对照)."""

from collections import Counter
from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = ("revisions", "document_pairs", "documents", "clauses")

_DOCUMENT = """
    select d.document_id, d.title, d.issued_date, d.effective_date, d.number, d.text_kind,
        r.name as region
    from documents d join regions r using (region_id) where d.document_id = ?
"""
_ROWS = """
    select v.kind, v.confidence, v.diff, v.clause_old, v.clause_new,
        co.path as path_old, co.text as text_old, cn.path as path_new, cn.text as text_new
    from revisions v
    left join clauses co on co.clause_id = v.clause_old
    left join clauses cn on cn.clause_id = v.clause_new
    where v.document_old = ? and v.document_new = ?
    order by coalesce(
        cn.ordinal,
        -- a deleted clause is placed before the next clause that was kept
        (select min(n.ordinal) - 0.5 from revisions w
            join clauses o on o.clause_id = w.clause_old
            join clauses n on n.clause_id = w.clause_new
            where w.document_old = v.document_old and w.document_new = v.document_new
                and o.ordinal > co.ordinal),
        1e9
    ), co.ordinal
"""


async def load(db: Database, key: str) -> dict[str, Any] | None:
    """The rows of <old>__to__<new>; None unless these are two versions of one document."""
    old, _, new = key.partition("__to__")
    rows = await kb.rows(db, _ROWS, [old, new])
    if not rows:
        return None
    return {
        "old": await kb.row(db, _DOCUMENT, [old]),
        "new": await kb.row(db, _DOCUMENT, [new]),
        "rows": rows,
        "counts": Counter(row["kind"] for row in rows),
        "build": await kb.build(db),
    }
