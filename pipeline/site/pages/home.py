"""Home page: counts of gaps, the most severe gaps, claims, the newest documents, the corpus."""

from collections.abc import Iterable
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels

TABLES = (
    "gaps",
    "gap_changes",
    "moments",
    "claims",
    "clauses",
    "documents",
    "topics",
    "searches",
    "comparisons",
    "builds",
)
SHARPEST = 12  # most severe gaps on the page
SHARPEST_PER_TOPIC = 3  # else one topic with many tariffs would fill the list

_COUNTS = """
    select topic_id, kind, count(*) as gaps from gaps
    where comparison_id = ? and as_of = ? and topic_id is not null group by 1, 2
"""
_SHARPEST = """
    with ranked as (
        select *, row_number() over (
            partition by topic_id order by severity desc, confidence desc, gap_id
        ) as place
        from gap_overview
        where comparison_id = ? and as_of = ? and kind != 'equivalent' and topic_id is not null
    )
    select * from ranked where place <= ?
    order by severity desc, confidence desc, gap_id limit ?
"""
_CHANGES = """
    select change, count(*) as matters from gap_changes
    where comparison_id = ? and to_date = ? group by change
"""
_CLAIMS = "select as_of, verdict, count(*) as claims from claims group by 1, 2 order by 1"
_LATEST = """
    select d.document_id, d.title, r.name as region, d.issued_date
    from documents d join regions r using (region_id)
    where d.issued_date is not null order by d.issued_date desc, d.document_id limit 5
"""
_CORPUS = """
    select
        (select count(*) from documents) as documents,
        (select count(*) from documents where text_kind = 'official') as official,
        (select count(*) from documents where text_kind = 'digest') as digest,
        (select count(*) from clauses where is_unit = 1) as clauses,
        (select count(*) from searches) as searches
"""


async def load(db: Database, args: MultiParams) -> dict[str, Any] | None:
    """The home page of one comparison at one date; None where either is unknown."""
    comparison = await kb.comparison(db, args.get("comparison"))
    moment = await kb.moment(db, args.get("date"))
    if comparison is None or moment is None:
        return None
    selection = [comparison["comparison_id"], moment["as_of"]]
    counts = await kb.rows(db, _COUNTS, selection)
    by_topic: dict[str, dict[str, int]] = {}
    for row in counts:
        by_topic.setdefault(row["topic_id"], {})[row["kind"]] = row["gaps"]
    topics = await kb.rows(db, "select topic_id, name from topics order by rowid")
    words = labels.of(db).vocabularies
    return {
        "comparison": comparison,
        "comparisons": await kb.comparisons(db),
        "moment": moment,
        "moments": await kb.moments(db),
        "changes": {r["change"]: r["matters"] for r in await kb.rows(db, _CHANGES, selection)},
        "kinds_present": [k for k in words["gap_kind"] if any(k in c for c in by_topic.values())],
        "topics": [t | {"gaps": by_topic.get(t["topic_id"], {})} for t in topics],
        "most": max((row["gaps"] for row in counts), default=0),
        "sharpest": await kb.rows(db, _SHARPEST, [*selection, SHARPEST_PER_TOPIC, SHARPEST]),
        "claims": _by_date(await kb.rows(db, _CLAIMS), words["claim_verdict"]),
        "latest": await kb.rows(db, _LATEST),
        "corpus": await kb.row(db, _CORPUS),
        "build": await kb.build(db),
    }


def _by_date(rows: list[kb.Row], verdicts: Iterable[str]) -> list[dict[str, Any]]:
    """The number of each verdict on the paper's claims at each date, in the order of `verdicts`."""
    dates = dict.fromkeys(row["as_of"] for row in rows)
    counts = {(row["as_of"], row["verdict"]): row["claims"] for row in rows}
    return [
        {"as_of": date, "verdicts": {v: counts[date, v] for v in verdicts if (date, v) in counts}}
        for date in dates
    ]
