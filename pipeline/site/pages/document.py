"""Page of a document: its clauses in reading order, with citations, counterparts and matters."""

from collections.abc import Callable
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb
from pipeline.site.pages import references
from pipeline.site.parts import citation, document_tables, margin_notes, provenance

TABLES = (
    *margin_notes.TABLES,
    "citations",
    "facts",
    "document_warnings",
    "incomplete_texts",
    "document_pairs",
    "document_pair_parts",
    "article_accounts",
    "validity_events",
    "builds",
)

_DOCUMENT = """
    select d.*, r.name as region from documents d join regions r using (region_id)
    where d.document_id = ?
"""
_CLAUSES = """
    select c.clause_id, c.parent_id, c.kind, c.path, c.heading, c.text, c.start, c.is_unit,
        f.source, f.source_kind, f.confidence, f.as_of, f.note,
        f.checked, f.checked_date, f.checked_note
    from clauses c left join facts f using (clause_id)
    where c.document_id = ? order by c.ordinal
"""
_WARNINGS = "select kind, message from document_warnings where document_id = ? order by 1, 2"
_INCOMPLETE = "select last_article, reason from incomplete_texts where document_id = ?"
_PAIRS = """
    select p.kind, p.document_a, p.document_b, p.likeness, d.document_id, d.title, d.issued_date,
        r.name as region,
        exists (select 1 from article_accounts x
            where x.document_a = p.document_a and x.document_b = p.document_b) as compared
    from document_pairs p
    join documents d on d.document_id in (p.document_a, p.document_b) and d.document_id <> :document
    join regions r using (region_id)
    where :document in (p.document_a, p.document_b)
    order by case p.kind when 'revision' then 0 when 'counterpart' then 1 when 'part' then 2 else 3 end,
        p.likeness desc, d.document_id
"""
_PARTS = """
    select side, path, heading, articles, answered from document_pair_parts
    where document_a = ? and document_b = ? and 3 * answered >= articles order by side, chapter_id
"""


async def load(
    db: Database, document_id: str, args: MultiParams, address: Callable[[str], str]
) -> dict[str, Any] | None:
    """A document with its clauses in reading order; None for an unknown document.

    Args:
        db: the knowledge base.
        document_id: of the document.
        args: `comparison` and `date` of the matters.
        address: the permanent link of a path of this site.
    """
    document = await kb.row(db, _DOCUMENT, [document_id])
    summary = await margin_notes.matters(db, document_id, args) if document else None
    if document is None or summary is None:
        return None
    matters = summary.pop("matters")
    blocks = _blocks(await kb.rows(db, _CLAUSES, [document_id]), matters)
    blocks_by_id = {block["clause_id"]: block for block in blocks}
    for partner in await margin_notes.partners(db, document_id):
        blocks_by_id[partner["own"]]["partners"].append(partner)
    _attach_citations(blocks, await references.cited(db, document_id))
    del document["text"]  # the clauses are the text
    build = await kb.build(db)
    permalink = address(f"/-/document/{document_id}")
    entry = citation.entry(document, build["build_id"] if build else None, permalink)
    return {
        "document": document,
        "newest": await provenance.newest(db),
        "events": await provenance.events(db, document_id),
        "incomplete": await kb.row(db, _INCOMPLETE, [document_id]),
        "warnings": await kb.rows(db, _WARNINGS, [document_id]),
        "pairs": await _pairs(db, document_id),
        "cited_by": await references.citing(db, document_id),
        "summary": summary | {"total": len({row["matter_id"] for row in matters})},
        "answered": any(p["answered"] for block in blocks for p in block["partners"]),
        "clauses": document_tables.joined(blocks),
        "citations": [citation.labelled("本件", entry)],
        "build": build,
    }


async def _pairs(db: Database, document_id: str) -> list[dict[str, Any]]:
    """The documents paired with a document; of those that answer it in part, the chapters that do."""
    pairs = await kb.rows(db, _PAIRS, {"document": document_id})
    for pair in pairs:
        names = pair["document_a"], pair["document_b"]  # the view is quick for two given documents
        rows = await kb.rows(db, _PARTS, names) if pair["kind"] == "part" else []
        pair["chapters"] = [row | {"other": pair["document_id"]} for row in rows]
    return pairs


def _blocks(clauses: list[kb.Row], matters: list[kb.Row]) -> list[kb.Row]:
    """Units and headings; the clauses within a unit become `places`, (offset, clause_id), of it."""
    clauses_by_id = {clause["clause_id"]: clause for clause in clauses}
    parents = {clause["parent_id"] for clause in clauses}
    blocks = []
    for clause in clauses:
        unit = _unit_above(clause, clauses_by_id)
        if unit is not None:
            unit["places"].append((clause["start"] - unit["start"], clause["clause_id"]))
            continue
        clause["places"], clause["matters"], clause["partners"] = [], [], []
        clause["is_heading"] = not clause["is_unit"] and (
            clause["clause_id"] in parents or clause["kind"] not in ("paragraph", "row", "item")
        )
        blocks.append(clause)
    for row in matters:
        clause = clauses_by_id[row["clause_id"]]
        (_unit_above(clause, clauses_by_id) or clause)["matters"].append(row)
    return blocks


def _attach_citations(blocks: list[kb.Row], citations: list[kb.Row]) -> None:
    """Give each block `names`, the citations in its text."""
    blocks_by_clause = {place[1]: block for block in blocks for place in block["places"]}
    blocks_by_clause |= {block["clause_id"]: block for block in blocks}
    for block in blocks:
        block["names"] = []
    for row in citations:
        blocks_by_clause[row["clause_id"]]["names"].append(row)


def _unit_above(clause: kb.Row, clauses_by_id: dict[str, kb.Row]) -> kb.Row | None:
    """The unit that contains a clause; None for a unit itself and for what lies outside units."""
    parent = clauses_by_id.get(clause["parent_id"])
    while parent is not None and not parent["is_unit"]:
        parent = clauses_by_id.get(parent["parent_id"])
    return parent


async def clause(db: Database, clause_id: str) -> dict[str, Any] | None:
    """One clause with the matters that it is a rule of; None for an unknown clause."""
    found = await kb.row(db, "select * from clauses where clause_id = ?", [clause_id])
    return found and found | {"matters": await margin_notes.matters_of_clause(db, found)}
