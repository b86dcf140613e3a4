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

_COUNTS = f"""
    select g.topic_id, outcome, {sections.SECTION} as section, count(*) as matters
    from gaps g join matters m using (matter_id)
    where comparison_id = ? and as_of = ? and g.topic_id is not null and m.boilerplate = 0 group by 1, 2, 3
"""
_IMPORTANT = """
    select v.* from gap_overview v join matters m using (matter_id)
    where comparison_id = ? and as_of = ? and outcome in ('differs', 'missing', 'extra') and m.boilerplate = 0
    order by m.origin = 'aligned', importance desc, gap_id limit ?
"""
_CHANGES = """
    select v.*, m.origin from change_overview v join matters m using (matter_id)
    where comparison_id = ? and to_date = ? and change not in ('collected', 'unchanged') and m.boilerplate = 0
    order by change_id
"""
_CLAIMS = "select as_of, verdict, count(*) as claims from claims group by 1, 2 order by 1"
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
    counts = await kb.rows(db, _COUNTS, selection)
    topics = _counted(await kb.rows(db, "select topic_id, name from topics order by rowid"), counts)
    words = labels.of(db).vocabularies
    found = await kb.rows(db, _CHANGES, selection)
    changes = [row for row in found if row["origin"] == "coded"]
    order = list(words["gap_change"])
    changes.sort(key=lambda row: order.index(row["change"]))
    return {
        "comparison": comparison,
        "comparisons": await kb.comparisons(db),
        "moment": moment,
        "moments": await kb.moments(db),
        "sections": sections.TITLES,
        "section_of": sections.OF_OUTCOME,
        "outcomes_present": [o for o in words["outcome"] if any(t["outcomes"][o] for t in topics)],
        "topics": topics,
        "most": max((n for topic in topics for n in topic["outcomes"].values()), default=0),
        "important": await kb.rows(db, _IMPORTANT, [*selection, MOST_IMPORTANT]),
        "changes": changes[:CHANGES_SHOWN],
        "changed": Counter(row["change"] for row in changes),
        "changed_articles": len(found) - len(changes),
        "articles": await kb.row(db, _ARTICLES, selection),
        "claims": _by_date(await kb.rows(db, _CLAIMS), words["claim_verdict"]),
        "latest": await kb.rows(db, _LATEST),
        "corpus": await kb.row(db, _CORPUS),
        "build": await kb.build(db),
    }


def _counted(topics: list[kb.Row], counts: list[kb.Row]) -> list[dict[str, Any]]:
    """The topics with their number of matters by section and by outcome."""
    by_section: dict[str, Counter[str]] = {topic["topic_id"]: Counter() for topic in topics}
    by_outcome: dict[str, Counter[str]] = {topic["topic_id"]: Counter() for topic in topics}
    for row in counts:
        by_section[row["topic_id"]][row["section"]] += row["matters"]
        by_outcome[row["topic_id"]][row["outcome"]] += row["matters"]
    return [
        topic
        | {"sections": by_section[topic["topic_id"]], "outcomes": by_outcome[topic["topic_id"]]}
        for topic in topics
    ]


def _by_date(rows: list[kb.Row], verdicts: Iterable[str]) -> list[dict[str, Any]]:
    """The number of each verdict on the paper's claims at each date, in the order of `verdicts`."""
    dates = dict.fromkeys(row["as_of"] for row in rows)
    counts = {(row["as_of"], row["verdict"]): row["claims"] for row in rows}
    return [
        {"as_of": date, "verdicts": {v: counts[date, v] for v in verdicts if (date, v) in counts}}
        for date in dates
    ]
