"""Search of matters: those whose name or question contains the words."""

from collections.abc import Sequence

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.kb import Row
from pipeline.site.search import fulltext, simplified

_MATTERS = """
    select m.matter_id, m.name, m.question, t.topic_id, t.name as topic, m.origin, g.outcome, g.headline,
        g.comparison_id, g.importance
    from matters m
    left join topics t using (topic_id)
    left join gaps g on g.matter_id = m.matter_id and g.comparison_id = :comparison and g.as_of = :as_of
    where m.boilerplate = 0 and (:topic is null or m.topic_id = :topic)
    order by m.origin = 'aligned', g.importance is null, g.importance desc, m.rowid
"""


async def find(db: Database, query: str, topic_id: str | None) -> list[Row]:
    """The matters that a query names, each with its row in the first comparison at the newest date.

    Coded matters come before articles, those whose name has all the words before those of which only the
    question does; within each, the most important first.

    Args:
        db: the knowledge base.
        query: as for clauses: a space means AND, -词 means NOT.
        topic_id: only of this topic; None = of all.
    """
    wanted, unwanted = ([*map(_spellings, terms)] for terms in fulltext.terms(query))
    if not wanted:
        return []
    comparison, moment = await kb.comparison(db), await kb.moment(db)
    params = {
        "comparison": comparison["comparison_id"] if comparison else None,
        "as_of": moment["as_of"] if moment else None,
        "topic": topic_id,
    }
    found = []
    for row in (dict(row) for row in (await db.execute(_MATTERS, params)).rows):
        name = fulltext.normalize(row["name"])
        text = f"{name}\n{fulltext.normalize(row['question'])}"
        if _has_all(text, wanted) and not any(_has(text, term) for term in unwanted):
            found.append(((row["origin"] == "aligned", not _has_all(name, wanted)), row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _spellings(term: str) -> list[str]:
    """A term as typed and in simplified characters, folded."""
    return [fulltext.normalize(spelling) for spelling in (term, simplified.simplified(term))]


def _has(text: str, spellings: Sequence[str]) -> bool:
    return any(spelling in text for spelling in spellings)


def _has_all(text: str, terms: Sequence[Sequence[str]]) -> bool:
    return all(_has(text, spellings) for spellings in terms)
