"""Margin notes: the counterparts, and the matters that a clause is a rule of, beside each clause of a document."""

import re
from collections import Counter
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels

TABLES = (
    "rules",
    "matters",
    "gaps",
    "gap_rules",
    "alignments",
    "clauses",
    "documents",
    "regions",
    "comparisons",
    "moments",
)
# Least confidence at which the nearest clause is named beside a clause without counterpart: one in ten
# such pairs is a true one. Below it the match is chance, and naming it would mislead.
MIN_CONFIDENCE = 0.1

_RULES = """
    select r.clause_id, r.rule_id, r.tier, r.ended, m.matter_id, m.name
    from rules r join clauses c using (clause_id) join matters m using (matter_id)
    where c.document_id = ? and m.boilerplate = 0 order by c.ordinal, r.rowid
"""
_GAPS = """
    select g.matter_id, g.gap_id, g.comparison_id, g.as_of, g.outcome, g.headline, g.importance
    from gaps g join matters m using (matter_id)
    where m.boilerplate = 0 and g.gap_id in (
        select x.gap_id from clauses c join rules r using (clause_id) join gap_rules x using (rule_id)
        where c.document_id = ?)
"""
_PARTNERS = """
    with near as (
        select alignment_id, comparison_id, clause_a as own, clause_b as other, status, confidence
        from alignments where clause_a in (select clause_id from clauses where document_id = :document)
        union all
        select alignment_id, comparison_id, clause_b, clause_a, status, confidence
        from alignments where clause_b in (select clause_id from clauses where document_id = :document)
    ),
    ranked as (
        select *, row_number() over (partition by own order by confidence desc, alignment_id) as place,
            max(status in ('auto', 'accepted')) over (partition by own) as answered
        from near where status <> 'rejected'
    )
    select n.own, n.alignment_id, n.status, n.confidence, n.answered, d.title, c.path, r.name as region
    from ranked n join clauses c on c.clause_id = n.other join documents d using (document_id)
    join regions r using (region_id)
    -- the counterparts; for a clause without any, the nearest clause
    where case when n.answered then n.status in ('auto', 'accepted') else n.place = 1 end
    order by n.own, n.confidence desc, n.alignment_id
"""


async def partners(db: Database, document_id: str) -> list[kb.Row]:
    """The counterparts of every clause, by one query for the whole document.

    A clause without any has one row, for the nearest clause; `told` is whether the page names it.
    """
    return [
        partner
        | {
            "place": place(partner["path"]),
            "told": partner["answered"] or partner["confidence"] >= MIN_CONFIDENCE,
        }
        for partner in await kb.rows(db, _PARTNERS, {"document": document_id})
    ]


async def matters(db: Database, document_id: str, args: MultiParams) -> dict[str, Any] | None:
    """The document's matters, in one comparison at one date, and how many there are in the others.

    Where the address names no comparison, it is the first one in which the document has a matter, in
    the order of comparisons.toml: a county's document has none in the city's comparison.

    Returns:
        matters: one for each clause and matter, with the gap, None where the comparison has no row.
    """
    moment = await kb.moment(db, args.get("date"))
    if moment is None:
        return None
    gaps = await kb.rows(db, _GAPS, [document_id])
    of_date = [gap for gap in gaps if gap["as_of"] == moment["as_of"]]
    gaps_by_comparison = Counter(gap["comparison_id"] for gap in of_date)
    comparisons = [
        comparison | {"gaps": gaps_by_comparison[comparison["comparison_id"]]}
        for comparison in await kb.comparisons(db)
        if comparison["comparison_id"] in gaps_by_comparison
    ]
    first = comparisons[0]["comparison_id"] if comparisons else None
    comparison = await kb.comparison(db, args.get("comparison") or first)
    if comparison is None:
        return None
    shown = {
        gap["matter_id"]: gap
        for gap in of_date
        if gap["comparison_id"] == comparison["comparison_id"]
    }
    counts = Counter(gap["outcome"] for gap in shown.values())
    return {
        "moment": moment,
        "moments": await kb.moments(db),
        "comparison": comparison,
        "comparisons": comparisons,
        "counts": {k: counts[k] for k in labels.of(db).vocabularies["outcome"] if counts[k]},
        "matters": _by_matter(await kb.rows(db, _RULES, [document_id]), shown),
    }


async def matters_of_clause(db: Database, clause: kb.Row) -> list[kb.Row]:
    """The matters that a clause is a rule of, with the newest gap of the document's first comparison."""
    found = await matters(db, clause["document_id"], MultiParams({}))
    rows = found["matters"] if found else []
    return [row for row in rows if row["clause_id"] == clause["clause_id"]]


def _by_matter(rules: list[kb.Row], gaps: dict[str, kb.Row]) -> list[kb.Row]:
    """One row for each clause and matter: the tiers of its rules there, and the gap."""
    rows: dict[tuple[str, str], kb.Row] = {}
    for rule in rules:
        keys = ("clause_id", "matter_id", "name", "ended")
        about = {key: rule[key] for key in keys} | {"tiers": [], "gap": gaps.get(rule["matter_id"])}
        row = rows.setdefault((rule["clause_id"], rule["matter_id"]), about)
        row["tiers"] += [rule["tier"]] if rule["tier"] and rule["tier"] not in row["tiers"] else []
    return list(rows.values())


def place(path: str) -> str:
    """The path of a clause without the chapters above its article.

    >>> place("第三章 第二节 第十二条"), place("一、 （二）")
    ('第十二条', '一、 （二）')
    """
    article = re.search(r"第[^ ]+条.*", path)
    return article[0] if article else path
