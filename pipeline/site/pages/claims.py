"""Pages of the paper's claims: all of them, and one with its evidence."""

from collections.abc import Iterable
from typing import Any

from datasette.database import Database

from pipeline.site import kb, labels

TABLES = (
    "claims",
    "claim_evidence",
    "indicators",
    "clauses",
    "documents",
    "facts",
    "searches",
    "gaps",
    "gap_rules",
    "rules",
    "matters",
    "moments",
    "topics",
)

_ALL = """
    select c.*, t.name as topic from claims c left join topics t using (topic_id) order by c.rowid
"""
_INDICATORS = """
    select i.*, r.name as region from indicators i join regions r using (region_id) order by i.rowid
"""
_ONE = """
    select c.*, t.name as topic from claims c left join topics t using (topic_id)
    where c.claim_id = ? order by c.as_of
"""
_CLAUSES = """
    select e.quote, e.start, e.end, e.clause_id, c.path, d.document_id, d.title, d.number,
        d.issued_date, d.effective_date, d.text_kind, r.name as region,
        f.fact_id, f.source, f.confidence, f.as_of, f.note
    from claim_evidence e
    join clauses c using (clause_id) join documents d using (document_id)
    join regions r using (region_id) left join facts f using (clause_id)
    where e.claim_id = :claim_id and e.as_of = :as_of order by e.ordinal
"""
_SEARCHES = """
    select s.*, r.name as region from claim_evidence e
    join searches s using (search_id) join regions r using (region_id)
    where e.claim_id = :claim_id and e.as_of = :as_of order by e.ordinal
"""
_GAPS = """
    select g.*, n.moment_id, n.newest from claim_evidence e
    join gap_overview g using (gap_id) join moments n on n.as_of = g.as_of
    where e.claim_id = :claim_id and e.as_of = :as_of order by e.ordinal
"""
# Gaps of which a rule on either side rests on a clause of the evidence.
_RELATED = """
    with of_evidence as (
        select r.gap_id, r.side from gap_rules r
        join rules using (rule_id) join claim_evidence e using (clause_id)
        where e.claim_id = :claim_id and r.in_force = 1
    )
    select g.*, s.summary, s.caveats, n.moment_id, n.newest
    from gap_overview g join gaps s using (gap_id) join moments n on n.as_of = g.as_of
    where gap_id in (select gap_id from of_evidence group by gap_id having count(distinct side) = 2)
        and gap_id not in (select gap_id from claim_evidence where claim_id = :claim_id and gap_id is not null)
    order by importance desc, gap_id limit 10
"""


async def load_all(db: Database) -> dict[str, Any]:
    """All claims by section, the number of each verdict at each date, and the paper's indicators."""
    rows = await kb.rows(db, _ALL)
    sections: dict[str, dict[str, kb.Row]] = {}
    for row in rows:
        claims = sections.setdefault(row["section"], {})
        claim = claims.setdefault(row["claim_id"], row | {"verdicts": {}})
        claim["verdicts"][row["as_of"]] = row["verdict"]
    dates = sorted({row["as_of"] for row in rows})
    verdicts = labels.of(db).vocabularies["claim_verdict"]
    return {
        "dates": dates,
        "counts": {date: _counts(rows, date, verdicts) for date in dates},
        "sections": [
            {"section": section, "claims": [_summary(claim) for claim in claims.values()]}
            for section, claims in sections.items()
        ],
        "indicators": await kb.rows(db, _INDICATORS),
    }


def _counts(rows: list[kb.Row], date: str, verdicts: Iterable[str]) -> dict[str, int]:
    given = [row["verdict"] for row in rows if row["as_of"] == date]
    return {verdict: given.count(verdict) for verdict in verdicts}


def _summary(claim: kb.Row) -> kb.Row:
    keys = ("claim_id", "kind", "topic_id", "topic", "statement", "verdicts")
    return {key: claim[key] for key in keys}


async def load(db: Database, claim_id: str) -> dict[str, Any] | None:
    """One claim, its verdict and evidence at each date; None for an unknown claim."""
    rows = await kb.rows(db, _ONE, [claim_id])
    if not rows:
        return None
    return {
        "claim": {
            key: rows[0][key]
            for key in ("claim_id", "section", "kind", "topic_id", "topic", "statement")
        },
        "dated": [await _verdict(db, row) for row in rows],
        "related": await kb.rows(db, _RELATED, {"claim_id": claim_id}),
        "build": await kb.build(db),
    }


async def _verdict(db: Database, row: kb.Row) -> dict[str, Any]:
    return {key: row[key] for key in ("as_of", "verdict", "note")} | {
        "clauses": await kb.rows(db, _CLAUSES, row),
        "searches": await kb.rows(db, _SEARCHES, row),
        "gaps": await kb.rows(db, _GAPS, row),
    }
