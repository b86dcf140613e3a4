"""Page of one gap or one alignment: two clauses side by side, or one and the search for the other."""

from collections.abc import Callable
from typing import Any

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.parts import citation, provenance

TABLES = (
    *provenance.TABLES,
    "gaps",
    "gap_evidence",
    "gap_nearest",
    "gap_stack",
    "gap_searches",
    "gap_changes",
    "alignments",
    "measures",
    "conditions",
    "provisions",
    "searches",
    "excluded_facts",
    "comparisons",
    "model_features",
    "model_reliability",
    "regions",
    "topics",
    "builds",
)

_GAP = """
    select g.*, b.factors, b.kind_chance, c.title as comparison, c.baseline_region, c.target_region,
        c.stack
    from gap_overview g join gaps b using (gap_id) join comparisons c on c.comparison_id = g.comparison_id
    where g.gap_id = ?
"""
_ALIGNMENT = "select * from alignments where alignment_id = ?"
_SIDE = """
    select
        c.clause_id, c.path, c.heading, c.text, d.document_id, d.title, d.number, d.level, d.issuers,
        d.issued_date, d.effective_date, d.expires_date, d.status, d.text_kind, d.url, d.file,
        c.start, c.end, r.name as region, p.instrument, p.actor, f.source, f.source_kind,
        f.confidence as fact_confidence, f.as_of as fact_as_of, f.note
    from clauses c
    join documents d using (document_id)
    join regions r using (region_id)
    left join provisions p using (clause_id)
    left join facts f using (clause_id)
    where c.clause_id = ?
"""
# The neighbours of a unit are the units before and after its text: it may contain clauses itself, and
# headings may lie between.
_BEFORE = """
    select clause_id, path, heading, text from clauses
    where document_id = :document_id and is_unit = 1 and "end" <= :start order by start desc limit 1
"""
_AFTER = """
    select clause_id, path, heading, text from clauses
    where document_id = :document_id and is_unit = 1 and start >= :end order by start limit 1
"""
_NEAREST = """
    select n.rank, n.similarity, n.confidence, n.clause_id, null as alignment_id, d.title, c.path, c.heading,
        r.name as region
    from gap_nearest n
    join clauses c using (clause_id) join documents d using (document_id)
    join regions r using (region_id)
    where n.gap_id = ? order by n.rank
"""
_ALTERNATIVES = """
    select a.rank, a.similarity, a.confidence, a.clause_b as clause_id, a.alignment_id, d.title, c.path, c.heading,
        r.name as region
    from alignments a
    join clauses c on c.clause_id = a.clause_b join documents d using (document_id)
    join regions r using (region_id)
    where a.clause_a = :clause_a and a.comparison_id = :comparison_id
        and a.alignment_id != :alignment_id
    order by a.confidence desc, a.similarity desc, a.alignment_id limit 5
"""
_REASONS = """
    select f.name, r.value ->> 1 as weight
    from alignments a, json_each(a.reasons) r
    join model_features f on f.feature = r.value ->> 0
        and f.reading = case a.scope when 'pair' then 'second' else a.scope end
    where a.alignment_id = ? order by r.key
"""
_RELIABILITY = """
    select confidence, share_right, pairs from model_reliability
    order by abs(confidence - ?), bin limit 1
"""
_OTHERS = """
    select * from gap_overview
    where comparison_id = :comparison_id and gap_id is not :gap_id and as_of = coalesce(:as_of, as_of)
        and (clause_a = :clause_a or clause_b = :clause_b)
    order by severity desc, gap_id limit 20
"""
_SEARCHES_BY_REGION = """
    select s.*, r.name as region from gap_searches s join regions r using (region_id)
    where s.gap_id = ? order by s.ordinal
"""
_RECORDS = """
    select distinct s.*, r.name as region
    from gap_searches g, json_each(g.records) j
    join searches s on s.search_id = j.value
    join regions r on r.region_id = s.region_id
    where g.gap_id = ? order by s.search_id
"""
_LEFT_OUT = """
    select distinct e.* from gap_searches g, json_each(g.left_out) j
    join excluded_facts e on e.fact_id = j.value where g.gap_id = ? order by e.fact_id
"""
_STACK = "select * from stack_overview where gap_id = ? order by ordinal"
_HISTORY = """
    select * from change_overview where gap_before = :gap_id or gap_after = :gap_id
    order by from_date, change_id
"""
_TWINS = """
    select g.gap_id, g.as_of, g.kind, g.grade, g.summary, m.name as moment
    from gap_overview g join moments m using (as_of)
    where g.comparison_id = :comparison_id and g.as_of != :as_of
        and (g.clause_a = :clause_a or (:clause_a is null and g.clause_b = :clause_b))
    order by g.as_of, g.severity desc, g.gap_id limit 10
"""


async def load(db: Database, key: str, address: Callable[[str], str]) -> dict[str, Any] | None:
    """The two clauses, or one and the search for the other; None for an unknown key.

    Args:
        db: the knowledge base.
        key: gap_id or alignment_id.
        address: the permanent link of a path of this site.
    """
    gap = await kb.row(db, _GAP, [key])
    alignment = await kb.row(db, _ALIGNMENT, [gap["alignment_id"] if gap else key])
    subject = gap or alignment
    if subject is None:
        return None
    sides = {which: await _side(db, subject[f"clause_{which}"], gap) for which in "ab"}
    build = await kb.build(db)
    return {
        "key": key,
        "gap": gap,
        "alignment": alignment,
        **sides,
        "newest": await provenance.newest(db),
        "citations": _citations(key, gap, sides, build, address),
        "nearest": await _nearest(db, gap, alignment),
        "why": await _reasons(db, alignment) if alignment else None,
        "search": await _search(db, gap) if gap and gap["kind"] in ("missing", "extra") else None,
        "stack": await kb.rows(db, _STACK, [gap["gap_id"]]) if gap else [],
        "history": await kb.rows(db, _HISTORY, gap) if gap else [],
        "twins": await kb.rows(db, _TWINS, gap) if gap else [],
        "others": await kb.rows(db, _OTHERS, {"gap_id": None, "as_of": None} | subject),
        "build": build,
    }


def _citations(
    key: str,
    gap: kb.Row | None,
    sides: dict[str, kb.Row | None],
    build: kb.Row | None,
    address: Callable[[str], str],
) -> list[dict[str, Any]]:
    """Citations of the page as a whole, then of the text of each side."""
    build_id = build["build_id"] if build else None
    names = ("基准方", "对比方")
    present = [(name, side) for name, side in zip(names, sides.values(), strict=True) if side]
    clauses = [side for _, side in present]
    page = citation.comparison(gap, clauses, build_id, address(f"/-/compare/{key}"))
    citations = [citation.labelled("本页", page)]
    for name, side in present:
        entry = citation.entry(side, build_id, address(f"/-/clause/{side['clause_id']}"))
        citations.append(citation.labelled(f"{name}文本", entry))
    return citations


async def _side(db: Database, clause_id: str | None, gap: kb.Row | None) -> kb.Row | None:
    side = await kb.row(db, _SIDE, [clause_id])
    if side is None:
        return None
    measures = "select * from measures where clause_id = ? order by start"
    conditions = "select * from conditions where clause_id = ? order by start, condition_id"
    evidence = "select * from gap_evidence where gap_id = ? and clause_id = ? order by start"
    return side | {
        "before": await kb.row(db, _BEFORE, side),
        "after": await kb.row(db, _AFTER, side),
        "events": await provenance.events(db, side["document_id"]),
        "measures": await kb.rows(db, measures, [clause_id]),
        "conditions": await kb.rows(db, conditions, [clause_id]),
        "evidence": await kb.rows(db, evidence, [gap["gap_id"] if gap else None, clause_id]),
    }


async def _nearest(db: Database, gap: kb.Row | None, alignment: kb.Row | None) -> list[kb.Row]:
    if alignment:
        return await kb.rows(db, _ALTERNATIVES, alignment)
    return await kb.rows(db, _NEAREST, [gap["gap_id"] if gap else None])


async def _reasons(db: Database, alignment: kb.Row) -> dict[str, Any]:
    """The features that the match model weighed, and the share of such confidences that is right."""
    return {
        "reasons": await kb.rows(db, _REASONS, [alignment["alignment_id"]]),
        "reliability": await kb.row(db, _RELIABILITY, [alignment["confidence"]]),
    }


async def _search(db: Database, gap: kb.Row) -> dict[str, Any]:
    """The regions, records and excluded facts searched for the other side of a one-sided gap."""
    return {
        "regions": await kb.rows(db, _SEARCHES_BY_REGION, [gap["gap_id"]]),
        "records": await kb.rows(db, _RECORDS, [gap["gap_id"]]),
        "left_out": await kb.rows(db, _LEFT_OUT, [gap["gap_id"]]),
    }
