"""Search page: matters and clauses that contain the words, with facets and suggestions."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from datasette.database import Database, QueryInterrupted
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.kb import Row
from pipeline.site.search import (
    document_search,
    facets,
    fulltext,
    matter_search,
    suggestions,
    synonyms,
)

TABLES = (
    "clauses",
    "documents",
    "regions",
    "topics",
    "clause_topics",
    "provisions",
    "matters",
    "rules",
    "gaps",
    "comparisons",
    "moments",
)
MAX_QUERY = 200  # characters
PAGE_SIZE = 20
MATTERS_SHOWN = 6
EXCERPT_WIDTH = 110  # characters
MAX_OFFERS_COUNTED = 12  # each costs a count through the index
MAX_OFFERS_SHOWN = 6
EXAMPLES = ("居住证 积分", "首台（套）", "“最多跑一次”", "补贴 -人才", "工作日", "積分 １２０分")

# The index is read first (cross join keeps the order), so that only hits are looked up.
_MATCHES = """
    from clauses_fts f
    cross join clauses c on c.rowid = f.rowid
    cross join documents d using (document_id)
    left join provisions p using (clause_id)
    where clauses_fts match :match and c.is_unit = 1
"""
_CUBE = """
    with matches as materialized (
        select c.clause_id, c.document_id from clauses_fts f cross join clauses c on c.rowid = f.rowid
        where clauses_fts match :match and c.is_unit = 1
    ), sets as (
        select clause_id, group_concat(topic_id) as topic from clause_topics group by clause_id
    ), grouped as (
        select document_id, p.instrument, s.topic, count(*) as clauses
        from matches left join provisions p using (clause_id) left join sets s using (clause_id)
        group by 1, 2, 3
    )
    select d.region_id as region, g.topic, d.level, substr(d.issued_date, 1, 4) as year, g.instrument,
        d.text_kind as kind, sum(g.clauses) as clauses
    from grouped g join documents d using (document_id) group by 1, 2, 3, 4, 5, 6
"""
_FILTERS = {
    "region": "d.region_id = :region",
    "topic": "(exists (select 1 from clause_topics t where t.clause_id = c.clause_id and t.topic_id = :topic)"
    " or :topic = 'none' and c.clause_id not in (select clause_id from clause_topics))",
    "level": "d.level = :level",
    "year": "coalesce(substr(d.issued_date, 1, 4), 'none') = :year",
    "instrument": "coalesce(p.instrument, 'none') = :instrument",
    "kind": "d.text_kind = :kind",
}
# Clauses with the words side by side come first, then by the rank of the index (bm25).
_HITS = """
    with best as materialized (
        select c.rowid as place, f.rank as weight, {whole} as whole {matches}
        order by whole desc, f.rank, c.rowid limit :limit offset :offset
    )
    select c.clause_id, c.path, c.heading, c.text, d.document_id, d.title as document, r.name as region,
        d.level, d.issued_date, d.status, d.text_kind, p.instrument,
        (select group_concat(topic_id) from (
            select topic_id from clause_topics t where t.clause_id = c.clause_id order by score desc, topic_id
        )) as topics
    from best join clauses c on c.rowid = best.place
    join documents d using (document_id) join regions r using (region_id)
    left join provisions p using (clause_id)
    order by whole desc, weight, place
"""
_WHOLE = "c.rowid in (select rowid from clauses_fts where clauses_fts match :whole)"
_OF_CLAUSES = """
    select distinct r.clause_id, m.matter_id, m.name from rules r join matters m using (matter_id)
    where r.clause_id in (select value from json_each(:clauses)) order by r.clause_id, m.rowid
"""
_SEARCHED = """
    select (select count(*) from matters where boilerplate = 0) as matters,
        (select count(*) from documents) as documents, (select count(*) from clauses where is_unit = 1) as clauses
"""
_NAMES = "select region_id as id, name from regions union all select topic_id, name from topics"
_TOPICS = """
    select t.topic_id, t.name, t.keywords, count(c.clause_id) as clauses
    from topics t left join clause_topics c using (topic_id) group by t.rowid order by t.rowid
"""


async def load(db: Database, args: MultiParams) -> Row:
    """The data of the page; `problem` is one line on what is wrong with the address, or None."""
    query = " ".join((args.get("q") or "").split())
    choices = facets.parse({name: args.get(name) or "" for name in facets.FACETS})
    page = _page_number(args.get("page") or "1")
    data: Row = {
        "query": query[:MAX_QUERY],
        "chosen": {},
        "total": 0,
        "hits": [],
        "matters": {"total": 0, "shown": []},
        "documents": {"total": 0, "shown": []},
        "also": [],
        "problem": None,
        "moment": await kb.moment(db),
    }
    if len(query) > MAX_QUERY:
        data["problem"] = f"检索词请不超过 {MAX_QUERY} 字"
    elif any(len(value) > facets.MAX_VALUE for value in choices.values()):
        data["problem"] = "没有这样的筛选条件"
    elif page is None:
        data["problem"] = "页码应当是从 1 起的整数"
    elif fulltext.terms(query)[0]:
        try:
            data |= await _results(db, query, choices, page)
        except QueryInterrupted:
            data["problem"] = "检索的时间太长，请换更具体的词"
    if not data["hits"]:
        data |= {
            "topics": await _topics(db),
            "examples": [{"words": words, "link": facets.address(words, {})} for words in EXAMPLES],
        }
    return data


def _page_number(value: str) -> int | None:
    return int(value) if re.fullmatch(r"0*[1-9][0-9]{0,5}", value, re.ASCII) else None


async def _raw_rows(db: Database, sql: str, params: Mapping[str, Any]) -> list[Row]:
    """The rows of a query, JSON not decoded: a clause that reads like JSON is still a text."""
    return [dict(row) for row in (await db.execute(sql, params)).rows]


async def _results(db: Database, query: str, choices: dict[str, str], page: int) -> Row:
    """Hits, facets and, without hits, suggestions."""
    same = synonyms.of(db)
    counts, name_rows, hits, matters, documents = await asyncio.gather(
        _raw_rows(db, _CUBE, {"match": fulltext.fts_query(query, same)}),
        _raw_rows(db, _NAMES, {}),
        _hits(db, query, choices, page),
        matter_search.find(db, query, choices.get("topic")),
        document_search.find(db, query),
    )
    cube = facets.cube(counts)
    known = labels.of(db)
    kinds = {code: known.word(code, "text_kind") for code in known.vocabularies["text_kind"]}
    names = {**known.by_code, **kinds, **{row["id"]: row["name"] for row in name_rows}}
    total = facets.total(cube, choices)
    pages = max(1, -(-total // PAGE_SIZE))
    if page > pages:
        return {"problem": f"没有第 {page} 页，共 {pages} 页"}
    for hit in hits:
        hit["topics"] = [{"topic_id": key, "name": names.get(key, key)} for key in hit["topics"]]
    return {
        "total": total,
        "page": page,
        "pages": pages,
        "first": (page - 1) * PAGE_SIZE + 1,
        "hits": hits,
        "matters": {"total": len(matters), "shown": matters[:MATTERS_SHOWN]},
        "documents": {"total": len(documents), "shown": documents[: document_search.SHOWN]},
        "also": _also(query, same),
        "searched": (await kb.cached_rows(db, _SEARCHED))[0],
        "chosen": facets.active(choices, query, names),
        "facets": facets.options(cube, choices, query, names),
        "suggestions": [] if total else await _suggestions(db, query, choices, cube),
        "table_link": facets.address(query, {}).replace("?q=", "?_search="),
        "json_link": ".json" + facets.address(query, choices, page),
        "previous": facets.address(query, choices, page - 1) if page > 1 else None,
        "next": facets.address(query, choices, page + 1) if page < pages else None,
    }


def _also(query: str, same: fulltext.Synonyms) -> list[str]:
    """The words that were looked for beside those of the query."""
    found = [fulltext.spellings(term, same)[1:] for term in fulltext.terms(query)[0]]
    return list(dict.fromkeys(word for words in found for word in words))


def _where(choices: Mapping[str, str]) -> str:
    return " and ".join([_MATCHES, *(_FILTERS[name] for name in choices)])


async def _hits(db: Database, query: str, choices: dict[str, str], page: int) -> list[Row]:
    """One page of clauses, with excerpts, topics and gaps."""
    several = len(fulltext.terms(query)[0]) > 1
    sql = _HITS.format(matches=_where(choices), whole=_WHOLE if several else "1")
    params = {
        "match": fulltext.fts_query(query, synonyms.of(db)),
        "whole": fulltext.whole_query(query, synonyms.of(db)),
        "limit": PAGE_SIZE,
        "offset": (page - 1) * PAGE_SIZE,
        **choices,
    }
    hits = await _raw_rows(db, sql, params)
    matters = await _matters_of(db, [hit["clause_id"] for hit in hits])
    same = synonyms.of(db)
    for hit in hits:
        hit["snippet"] = fulltext.excerpt(hit.pop("text"), query, EXCERPT_WIDTH, same)
        hit["topics"] = [key for key in (hit["topics"] or "").split(",") if key]
        hit["matters"] = matters.get(hit["clause_id"], [])
    return hits


async def _matters_of(db: Database, clauses: list[str]) -> dict[str, list[Row]]:
    """Clause → the matters of which a rule rests on it."""
    found: dict[str, list[Row]] = {}
    for row in await _raw_rows(db, _OF_CLAUSES, {"clauses": kb.to_json(clauses)}):
        found.setdefault(row.pop("clause_id"), []).append(row)
    return found


async def _topics(db: Database) -> list[Row]:
    """The topics, each with its first keywords as searches."""
    topics = await kb.rows(db, _TOPICS)
    for topic in topics:
        topic["words"] = [
            {"word": word, "link": facets.address(word, {})} for word in topic.pop("keywords")[:3]
        ]
    return topics


async def _suggestions(
    db: Database, query: str, choices: dict[str, str], cube: facets.Cube
) -> list[Row]:
    """Searches with results: with fewer choices or, where these have none either, with other words."""
    relaxed = [(f"不限{facets.FACETS[name]}", facets.without(choices, name)) for name in choices]
    relaxed += [("不限任何筛选条件", {})] if len(choices) > 1 else []
    fewer_choices = [
        {"say": say, "clauses": facets.total(cube, rest), "link": facets.address(query, rest)}
        for say, rest in relaxed
    ]
    fewer_choices = [suggestion for suggestion in fewer_choices if suggestion["clauses"]]
    if fewer_choices:
        return fewer_choices
    keywords = [w for t in await kb.rows(db, "select keywords from topics") for w in t["keywords"]]
    addition = "，不限筛选条件" if choices else ""
    count = f"select count(*) as clauses {_where({})}"
    other_words = []
    for say, words in suggestions.offers(query, keywords)[:MAX_OFFERS_COUNTED]:
        (row,) = await _raw_rows(db, count, {"match": fulltext.fts_query(words, synonyms.of(db))})
        link = facets.address(words, {})
        other_words.append({"say": say + addition, "clauses": row["clauses"], "link": link})
    return [suggestion for suggestion in other_words if suggestion["clauses"]][:MAX_OFFERS_SHOWN]
