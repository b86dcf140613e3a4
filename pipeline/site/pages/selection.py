"""Page of a selection: matters that a reader has marked, kept in the address; also what files of a topic or a matter hold."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb
from pipeline.site.parts import sections
from pipeline.site.search import matter_search
from pipeline.site.serving.page_response import Moved

TABLES = (
    "gaps",
    "gap_rules",
    "gap_points",
    "matters",
    "rules",
    "clauses",
    "documents",
    "regions",
    "topics",
    "searches",
    "search_matters",
    "comparisons",
    "moments",
)
PATH = "/-/selection"
MAX_MATTERS = 120  # more would not fit into an address of the site
MAX_FOUND = 60  # matters offered by one search
_ID = re.compile(r"[A-Za-z0-9_.-]+")

_MATTERS = f"""
    select m.matter_id, m.name, m.question, m.origin, m.topic_id, t.name as topic, g.gap_id, g.outcome, g.grade,
        g.headline, g.favours, g.ratio, g.importance, g.decided_by, g.department_a, g.department_b,
        {sections.SECTION} as section
    from json_each(:ids) as wanted join matters m on m.matter_id = wanted.value
    left join topics t on t.topic_id = m.topic_id
    left join gaps g on g.matter_id = m.matter_id and g.comparison_id = :comparison and g.as_of = :as_of
    order by wanted.key
"""
_RULES = """
    select x.gap_id, x.side, x.level, r.rule_id, g.name as region, r.tier, r.says, r.in_force_from, r.in_force_to,
        r.quote, r.note, r.source_grade, r.clause_id, c.path, d.document_id, d.title as document, d.number,
        d.issuers, d.issued_date, d.url, d.text_kind
    from gap_rules x join rules r using (rule_id) join regions g on g.region_id = r.region_id
    join clauses c using (clause_id) join documents d using (document_id)
    where x.gap_id in (select value from json_each(?)) and x.in_force = 1
    order by case x.level when 'own' then 0 when 'upper' then 1 when 'national' then 2 else 3 end, r.rowid
"""
_POINTS = """
    select gap_id, kind, relation, sentence from gap_points
    where gap_id in (select value from json_each(?)) and relation <> 'same' order by gap_id, ordinal
"""
_SEARCHES = """
    select m.matter_id, s.subject, s.searched, s.finding, s.as_of, s.region_id, r.name as region
    from search_matters m join searches s using (search_id) join regions r using (region_id)
    where m.matter_id in (select value from json_each(?)) order by s.region_id, s.search_id
"""
_OF_TOPIC = f"""
    select g.matter_id, {sections.SECTION} as section from gaps g join matters m using (matter_id)
    where g.topic_id = :topic and g.comparison_id = :comparison and g.as_of = :as_of and m.boilerplate = 0
    order by m.origin = 'aligned', {sections.ORDER}
"""
_SIDES = """
    select a.name as baseline, b.name as target from comparisons k
    join regions a on a.region_id = k.baseline_region join regions b on b.region_id = k.target_region
    where k.comparison_id = ?
"""


def parse(args: MultiParams) -> list[str]:
    """The ids of an address: `sel` as it is kept, `m` as a form adds one, each once, without those in `drop`.

    >>> parse(MultiParams({"sel": ["a,b", "b"], "m": ["c"], "drop": ["a"]}))
    ['b', 'c']
    """
    kept = [name for value in args.getlist("sel") for name in value.split(",")]
    dropped = {*args.getlist("drop")}
    ids = dict.fromkeys(kept + args.getlist("m"))
    return [one for one in ids if _ID.fullmatch(one) and one not in dropped]


def address(ids: Sequence[str], comparison_id: str | None = None, date: str | None = None) -> str:
    """The query of the address of a selection, without ?.

    >>> address(["a", "b"], "sh-jx")
    'sel=a,b&comparison=sh-jx'
    """
    others = {"comparison": comparison_id, "date": date}
    query = urlencode({name: value for name, value in others.items() if value})
    return f"sel={','.join(ids)}" + (f"&{query}" if query else "")


async def load(db: Database, args: MultiParams) -> dict[str, Any] | Moved | None:
    """The page: the marked matters, and others to mark by a search or a topic; None for an unknown comparison or date.

    Args:
        db: the knowledge base.
        args: `sel` the ids; `m`, `drop` what a form adds and takes away; `q`, `topic` to look for others;
            `comparison`, `date`.
    """
    ids = parse(args)[:MAX_MATTERS]
    wanted = {name: args.get(name) or "" for name in ("comparison", "date")}
    if args.getlist("m") or args.getlist("drop"):
        return Moved(PATH, address(ids, wanted["comparison"], wanted["date"]))
    data = await of_matters(db, ids, args.get("comparison"), args.get("date"))
    if data is None:
        return None
    query, topic = " ".join((args.get("q") or "").split())[:200], args.get("topic") or ""
    offered = await _offered(db, query, topic, data) if query or topic else []
    about = data["comparison"]["comparison_id"], data["moment"]["moment_id"]
    return data | {
        "title": "选集",
        "heading": f"{len(data['matters'])} 个事项",
        "query": query,
        "topic_id": topic,
        "topics": await kb.rows(db, "select topic_id, name from topics order by rowid"),
        "offered": [one for one in offered if one["matter_id"] not in ids][:MAX_FOUND],
        "address": address(ids, *about),
        "without": {one: address([i for i in ids if i != one], *about) for one in ids},
        "link": f"{PATH}?{address(ids, *about)}",
        "max_matters": MAX_MATTERS,
    }


async def of_topic(db: Database, topic_id: str, args: MultiParams) -> dict[str, Any] | None:
    """What a file of a topic holds: all its matters but those still to collect; None where one is unknown."""
    topic = await kb.row(db, "select topic_id, name from topics where topic_id = ?", [topic_id])
    comparison = await kb.comparison(db, args.get("comparison"))
    moment = await kb.moment(db, args.get("date"))
    if topic is None or comparison is None or moment is None:
        return None
    key = {"topic": topic_id, "comparison": comparison["comparison_id"], "as_of": moment["as_of"]}
    rows = await kb.rows(db, _OF_TOPIC, key)
    ids = [row["matter_id"] for row in rows if row["section"] != "to_collect"]
    data = await of_matters(db, ids, comparison["comparison_id"], moment["moment_id"])
    link = f"/-/topic/{topic_id}?" + urlencode(
        {"comparison": comparison["comparison_id"], "date": moment["moment_id"]}
    )
    about = {"title": topic["name"], "heading": topic["name"], "link": link}
    return data and data | about | {"to_collect": len(rows) - len(ids)}


async def of_matter(db: Database, matter_id: str, args: MultiParams) -> dict[str, Any] | None:
    """What a file of one matter holds; None where it, the comparison or the date is unknown."""
    data = await of_matters(db, [matter_id], args.get("comparison"), args.get("date"))
    if data is None or not data["matters"]:
        return None
    name, comparison = data["matters"][0]["name"], data["comparison"]["comparison_id"]
    link = f"/-/matter/{matter_id}?" + urlencode({"comparison": comparison})
    return data | {"title": name, "heading": name, "link": link}


async def of_matters(
    db: Database, ids: Sequence[str], comparison_id: str | None, moment_id: str | None
) -> dict[str, Any] | None:
    """The matters in their order, in one comparison at one date, with their rules, points and searches."""
    comparison, moment = await kb.comparison(db, comparison_id), await kb.moment(db, moment_id)
    if comparison is None or moment is None:
        return None
    listed = kb.to_json(list(ids))
    key = {"ids": listed, "comparison": comparison["comparison_id"], "as_of": moment["as_of"]}
    matters = await kb.rows(db, _MATTERS, key)
    gaps = kb.to_json([matter["gap_id"] for matter in matters if matter["gap_id"]])
    rules = _by(await kb.rows(db, _RULES, [gaps]), "gap_id")
    points = _by(await kb.rows(db, _POINTS, [gaps]), "gap_id")
    searches = _by(await kb.rows(db, _SEARCHES, [listed]), "matter_id")
    known = {matter["matter_id"] for matter in matters}
    sides = await kb.row(db, _SIDES, [comparison["comparison_id"]])
    return {
        "comparison": comparison | (sides or {}),
        "comparisons": await kb.comparisons(db),
        "moment": moment,
        "moments": await kb.moments(db),
        "matters": [
            matter
            | {"rules": rules.get(matter["gap_id"], []), "points": points.get(matter["gap_id"], [])}
            | {"searches": searches.get(matter["matter_id"], [])}
            for matter in matters
        ],
        "unknown": [one for one in ids if one not in known],
        "build": await kb.build(db),
    }


async def _offered(db: Database, query: str, topic: str, data: dict[str, Any]) -> list[kb.Row]:
    """Matters to mark: those that a query names, or all of a topic."""
    if query:
        return await matter_search.find(db, query, topic or None)
    key = {"topic": topic, "comparison": data["comparison"]["comparison_id"]}
    rows = await kb.rows(db, _OF_TOPIC, key | {"as_of": data["moment"]["as_of"]})
    ids = kb.to_json([row["matter_id"] for row in rows])
    return await kb.rows(db, _MATTERS, key | {"ids": ids, "as_of": data["moment"]["as_of"]})


def _by(rows: list[kb.Row], column: str) -> dict[str, list[kb.Row]]:
    """The rows by the value of a column, which they lose."""
    found: dict[str, list[kb.Row]] = {}
    for row in rows:
        found.setdefault(row.pop(column), []).append(row)
    return found
