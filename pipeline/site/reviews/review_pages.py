"""Page of all reviews: those to be read again, those whose clause is gone, and those that hold."""

from collections import Counter
from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = ("reviews", "alignments", "clauses", "documents", "matters", "builds")
STATES = ("stale", "orphan", "valid")
MOST = 500  # rows of a state on the page; the table has all

_COUNTS = "select state, kind, verdict, count(*) as reviews from reviews group by 1, 2, 3"
_ROWS = """
    select r.*, (select min(a.alignment_id) from alignments a where a.clause_a = r.clause_a and a.clause_b = r.clause_b) as alignment_id,
        m.matter_id, m.name as matter, da.title as document_a, ca.path as path_a, db.title as document_b, cb.path as path_b
    from reviews r
    left join clauses ca on ca.clause_id = r.clause_a left join documents da on da.document_id = ca.document_id
    left join clauses cb on cb.clause_id = r.clause_b left join documents db on db.document_id = cb.document_id
    left join matters m on r.kind = 'rule' and m.matter_id = substr(r.target_id, 1, instr(r.target_id, '__') - 1)
    where r.state = ? order by r.reviewed_at desc, r.review_id limit ?
"""
_OF_PAIR = """
    select * from reviews where kind in ('alignment', 'point') and clause_a = :clause_a and :clause_b in (clause_b, partner)
    order by reviewed_at desc, review_id
"""
_OF_MATTER = """
    select r.*, d.title as document, c.path from reviews r
    left join clauses c on c.clause_id = r.clause_a left join documents d using (document_id)
    where r.kind = 'rule' and substr(r.target_id, 1, length(:matter_id) + 2) = :matter_id || '__'
    order by r.reviewed_at desc, r.review_id
"""


async def load(db: Database) -> dict[str, Any]:
    """All reviews by state, the newest first; how many of each kind and verdict."""
    counts: Counter[str] = Counter()
    for row in await kb.rows(db, _COUNTS):
        counts[row["state"]] += row["reviews"]
    rows = {state: await kb.rows(db, _ROWS, [state, MOST]) for state in STATES}
    return {"counts": counts, "reviews": rows, "build": await kb.build(db)}


async def of_pair(db: Database, alignment: kb.Row) -> list[kb.Row]:
    """The reviews of a pair of clauses and of its points that this build has."""
    return await kb.rows(db, _OF_PAIR, alignment)


async def of_matter(db: Database, matter: kb.Row) -> list[kb.Row]:
    """The reviews of the rules of a matter that this build has, of rejected rules too."""
    return await kb.rows(db, _OF_MATTER, matter)
