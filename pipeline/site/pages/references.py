"""What the clauses of a document name, who names the document, and what is named and not collected."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.parts.margin_notes import place

TABLES = ("citations", "clauses", "documents", "regions")
SHOWN = 300  # of what is not collected; the rest stands in the view

_OUT = """
    select r.citation_id, r.clause_id, r.relation, r.title, r.number, r.place, r.quote, r.basis,
        r.document_id, d.title as cited_title, r.target_clause_id, t.path as target_path
    from citations r
    join clauses c using (clause_id)
    left join documents d on d.document_id = r.document_id
    left join clauses t on t.clause_id = r.target_clause_id
    where c.document_id = ? order by c.ordinal, r.start
"""
_IN = """
    select r.citation_id, r.clause_id, r.relation, r.quote, r.place, r.target_clause_id,
        c.path, d.document_id, d.title, g.name as region
    from citations r
    join clauses c using (clause_id)
    join documents d on d.document_id = c.document_id
    join regions g using (region_id)
    where r.document_id = ?1 and d.document_id <> ?1
    order by g.region_id, d.issued_date desc, d.document_id, c.ordinal, r.start
"""
_MISSING = """
    select u.title, u.number, u.documents, u.times, u.grounds, u.repeals, u.regions, u.clause_id,
        c.path, d.title as example
    from uncollected u join clauses c using (clause_id) join documents d using (document_id)
    where u.documents > 0 or :all limit :shown
"""
_COUNT = "select count(*) as n, sum(documents > 0) as needed from uncollected"


async def named(db: Database, document_id: str) -> list[kb.Row]:
    """What a document's clauses name, in reading order."""
    found = await kb.rows(db, _OUT, [document_id])
    return [one | {"label": label(one)} for one in found]


async def naming(db: Database, document_id: str) -> list[kb.Row]:
    """The documents that name this one, each with the clauses that do."""
    by_document: dict[str, kb.Row] = {}
    for one in await kb.rows(db, _IN, [document_id]):
        about = {key: one[key] for key in ("document_id", "title", "region")}
        held = by_document.setdefault(one["document_id"], about | {"clauses": []})
        held["clauses"].append(
            {key: value for key, value in one.items() if key not in about}
            | {"short": place(one["path"])}
        )
    return list(by_document.values())


def label(one: kb.Row) -> str:
    """What is named, in words: the title and the place, or the number, or the place alone.

    >>> row = {"relation": "依据", "title": "某法", "number": None, "place": "第三条", "quote": "《某法》第三条"}
    >>> label(row), label(row | {"title": None, "number": "沪府发〔2013〕40号", "place": None})
    ('《某法》第三条', '沪府发〔2013〕40号')
    >>> label(row | {"relation": "本文", "title": None})
    '第三条'
    """
    if one["relation"] == "本文":
        return str(one["place"] or one["quote"])
    title = one["title"]
    if title and "《" not in title:
        title = f"《{title}》"
    number = f"（{one['number']}）" if title and one["number"] else one["number"] or ""
    return f"{title or ''}{number}{one['place'] or ''}"


async def uncollected(db: Database) -> dict[str, Any]:
    """What is named and not in the corpus, what most documents need first."""
    counts = await kb.row(db, _COUNT)
    return {
        "rows": await kb.rows(db, _MISSING, {"all": 0, "shown": SHOWN}),
        "counts": counts,
        "shown": SHOWN,
        "build": await kb.build(db),
    }
