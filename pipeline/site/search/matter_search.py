"""Search of matters: those whose name or question contains the words."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.kb import Row
from pipeline.site.search import fulltext, synonyms

# Folding thousands of names takes longer than all else; they never change within one edition of the database.
_TEXTS: WeakKeyDictionary[Database, list[tuple[str, str, str]]] = WeakKeyDictionary()

_NAMES = "select matter_id, name, question from matters where boilerplate = 0"
_MATTERS = """
    select m.matter_id, m.name, m.question, t.topic_id, t.name as topic, m.origin, g.outcome, g.summary as headline,
        g.comparison_id, g.importance
    from matters m
    left join topics t using (topic_id)
    left join gaps g on g.matter_id = m.matter_id and g.comparison_id = :comparison and g.as_of = :as_of
    where m.matter_id in (select value from json_each(:found)) and (:topic is null or m.topic_id = :topic)
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
    wanted, unwanted = (
        [_spellings(term, same) for term in terms]
        for terms, same in zip(
            fulltext.terms(query), (synonyms.of(db), fulltext.NO_SYNONYMS), strict=True
        )
    )
    if not wanted:
        return []
    found = {
        matter_id: _has_all(name, wanted)
        for matter_id, name, text in await _texts(db)
        if _has_all(text, wanted) and not any(_has(text, term) for term in unwanted)
    }
    comparison, moment = await kb.comparison(db), await kb.moment(db)
    params = {
        "found": kb.to_json(list(found)),
        "comparison": comparison["comparison_id"] if comparison else None,
        "as_of": moment["as_of"] if moment else None,
        "topic": topic_id,
    }
    rows = [dict(row) for row in (await db.execute(_MATTERS, params)).rows]
    return sorted(rows, key=lambda row: (row["origin"] == "aligned", not found[row["matter_id"]]))


async def _texts(db: Database) -> list[tuple[str, str, str]]:
    """(matter_id, name, name and question) of all matters, folded; read once for each edition."""
    if db not in _TEXTS:
        _TEXTS[db] = [
            (
                matter_id,
                name := fulltext.fold(given),
                f"{name}\n{fulltext.fold(question)}",
            )
            for matter_id, given, question in (await db.execute(_NAMES)).rows
        ]
    return _TEXTS[db]


def _spellings(term: str, same: fulltext.Synonyms) -> list[str]:
    """A term as typed, in simplified characters and with synonyms, folded."""
    return [fulltext.fold(spelling) for spelling in fulltext.spellings(term, same)]


def _has(text: str, spellings: Sequence[str]) -> bool:
    return any(spelling in text for spelling in spellings)


def _has_all(text: str, terms: Sequence[Sequence[str]]) -> bool:
    return all(_has(text, spellings) for spellings in terms)
