"""References: what the clauses of a document cite, what cites it, and what is cited but not collected."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.parts.margin_notes import place

TABLES = ("citations", "clauses", "documents", "regions", "uncollected")
SHOWN = 300  # uncollected documents on the page; the view `uncollected` has all

_CITED = """
    select r.citation_id, r.clause_id, r.relation, r.title, r.number, r.place, r.quote, r.basis,
        r.document_id, d.title as cited_title, r.target_clause_id, t.path as target_path
    from citations r
    join clauses c using (clause_id)
    left join documents d on d.document_id = r.document_id
    left join clauses t on t.clause_id = r.target_clause_id
    where c.document_id = ? order by c.ordinal, r.start
"""
_CITING = """
    select r.citation_id, r.clause_id, r.relation, r.quote, r.place, r.target_clause_id,
        c.path, d.document_id, d.title, g.name as region
    from citations r
    join clauses c using (clause_id)
    join documents d on d.document_id = c.document_id
    join regions g using (region_id)
    where r.document_id = ?1 and d.document_id <> ?1
    order by g.region_id, d.issued_date desc, d.document_id, c.ordinal, r.start
"""
_UNCOLLECTED = """
    select u.title, u.number, u.documents, u.times, u.grounds, u.repeals, u.regions, u.clause_id,
        c.path, d.title as example
    from uncollected u join clauses c using (clause_id) join documents d using (document_id)
    where u.documents > 0 or :all limit :shown
"""
_COUNT = "select count(*) as n, sum(documents > 0) as needed from uncollected"


async def cited(db: Database, document_id: str) -> list[kb.Row]:
    """The citations in a document's clauses, in reading order."""
    rows = await kb.rows(db, _CITED, [document_id])
    return [citation | {"label": _label(citation)} for citation in rows]


async def citing(db: Database, document_id: str) -> list[kb.Row]:
    """The documents that cite this one, each with the clauses that do."""
    by_document: dict[str, kb.Row] = {}
    for citation in await kb.rows(db, _CITING, [document_id]):
        about = {key: citation[key] for key in ("document_id", "title", "region")}
        document = by_document.setdefault(citation["document_id"], about | {"clauses": []})
        clause = {key: value for key, value in citation.items() if key not in about}
        document["clauses"].append(clause | {"short": place(citation["path"])})
    return list(by_document.values())


def _label(citation: kb.Row) -> str:
    """The cited document or clause in words: title and pinpoint, or number, or pinpoint alone.

    >>> row = {"relation": "依据", "title": "某法", "number": None, "place": "第三条", "quote": "《某法》第三条"}
    >>> _label(row), _label(row | {"title": None, "number": "沪府发〔2013〕40号", "place": None})
    ('《某法》第三条', '沪府发〔2013〕40号')
    >>> _label(row | {"relation": "本文", "title": None})
    '第三条'
    """
    if citation["relation"] == "本文":
        return str(citation["place"] or citation["quote"])
    title = citation["title"]
    if title and "《" not in title:
        title = f"《{title}》"
    number = citation["number"] or ""
    if title and number:
        number = f"（{number}）"
    return f"{title or ''}{number}{citation['place'] or ''}"


async def uncollected(db: Database) -> dict[str, Any]:
    """The documents that are cited but not in the corpus, the most often cited first."""
    counts = await kb.row(db, _COUNT)
    return {
        "rows": await kb.rows(db, _UNCOLLECTED, {"all": 0, "shown": SHOWN}),
        "counts": counts,
        "shown": SHOWN,
        "build": await kb.build(db),
    }
