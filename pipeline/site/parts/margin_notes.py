"""Margin notes: the counterparts and the gaps shown beside each clause of a document."""

import re
from collections import Counter
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels

TABLES = ("gaps", "alignments", "clauses", "documents", "regions", "comparisons", "moments")
# Least confidence at which the nearest clause is named beside a clause without counterpart: one in ten
# such pairs is a true one. Below it the match is chance, and naming it would mislead.
MIN_CONFIDENCE = 0.1

_GAPS = """
    with own as (select clause_id from clauses where document_id = :document)
    select g.gap_id, g.comparison_id, g.as_of, g.kind, g.grade, g.summary, g.alignment_id,
        g.clause_a, g.clause_b, d.title as other_title, c.path as other_path
    from gaps g
    left join clauses c on c.clause_id = case when g.clause_a in own then g.clause_b else g.clause_a end
    left join documents d using (document_id)
    where g.clause_a in own or g.clause_b in own
    -- by severity; what is equivalent is no gap and stands last
    order by g.kind = 'equivalent', g.severity desc, g.confidence desc, g.gap_id
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
            "gaps": [],
        }
        for partner in await kb.rows(db, _PARTNERS, {"document": document_id})
    ]


async def gaps(db: Database, document_id: str, args: MultiParams) -> dict[str, Any] | None:
    """The document's gaps in one comparison at one date, and how many there are in the others.

    Where the address names no comparison, it is the first one in which the document has a gap, in
    the order of comparisons.toml: a county's document has none in the city's comparison.
    """
    moment = await kb.moment(db, args.get("date"))
    if moment is None:
        return None
    rows = await kb.rows(db, _GAPS, {"document": document_id})
    of_date = [gap for gap in rows if gap["as_of"] == moment["as_of"]]
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
    shown = [
        gap | {"label": _label(gap)}
        for gap in of_date
        if gap["comparison_id"] == comparison["comparison_id"]
    ]
    counts = Counter(gap["kind"] for gap in shown)
    return {
        "moment": moment,
        "moments": await kb.moments(db),
        "comparison": comparison,
        "comparisons": comparisons,
        "counts": {k: counts[k] for k in labels.of(db).vocabularies["gap_kind"] if counts[k]},
        # By the document's part of a clause id: titles are not unique, versions share one.
        "sides": [s for s in "ab" if any(_is_of(gap[f"clause_{s}"], document_id) for gap in shown)],
        "gaps": shown,
    }


def place(path: str) -> str:
    """The path of a clause without the chapters above its article.

    >>> place("第三章 第二节 第十二条"), place("一、 （二）")
    ('第十二条', '一、 （二）')
    """
    article = re.search(r"第[^ ]+条.*", path)
    return article[0] if article else path


def _label(gap: kb.Row) -> str | None:
    """The subject of a gap; None where it only names the two clauses, which the margin shows anyway.

    >>> _label({"summary": "首台套资助上限｜沪高"}), _label({"summary": "《某市办法》第二章 第九条｜两地都有规定"})
    ('首台套资助上限', None)
    """
    subject = str(gap["summary"]).partition("｜")[0]
    return None if re.match("《.+》.*第", subject) else subject


def separate(partners: list[kb.Row], gaps: list[kb.Row]) -> list[kb.Row]:
    """Move the gaps without a label to the counterparts that they belong to.

    Args:
        partners: counterparts of one clause; each gets its `gaps`.
        gaps: of the same clause, the most severe first.

    Returns:
        The gaps to be listed by themselves, the most severe first, each with a label.
    """
    partners_by_alignment = {partner["alignment_id"]: partner for partner in partners}
    listed = []
    for gap in gaps:
        partner = partners_by_alignment.get(gap["alignment_id"])
        if gap["label"] is None and partner and partner["told"]:
            partner["gaps"].append(gap)
        else:
            other = f"《{gap['other_title']}》{place(gap['other_path'] or '')}"
            listed.append(gap | {"label": gap["label"] or other})
    return listed


def _is_of(clause_id: str | None, document_id: str) -> bool:
    return clause_id is not None and clause_id.startswith(f"{document_id}__")
