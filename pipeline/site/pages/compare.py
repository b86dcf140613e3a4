"""Page of one alignment: two clauses side by side, their points marked. Ids of gaps, old and new, lead to matters."""

from collections.abc import Callable
from typing import Any

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.pages import matter
from pipeline.site.parts import citation, nearest_sentence, pair_points, provenance
from pipeline.site.reviews import review_pages
from pipeline.site.serving.page_response import Moved

TABLES = (
    *provenance.TABLES,
    *pair_points.TABLES,
    "article_accounts",
    "alignments",
    "measures",
    "conditions",
    "provisions",
    "comparisons",
    "model_features",
    "model_reliability",
    "reviews",
    "regions",
    "builds",
)

_ALIGNMENT = "select * from alignments where alignment_id = ?"
_SIDE = """
    select
        c.clause_id, c.path, c.heading, c.text, d.document_id, d.title, d.number, d.level, d.issuers,
        d.issued_date, d.effective_date, d.expires_date, d.status, d.text_kind, d.url, d.file,
        c.start, c.end, r.name as region, p.instrument, p.actor, f.source, f.source_kind,
        f.confidence as fact_confidence, f.as_of as fact_as_of, f.note,
        f.checked, f.checked_date, f.checked_note
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
_MATTERS = """
    select distinct m.matter_id, m.name, m.question
    from rules r join matters m using (matter_id)
    where r.clause_id in (:clause_a, :clause_b)
        or substr(r.clause_id, 1, length(:clause_a) + 2) = :clause_a || '__'
        or substr(r.clause_id, 1, length(:clause_b) + 2) = :clause_b || '__'
    order by m.matter_id
"""
_IS_PAIR = """
    select 1 from article_accounts where document_a = ? and document_b = ? and side = 'a' and clause_id = ?
"""
_GAP = """
    select g.matter_id, g.comparison_id, n.moment_id from gaps g join moments n using (as_of)
    where g.gap_id = ?
"""
# An old id of a gap is its comparison, its date unless newest, its kind and its clauses, apart by __. The
# fact that a clause restates ends the id of the clause, and has stayed where a document was renamed.
_OLD = """
    with named as (
        select distinct r.matter_id, r.clause_id from rules r left join facts f using (clause_id)
        where instr('__' || :key || '__', '__' || r.clause_id || '__')
            or instr('__' || :key || '__', '__' || f.fact_id || '__')
    )
    select n.matter_id, max(g.comparison_id is not null) as is_compared
    from named n left join gaps g on g.matter_id = n.matter_id and g.comparison_id = :comparison_id
    group by n.matter_id
    order by is_compared desc, count(distinct n.clause_id) desc, max(g.importance) desc, n.matter_id limit 1
"""


async def load(
    db: Database, key: str, address: Callable[[str], str]
) -> dict[str, Any] | Moved | None:
    """The two clauses of an alignment; where the matter of a gap is; None for an unknown key.

    Args:
        db: the knowledge base.
        key: alignment_id, or gap_id.
        address: the permanent link of a path of this site.
    """
    alignment = await kb.row(db, _ALIGNMENT, [key])
    if alignment is None:
        return await _matter(db, key)
    sides = {which: await _side(db, alignment[f"clause_{which}"]) for which in "ab"}
    clauses = alignment["clause_a"], alignment["clause_b"]
    documents = [side["document_id"] for side in sides.values()]
    build = await kb.build(db)
    return {
        "key": key,
        "alignment": alignment,
        **sides,
        "points": nearest_sentence.with_nearest(await pair_points.of_articles(db, *clauses), sides),
        "pair": "__and__".join(documents)
        if await kb.row(db, _IS_PAIR, [*documents, clauses[0]])
        else None,
        "newest": await provenance.newest(db),
        "citations": _citations(key, sides, build, address),
        "nearest": await kb.rows(db, _ALTERNATIVES, alignment),
        "why": await _reasons(db, alignment),
        "matters": await kb.rows(db, _MATTERS, alignment),
        "reviews": await review_pages.of_pair(db, alignment),
        "build": build,
    }


async def _matter(db: Database, key: str) -> Moved | None:
    """Where the matter of a gap is, by its id in this build or an old one."""
    gap = await kb.row(db, _GAP, [key])
    if gap:
        return matter.page_of(gap["matter_id"], gap["comparison_id"], gap["moment_id"])
    first, *rest = key.split("__")
    comparison = await kb.comparison(db, first) if first and rest else None
    if comparison is None:
        return None
    old = await kb.row(db, _OLD, {"key": key, "comparison_id": first})
    if old is None:
        return None
    moment = await kb.moment(db, rest[0])
    return matter.page_of(
        old["matter_id"],
        first if old["is_compared"] else None,
        moment["moment_id"] if moment else None,
    )


def _citations(
    key: str,
    sides: dict[str, kb.Row],
    build: kb.Row | None,
    address: Callable[[str], str],
) -> list[dict[str, Any]]:
    """Citations of the page as a whole, then of the text of each side."""
    build_id = build["build_id"] if build else None
    page = citation.comparison(list(sides.values()), build_id, address(f"/-/compare/{key}"))
    citations = [citation.labelled("本页", page)]
    for name, side in zip(("基准方", "对比方"), sides.values(), strict=True):
        entry = citation.entry(side, build_id, address(f"/-/clause/{side['clause_id']}"))
        citations.append(citation.labelled(f"{name}文本", entry))
    return citations


async def _side(db: Database, clause_id: str) -> kb.Row:
    side = (await kb.rows(db, _SIDE, [clause_id]))[0]
    measures = "select * from measures where clause_id = ? order by start"
    conditions = "select * from conditions where clause_id = ? order by start, condition_id"
    return side | {
        "before": await kb.row(db, _BEFORE, side),
        "after": await kb.row(db, _AFTER, side),
        "events": await provenance.events(db, side["document_id"]),
        "measures": await kb.rows(db, measures, [clause_id]),
        "conditions": await kb.rows(db, conditions, [clause_id]),
    }


async def _reasons(db: Database, alignment: kb.Row) -> dict[str, Any]:
    """The features that the match model weighed, and the share of such confidences that is right."""
    return {
        "reasons": await kb.rows(db, _REASONS, [alignment["alignment_id"]]),
        "reliability": await kb.row(db, _RELIABILITY, [alignment["confidence"]]),
    }
