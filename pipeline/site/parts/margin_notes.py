"""What stands beside each clause of a document: its counterparts and its gaps."""

import re
from collections import Counter
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels

TABLES = ("gaps", "alignments", "clauses", "documents", "regions", "comparisons", "moments")
# What came nearest to a clause without counterpart is told if one in ten of its like is one; below that
# it is chance, and a name beside the clause would mislead.
LIKELY = 0.1

_GAPS = """
    with own as (select clause_id from clauses where document_id = :document)
    select g.gap_id, g.comparison_id, g.as_of, g.kind, g.grade, g.summary, g.alignment_id,
        g.clause_a, g.clause_b, d.title as other_title, c.path as other_path
    from gaps g
    left join clauses c on c.clause_id = case when g.clause_a in own then g.clause_b else g.clause_a end
    left join documents d using (document_id)
    where g.clause_a in own or g.clause_b in own
    -- the sharpest first; what is equivalent is no gap and stands last
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
    -- those that answer; for a clause without any, what came nearest
    where case when n.answered then n.status in ('auto', 'accepted') else n.place = 1 end
    order by n.own, n.confidence desc, n.alignment_id
"""


async def partners(db: Database, document_id: str) -> list[kb.Row]:
    """The counterparts of every clause, by one query for the whole document.

    A clause without any has one row, what came nearest, and `told` says whether that is worth a name.
    """
    found = await kb.rows(db, _PARTNERS, {"document": document_id})
    return [
        one
        | {
            "place": place(one["path"]),
            "told": one["answered"] or one["confidence"] >= LIKELY,
            "gaps": [],
        }
        for one in found
    ]


async def gaps(db: Database, document_id: str, args: MultiParams) -> dict[str, Any] | None:
    """The document's gaps in one comparison at one date, and how many there are in the others.

    A reader who asks for no comparison gets the first, as the editor ordered them, that the document
    has a gap in: a county's document has none in the city's comparison.
    """
    moment = await kb.moment(db, args.get("date"))
    if moment is None:
        return None
    found = await kb.rows(db, _GAPS, {"document": document_id})
    now = [gap for gap in found if gap["as_of"] == moment["as_of"]]
    known = Counter(gap["comparison_id"] for gap in now)
    comparisons = [
        one | {"gaps": known[one["comparison_id"]]}
        for one in await kb.comparisons(db) if one["comparison_id"] in known
    ]  # fmt: skip
    first = comparisons[0]["comparison_id"] if comparisons else None
    chosen = await kb.comparison(db, args.get("comparison") or first)
    if chosen is None:
        return None
    shown = [
        gap | {"label": label(gap)}
        for gap in now
        if gap["comparison_id"] == chosen["comparison_id"]
    ]
    counts = Counter(gap["kind"] for gap in shown)
    return {
        "moment": moment,
        "moments": await kb.moments(db),
        "comparison": chosen,
        "comparisons": comparisons,
        "counts": {
            kind: counts[kind] for kind in labels.of(db).vocabularies["gap_kind"] if counts[kind]
        },
        # by the beginning of a clause's id: titles are not unique, versions share one
        "sides": [s for s in "ab" if any(_of(gap[f"clause_{s}"], document_id) for gap in shown)],
        "gaps": shown,
    }


def place(path: str) -> str:
    """Where a clause stands, without the chapters above its article.

    >>> place("第三章 第二节 第十二条"), place("一、 （二）")
    ('第十二条', '一、 （二）')
    """
    found = re.search(r"第[^ ]+条.*", path)
    return found[0] if found else path


def label(gap: kb.Row) -> str | None:
    """What a gap is about; nothing where that is only the two clauses, which stand in the margin anyway.

    >>> label({"summary": "首台套资助上限｜沪高"}), label({"summary": "《某市办法》第二章 第九条｜两地都有规定"})
    ('首台套资助上限', None)
    """
    about = str(gap["summary"]).partition("｜")[0]
    return None if re.match("《.+》.*第", about) else about


def beside(partners: list[kb.Row], gaps: list[kb.Row]) -> list[kb.Row]:
    """Put the gaps that have no name of their own to the counterparts that they are with.

    Args:
        partners: counterparts of one clause; each gets its `gaps`.
        gaps: of the same clause, the sharpest first.

    Returns:
        The gaps to be listed by themselves, the sharpest first, each with a label.
    """
    places = {one["alignment_id"]: one for one in partners}
    listed = []
    for gap in gaps:
        partner = places.get(gap["alignment_id"])
        if gap["label"] is None and partner and partner["told"]:
            partner["gaps"].append(gap)
        else:
            other = f"《{gap['other_title']}》{place(gap['other_path'] or '')}"
            listed.append(gap | {"label": gap["label"] or other})
    return listed


def _of(clause_id: str | None, document_id: str) -> bool:
    return clause_id is not None and clause_id.startswith(f"{document_id}__")
