"""Search of documents: those whose title or number has the words."""

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.search import fulltext, synonyms

_DOCUMENTS = """
    select d.document_id, d.title, d.number, r.name as region, d.level, d.issued_date, d.status, d.text_kind
    from documents d join regions r using (region_id) order by d.issued_date desc, d.document_id
"""
SHOWN = 6


async def find(db: Database, query: str) -> list[kb.Row]:
    """The documents whose title and number have all required words and none of the excluded; the newest first.

    Args:
        db: the knowledge base.
        query: as for clauses: a space means AND, -词 means NOT.
    """
    wanted, unwanted = fulltext.terms(query)
    same = synonyms.of(db)
    required = [[fulltext.fold(word) for word in fulltext.spellings(term, same)] for term in wanted]
    excluded = [fulltext.fold(term) for term in unwanted]
    found = []
    for row in await kb.cached_rows(db, _DOCUMENTS) if wanted else ():
        text = f"{fulltext.fold(row['title'])}\n{fulltext.fold(row['number'])}"
        has_all = all(any(word in text for word in words) for words in required)
        if has_all and not any(word in text for word in excluded):
            found.append(row)
    return found
