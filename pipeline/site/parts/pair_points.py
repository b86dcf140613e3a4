"""Points between articles of two texts, each once whatever the comparisons and dates of the gaps that tell it."""

from itertools import groupby
from typing import Any

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.reviews import review_log

TABLES = (
    "rules",
    "matters",
    "gap_rules",
    "gaps",
    "gap_points",
    "gap_point_quotes",
    "clauses",
)
_PLACE = ("side", "clause_id", "start", "end")  # of a quote
MINOR = 1  # weight of a point that is folded

# Of one pair of articles: the gaps of the newest date first, and within a gap the heaviest point first.
_POINTS = """
    select p.point_id, p.kind, p.relation, p.weight, p.ratio, p.sentence, ra.matter_id
    from rules ra
    join matters m on m.matter_id = ra.matter_id and m.origin = 'aligned'
    join gap_rules x on x.rule_id = ra.rule_id and x.side = 'a'
    join gaps g on g.gap_id = x.gap_id
    join gap_points p on p.gap_id = g.gap_id and p.rule_a = ra.rule_id
    join rules rb on rb.rule_id = p.rule_b
    where ra.clause_id = :clause_a and rb.clause_id = :clause_b
    order by p.relation = 'same', p.weight desc, g.as_of desc, p.ordinal, g.gap_id
"""
_QUOTES = """
    select q.*, c.start as clause_start from gap_point_quotes q join clauses c using (clause_id)
    where q.point_id in (select value from json_each(?)) order by q.point_id, q.side, q.clause_id, q.start
"""
# What the points of two texts come to, by pair of articles.
_HEAVIEST = """
    with told as (
        select ra.clause_id as clause_a, rb.clause_id as clause_b, ra.matter_id, p.kind, p.relation,
            p.weight, p.sentence, max(g.as_of) as as_of, min(p.ordinal) as ordinal
        from clauses c
        join rules ra on ra.clause_id = c.clause_id
        join matters m on m.matter_id = ra.matter_id and m.origin = 'aligned'
        join gap_rules x on x.rule_id = ra.rule_id and x.side = 'a'
        join gaps g on g.gap_id = x.gap_id
        join gap_points p on p.gap_id = g.gap_id and p.rule_a = ra.rule_id
        join rules rb on rb.rule_id = p.rule_b join clauses d on d.clause_id = rb.clause_id
        where c.document_id = :document_a and d.document_id = :document_b
        group by 1, 2, p.kind, p.relation, p.sentence
    )
    select * from told order by clause_a, relation = 'same', weight desc, as_of desc, ordinal, clause_b
"""


async def of_articles(db: Database, clause_a: str, clause_b: str) -> list[kb.Row]:
    """The points of a pair of articles, numbered from 1, the heaviest first, what is the same last.

    Returns:
        Points, each with `number`, `minor`, its `quotes`, and the `key` that reviews know it by.
    """
    rows = await kb.rows(db, _POINTS, {"clause_a": clause_a, "clause_b": clause_b})
    found = await kb.rows(db, _QUOTES, [kb.to_json([row["point_id"] for row in rows])])
    quotes = {
        key: [{k: v for k, v in quote.items() if k != "point_id"} for quote in group]
        for key, group in groupby(found, key=lambda quote: quote["point_id"])
    }
    points: dict[str, kb.Row] = {}
    for row in rows:
        proof = quotes.get(row["point_id"], [])
        places = kb.to_json([row["relation"], row["kind"], proof])
        points.setdefault(places, row | {"quotes": proof})
    return [
        point | {"number": number, "minor": point["weight"] <= MINOR, "key": _key(point)}
        for number, point in enumerate(points.values(), 1)
    ]


def _key(point: kb.Row) -> str:
    places = [[quote[name] for name in _PLACE] for quote in point["quotes"]]
    return review_log.point_key(point["kind"], point["relation"], places)


async def of_documents(db: Database, document_a: str, document_b: str) -> dict[str, list[kb.Row]]:
    """The points between two texts by article of the first, the heaviest first, without their quotes."""
    rows = await kb.rows(db, _HEAVIEST, {"document_a": document_a, "document_b": document_b})
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row["clause_a"])}


def counted(points: list[kb.Row]) -> dict[str, Any]:
    """The heaviest of some points, and how many others differ.

    >>> counted([{"relation": "differs", "sentence": "甲"}, {"relation": "same", "sentence": "乙"}])
    {'lead': {'relation': 'differs', 'sentence': '甲'}, 'others': 0}
    """
    unlike = [point for point in points if point["relation"] != "same"]
    return {"lead": next(iter(points), None), "others": max(len(unlike) - 1, 0)}
