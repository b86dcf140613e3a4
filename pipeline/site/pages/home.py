"""Home page: topics with counts, the most important differences, claims, changes, the corpus."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.parts import sections

TABLES = (
    "gaps",
    "matters",
    "gap_changes",
    "article_accounts",
    "rules",
    "moments",
    "claims",
    "clauses",
    "documents",
    "topics",
    "searches",
    "comparisons",
    "builds",
)
MOST_IMPORTANT = 10  # differences on the page
CHANGES_SHOWN = 30
CLAIMS_SHOWN = 8
THIN = 15  # matters known on both sides, below which the page warns of thin material
MONTHS_AHEAD = 6  # in which a document runs out that the page names
# The places of one character, as documents name them (GB/T 2260 has no such column).
_CHARACTERS = {"310000": "沪", "330000": "浙", "330400": "嘉", "320000": "苏", "340000": "皖"}

_COUNTS = f"""
    select g.topic_id, {sections.COLUMN} as column, count(*) as matters
    from gaps g join matters m using (matter_id)
    where comparison_id = ? and as_of = ? and g.topic_id is not null and m.boilerplate = 0 group by 1, 2
"""
_IMPORTANT = """
    select v.*, g.summary, g.caveats from gap_overview v join gaps g using (gap_id)
    join matters m on m.matter_id = g.matter_id
    where g.comparison_id = ? and g.as_of = ? and g.outcome in ('differs', 'missing', 'extra') and m.boilerplate = 0
    order by m.origin = 'aligned', g.importance desc, gap_id limit ?
"""
_CHANGES = """
    select v.*, m.origin from change_overview v join matters m using (matter_id)
    where comparison_id = ? and to_date = ? and change not in ('collected', 'unchanged') and m.boilerplate = 0
    order by change_id
"""
# The claims of the paper that something could be said about at one of the dates.
_CLAIMS = """
    select claim_id, statement, as_of, verdict from claims
    where claim_id in (select claim_id from claims where verdict <> 'not_provable') order by rowid
"""
_VERDICTS = "select as_of, verdict, count(*) as claims from claims group by 1, 2 order by 1"
# Documents of both sides, of the levels above and of places inside whose term ends soon after a day.
_EXPIRING = f"""
    select d.document_id, d.title, r.name as region, d.in_force_to,
        (select count(distinct matter_id) from rules x join clauses c using (clause_id)
            where c.document_id = d.document_id) as matters
    from documents d join regions r using (region_id)
    where d.in_force_to > :as_of and d.in_force_to <= date(:as_of, '+{MONTHS_AHEAD} months')
        and (d.region_id in (select value from json_each(:places))
            or r.parent_id in (:baseline, :target))
    order by d.in_force_to, d.document_id
"""
_LATEST = """
    select d.document_id, d.title, r.name as region, d.issued_date
    from documents d join regions r using (region_id)
    where d.issued_date is not null order by d.issued_date desc, d.document_id limit 5
"""
# Matters of articles, most of which lie in no topic, and the documents whose articles they are.
_ARTICLES = """
    select count(*) filter (where g.topic_id is null) as matters, count(g.topic_id) as in_topics,
        (select count(*) from (select distinct document_a, document_b from article_accounts)) as pairs
    from gaps g join matters m using (matter_id)
    where comparison_id = ? and as_of = ? and m.origin = 'aligned' and m.boilerplate = 0
"""
_CORPUS = """
    select
        (select count(*) from documents) as documents,
        (select count(*) from documents where text_kind = 'official') as official,
        (select count(*) from documents where text_kind = 'digest') as digest,
        (select count(*) from clauses where is_unit = 1) as clauses,
        (select count(*) from matters where origin = 'coded') as coded,
        (select count(*) from matters where origin = 'aligned' and boilerplate = 0) as articles,
        (select count(*) from rules) as rules,
        (select count(*) from searches) as searches
"""


async def load(db: Database, args: MultiParams) -> dict[str, Any] | None:
    """The home page of one comparison at one date; None where either is unknown."""
    comparison = await kb.comparison(db, args.get("comparison"))
    moment = await kb.moment(db, args.get("date"))
    if comparison is None or moment is None:
        return None
    selection = [comparison["comparison_id"], moment["as_of"]]
    words = labels.of(db).vocabularies
    changes = await _changes(db, selection, list(words["gap_change"]))
    topics = await _topics(db, selection)
    verdicts = await kb.rows(db, _VERDICTS)
    return {
        "comparison": comparison | await kb.names(db, comparison),
        "comparisons": await kb.comparisons(db),
        "name": _name(comparison),
        "moment": moment,
        "moments": await kb.moments(db),
        "columns": sections.COLUMNS,
        "topics": topics,
        "totals": sum((topic["counts"] for topic in topics), Counter()),
        "important": await kb.rows(db, _IMPORTANT, [*selection, MOST_IMPORTANT]),
        **changes,
        "articles": await kb.row(db, _ARTICLES, selection),
        "verdicts_by_date": _by_date(verdicts, words["claim_verdict"]),
        "claims": _claims(await kb.rows(db, _CLAIMS)),
        "claims_shown": CLAIMS_SHOWN,
        "thin": THIN,
        "expiring": await kb.rows(db, _EXPIRING, _places(comparison, moment)),
        "latest": await kb.rows(db, _LATEST),
        "corpus": await kb.row(db, _CORPUS),
        "build": await kb.build(db),
    }


def _name(comparison: kb.Row) -> str | None:
    """Both places in one character each, where both have one.

    >>> _name({"baseline_region": "310000", "target_region": "330400"})
    '沪嘉'
    """
    places = [_CHARACTERS.get(comparison[key]) for key in ("baseline_region", "target_region")]
    return "".join(filter(None, places)) if all(places) else None


def _places(comparison: kb.Row, moment: kb.Row) -> dict[str, Any]:
    """The parameters of _EXPIRING."""
    baseline, target = comparison["baseline_region"], comparison["target_region"]
    return {
        "as_of": moment["as_of"],
        "places": kb.to_json([baseline, *comparison["stack"]]),
        "baseline": baseline,
        "target": target,
    }


async def _changes(db: Database, selection: list[str], order: list[str]) -> dict[str, Any]:
    """What changed of coded matters since the date before, how often, and how much of articles."""
    found = await kb.rows(db, _CHANGES, selection)
    changes = [row for row in found if row["origin"] == "coded"]
    changes.sort(key=lambda row: order.index(row["change"]))
    return {
        "changes": changes[:CHANGES_SHOWN],
        "changed": Counter(row["change"] for row in changes),
        "changed_articles": len(found) - len(changes),
    }


async def _topics(db: Database, selection: list[str]) -> list[dict[str, Any]]:
    """The topics with their number of matters by column, and the shade of each."""
    topics = await kb.rows(db, "select topic_id, name from topics order by rowid")
    counts: dict[str, Counter[str]] = {topic["topic_id"]: Counter() for topic in topics}
    for row in await kb.rows(db, _COUNTS, selection):
        counts[row["topic_id"]][row["column"]] += row["matters"]
    most = max((n for topic in counts.values() for n in topic.values()), default=0)
    return [
        topic
        | {
            "counts": (of := counts[topic["topic_id"]]),
            "shades": {column: sections.shade(n, most) for column, n in of.items()},
        }
        for topic in topics
    ]


def _claims(rows: list[kb.Row]) -> list[dict[str, Any]]:
    """The claims, each with its verdict by date; those whose verdict changed first."""
    claims: dict[str, dict[str, Any]] = {}
    for row in rows:
        about = {"claim_id": row["claim_id"], "statement": row["statement"], "verdicts": {}}
        claims.setdefault(row["claim_id"], about)["verdicts"][row["as_of"]] = row["verdict"]
    return sorted(claims.values(), key=lambda claim: len(set(claim["verdicts"].values())) == 1)


def _by_date(rows: list[kb.Row], verdicts: Iterable[str]) -> list[dict[str, Any]]:
    """The number of each verdict on the paper's claims at each date, in the order of `verdicts`."""
    dates = dict.fromkeys(row["as_of"] for row in rows)
    counts = {(row["as_of"], row["verdict"]): row["claims"] for row in rows}
    return [
        {"as_of": date, "verdicts": {v: counts[date, v] for v in verdicts if (date, v) in counts}}
        for date in dates
    ]
