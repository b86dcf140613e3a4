"""What the page of a document shows, and where a clause stands in it."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = (
    "documents",
    "clauses",
    "gaps",
    "facts",
    "document_warnings",
    "document_pairs",
    "alignments",
)

_DOCUMENT = """
    select d.*, r.name as region from documents d join regions r using (region_id)
    where d.document_id = ?
"""
_CLAUSES = """
    select c.clause_id, c.parent_id, c.kind, c.path, c.heading, c.text, c.start, c.is_unit,
        f.source, f.source_kind, f.confidence, f.as_of, f.note
    from clauses c left join facts f using (clause_id)
    where c.document_id = ? order by c.ordinal
"""
_GAPS = """
    select gap_id, kind, summary, clause_a, clause_b from gaps
    where clause_a in (select clause_id from clauses where document_id = :document)
       or clause_b in (select clause_id from clauses where document_id = :document)
    order by severity desc, gap_id
"""
_WARNINGS = "select kind, message from document_warnings where document_id = ? order by 1, 2"
_PAIRS = """
    select p.kind, p.document_a, p.document_b, p.likeness, d.document_id, d.title, d.issued_date,
        r.name as region
    from document_pairs p
    join documents d on d.document_id in (p.document_a, p.document_b) and d.document_id <> :document
    join regions r using (region_id)
    where :document in (p.document_a, p.document_b)
    order by case p.kind when 'revision' then 0 when 'counterpart' then 1 else 2 end,
        p.likeness desc, d.document_id
"""
_PARTNERS = """
    with near as (
        select alignment_id, comparison_id, clause_a as own, clause_b as other, status, confidence
        from alignments where clause_a in (select clause_id from clauses where document_id = :document)
        union all
        select alignment_id, comparison_id, clause_b, clause_a, status, confidence
        from alignments where clause_b in (select clause_id from clauses where document_id = :document)
    ),
    ranked as (
        select *, row_number() over (partition by own order by confidence desc, alignment_id) as place,
            max(status in ('auto', 'accepted')) over (partition by own) as answered
        from near where status <> 'rejected'
    )
    select n.own, n.alignment_id, n.status, n.confidence, n.answered, d.title, c.path, r.name as region
    from ranked n join clauses c on c.clause_id = n.other join documents d using (document_id)
    join regions r using (region_id)
    -- those that answer; for a clause without any, what came nearest
    where case when n.answered then n.status in ('auto', 'accepted') else n.place = 1 end
    order by n.own, n.confidence desc, n.alignment_id
"""


async def load(db: Database, document_id: str) -> dict[str, Any] | None:
    """A document with its clauses in reading order; None for an unknown document."""
    document = await kb.row(db, _DOCUMENT, [document_id])
    if document is None:
        return None
    clauses = await kb.rows(db, _CLAUSES, [document_id])
    gaps = await kb.rows(db, _GAPS, {"document": document_id})
    blocks = _blocks(clauses, gaps)
    by_id = {block["clause_id"]: block for block in blocks}
    for partner in await kb.rows(db, _PARTNERS, {"document": document_id}):
        by_id[partner["own"]]["partners"].append(partner)
    del document["text"]  # the clauses are the text
    return {
        "document": document,
        "warnings": await kb.rows(db, _WARNINGS, [document_id]),
        "pairs": await kb.rows(db, _PAIRS, {"document": document_id}),
        "clauses": blocks,
        "build": await kb.build(db),
    }


def _blocks(clauses: list[kb.Row], gaps: list[kb.Row]) -> list[kb.Row]:
    """Units and headings; clauses that lie in a unit become places in it."""
    by_id = {clause["clause_id"]: clause for clause in clauses}
    parents = {clause["parent_id"] for clause in clauses}
    blocks = []
    for clause in clauses:
        inside = _unit_above(clause, by_id)
        if inside is not None:
            place = (clause["start"] - inside["start"], clause["clause_id"])
            inside["places"].append(place)
            continue
        clause["places"], clause["gaps"], clause["partners"] = [], [], []
        clause["is_heading"] = not clause["is_unit"] and (
            clause["clause_id"] in parents or clause["kind"] not in ("paragraph", "row", "item")
        )
        blocks.append(clause)
    for gap in gaps:
        for clause_id in {gap["clause_a"], gap["clause_b"]} & by_id.keys():
            clause = by_id[clause_id]
            (_unit_above(clause, by_id) or clause)["gaps"].append(gap)
    return blocks


def _unit_above(clause: kb.Row, by_id: dict[str, kb.Row]) -> kb.Row | None:
    above = by_id.get(clause["parent_id"])
    while above is not None and not above["is_unit"]:
        above = by_id.get(above["parent_id"])
    return above


async def clause(db: Database, clause_id: str) -> dict[str, Any] | None:
    """One clause with its document; None for an unknown clause."""
    return await kb.row(db, "select * from clauses where clause_id = ?", [clause_id])
