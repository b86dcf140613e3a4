"""Review targets: what of kb.db can be reviewed, with the texts that a reviewer reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.parts import pair_points
from pipeline.site.reviews import review_log

_PAIR = """
    select a.alignment_id, a.clause_a, a.clause_b, ca.text as text_a, cb.text as text_b
    from alignments a join clauses ca on ca.clause_id = a.clause_a join clauses cb on cb.clause_id = a.clause_b
    where a.alignment_id = ?
"""
_RULE = """
    select r.rule_id, r.matter_id, r.clause_id, c.text from rules r join clauses c using (clause_id)
    join matters m using (matter_id) where r.rule_id = ? and m.origin = 'coded'
"""
# What may answer in place of a clause: what is compared as a whole, of the same region.
_PARTNER = """
    select n.text from clauses n join documents d using (document_id)
    where n.clause_id = :partner and n.is_unit = 1 and d.text_kind in ('official', 'digest')
        and d.region_id = (select e.region_id from clauses c join documents e using (document_id) where c.clause_id = :clause_b)
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A pair of clauses, a point of a pair, or a matter's rule.

    Attributes:
        kind: alignment, point or rule.
        target_id: what reviews know it by.
        clause_ids: one or two.
        texts: of these clauses.
        page: the path of the page that shows it.
    """

    kind: str
    target_id: str
    clause_ids: Sequence[str]
    texts: Sequence[str]
    page: str


async def find(db: Database, kind: str, key: str, point: str) -> Target | None:
    """What a form names; None for what is not in this build.

    Args:
        db: the knowledge base.
        kind: alignment, point or rule.
        key: alignment_id of the former two, rule_id of the last.
        point: key of the point.
    """
    if kind == "rule":
        row = await kb.row(db, _RULE, [key])
        page = f"/-/matter/{row['matter_id']}" if row else ""
        return Target(kind, key, [row["clause_id"]], [row["text"]], page) if row else None
    row = await kb.row(db, _PAIR, [key])
    if row is None or kind not in review_log.KINDS:
        return None
    clauses = row["clause_a"], row["clause_b"]
    target_id = review_log.pair_id(*clauses)
    if kind == "point":
        points = await pair_points.of_articles(db, *clauses)
        if point not in {row["key"] for row in points}:
            return None
        target_id = review_log.point_id(*clauses, point)
    page = f"/-/compare/{key}"
    return Target(kind, target_id, clauses, [row["text_a"], row["text_b"]], page)


async def partner_text(db: Database, partner: str, clause_b: str) -> str | None:
    """The text of a clause that may answer in place of another; None where it may not."""
    row = await kb.row(db, _PARTNER, {"partner": partner, "clause_b": clause_b})
    return str(row["text"]) if row else None
