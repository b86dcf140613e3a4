"""Page of one matter: what each place and level says on it since when, in one comparison, and what it means."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb
from pipeline.site.parts import citation, matter_rules, trust
from pipeline.site.reviews import review_pages
from pipeline.site.serving.page_response import Moved

TABLES = (
    *matter_rules.TABLES,
    "matters",
    "matter_aliases",
    "matter_absences",
    "topics",
    "comparisons",
    "gaps",
    "gap_points",
    "gap_point_quotes",
    "gap_nearest",
    "gap_departments",
    "gap_changes",
    "alignments",
    "article_accounts",
    "search_matters",
    "searches",
    "claims",
    "claim_evidence",
    "reviews",
    "builds",
)

_MATTER = """
    select m.*, t.name as topic from matters m left join topics t using (topic_id) where m.matter_id = ?
"""
_ALIAS = "select matter_id from matter_aliases where alias = ?"
_COMPARISONS = """
    select k.comparison_id, k.title, k.baseline_region, k.target_region, a.name as baseline, b.name as target,
        g.outcome, g.summary
    from comparisons k join gaps g using (comparison_id)
    join regions a on a.region_id = k.baseline_region join regions b on b.region_id = k.target_region
    where g.matter_id = ? and g.as_of = (select max(x.as_of) from gaps x
        where x.comparison_id = g.comparison_id and x.matter_id = g.matter_id)
    order by k.rowid
"""
_GAPS = """
    select g.*, n.moment_id, n.name as moment, n.newest from gaps g join moments n using (as_of)
    where g.matter_id = :matter_id and g.comparison_id = :comparison_id order by g.as_of desc
"""
_POINTS = "select * from gap_points where gap_id = ? order by ordinal"
_QUOTES = """
    select q.point_id, q.side, q.clause_id, q.quote, d.title as document, c.path, d.text_kind,
        r.name as region, u.says
    from gap_points p join gap_point_quotes q using (point_id) join clauses c using (clause_id)
    left join rules u on u.rule_id = case q.side when 'a' then p.rule_a else p.rule_b end
    join documents d using (document_id) join regions r using (region_id)
    where p.gap_id = ? order by p.ordinal, q.side, q.clause_id, q.start
"""
# Of a matter of articles: the pairs of its articles, and the pairs of documents whose articles were all accounted for.
_ARTICLE_PAIRS = """
    select min(a.alignment_id) as alignment_id, a.clause_a, a.clause_b, ca.path as path_a, cb.path as path_b,
        da.title as document_a, db.title as document_b
    from rules r join alignments a on a.clause_a = r.clause_id join rules s on s.clause_id = a.clause_b
    join clauses ca on ca.clause_id = a.clause_a join documents da on da.document_id = ca.document_id
    join clauses cb on cb.clause_id = a.clause_b join documents db on db.document_id = cb.document_id
    where r.matter_id = :matter_id and s.matter_id = :matter_id and a.status in ('auto', 'accepted')
    group by a.clause_a, a.clause_b order by ca.document_id, ca.ordinal, cb.document_id, cb.ordinal
"""
_DOCUMENT_PAIRS = """
    select distinct a.document_a || '__and__' || a.document_b as pair, da.title as document_a, db.title as document_b
    from article_accounts a
    join documents da on da.document_id = a.document_a join documents db on db.document_id = a.document_b
    where a.clause_id in (select clause_id from rules where matter_id = ?) order by 1
"""
_DEPARTMENTS = "select side, department from gap_departments where gap_id = ? order by 1, 2"
_NEAREST = """
    select n.rank, n.similarity, n.confidence, n.clause_id, d.title as document, c.path, c.heading,
        d.text_kind, r.name as region
    from gap_nearest n join clauses c using (clause_id) join documents d using (document_id)
    join regions r using (region_id) where n.gap_id = ? order by n.rank
"""
_CHANGES = """
    select g.*, r.clause_id, d.title as document from gap_changes g
    left join rules r using (rule_id) left join clauses c using (clause_id)
    left join documents d using (document_id)
    where g.matter_id = :matter_id and g.comparison_id = :comparison_id order by g.from_date desc
"""
_ABSENCES = """
    select a.*, r.name as region, d.title as document, c.path, c.text, d.text_kind, s.subject, s.finding
    from matter_absences a join regions r using (region_id)
    left join clauses c on c.clause_id = a.clause_id left join documents d using (document_id)
    left join searches s on s.search_id = a.search_id
    where a.matter_id = ? order by a.region_id, a.ordinal
"""
_SEARCHES = """
    select s.*, r.name as region from search_matters m join searches s using (search_id)
    join regions r using (region_id) where m.matter_id = ? order by s.region_id, s.search_id
"""
_CLAIMS = """
    select distinct c.claim_id, c.statement, c.as_of, c.verdict
    from claim_evidence e join gaps g using (gap_id) join claims c on c.claim_id = e.claim_id and c.as_of = e.as_of
    where g.matter_id = ? order by c.rowid
"""


async def load(
    db: Database, matter_id: str, args: MultiParams, address: Callable[[str], str]
) -> dict[str, Any] | Moved | None:
    """A matter in one comparison; None for an unknown matter or comparison.

    Args:
        db: the knowledge base.
        matter_id: of the matter; a retired id leads to the matter that has its place.
        args: `comparison`; where it is not given, the first one that has a row for the matter.
        address: the permanent link of a path of this site.
    """
    matter = await kb.row(db, _MATTER, [matter_id])
    if matter is None:
        alias = await kb.row(db, _ALIAS, [matter_id])
        return page_of(alias["matter_id"], args.get("comparison")) if alias else None
    rows = await kb.rows(db, _COMPARISONS, [matter_id])
    first = rows[0]["comparison_id"] if rows else None
    comparison = await kb.comparison(db, args.get("comparison") or first)
    if comparison is None:
        return None
    shown = comparison | await kb.names(db, comparison)
    about = {"matter": matter, "comparison": shown, "comparisons": rows}
    return about | await _content(db, matter, comparison, address)


async def _content(
    db: Database, matter: kb.Row, comparison: kb.Row, address: Callable[[str], str]
) -> dict[str, Any]:
    """What the page tells of a matter in a comparison."""
    matter_id = matter["matter_id"]
    key = {"matter_id": matter_id, "comparison_id": comparison["comparison_id"]}
    gaps = [gap | await _details(db, gap["gap_id"]) for gap in await kb.rows(db, _GAPS, key)]
    newest = next((gap for gap in gaps if gap["newest"]), None)
    rules = await matter_rules.load(db, matter_id, newest)
    build = await kb.build(db)
    return {
        "gaps": gaps,
        **rules,
        "trust": trust.of_matter(rules["groups"], newest["outcome"]) if newest else None,
        **(await _articles(db, matter) if matter["origin"] == "aligned" else {}),
        "changes": await kb.rows(db, _CHANGES, key),
        "absences": await kb.rows(db, _ABSENCES, [matter_id]),
        "searches": await kb.rows(db, _SEARCHES, [matter_id]),
        "reviews": await review_pages.of_matter(db, matter),
        "claims": _claims(await kb.rows(db, _CLAIMS, [matter_id])),
        "citations": _citations(matter, comparison, newest, rules, build, address),
        "link": address(page_of(matter_id, comparison["comparison_id"]).target),
        "build": build,
    }


def page_of(
    matter_id: str, comparison_id: str | None = None, moment_id: str | None = None
) -> Moved:
    """The address of a matter's page, in a comparison and at a date.

    >>> page_of("a", "sh-jx", "2018").target
    '/-/matter/a?comparison=sh-jx#date-2018'
    """
    query = urlencode({"comparison": comparison_id}) if comparison_id else ""
    return Moved(f"/-/matter/{matter_id}", query, f"date-{moment_id}" if moment_id else "")


async def _details(db: Database, gap_id: str) -> dict[str, Any]:
    """The points of a gap with their quotes, its departments, and the nearest clauses of an unknown side."""
    points = await kb.rows(db, _POINTS, [gap_id])
    quotes: dict[str, list[kb.Row]] = {}
    for quote in await kb.rows(db, _QUOTES, [gap_id]):
        quotes.setdefault(quote["point_id"], []).append(quote)
    return {
        "points": [point | {"quotes": quotes.get(point["point_id"], [])} for point in points],
        "departments": await kb.rows(db, _DEPARTMENTS, [gap_id]),
        "nearest": await kb.rows(db, _NEAREST, [gap_id]),
    }


async def _articles(db: Database, matter: kb.Row) -> dict[str, Any]:
    """Of a matter of articles: its pairs of articles, and the pairs of documents that they stand in."""
    pairs = await kb.rows(db, _ARTICLE_PAIRS, matter)
    documents = await kb.rows(db, _DOCUMENT_PAIRS, [matter["matter_id"]])
    return {"article_pairs": pairs, "document_pairs": documents}


def _claims(rows: list[kb.Row]) -> list[dict[str, Any]]:
    """The claims, each with its verdict by date."""
    claims: dict[str, dict[str, Any]] = {}
    for row in rows:
        about = {"claim_id": row["claim_id"], "statement": row["statement"], "verdicts": {}}
        claims.setdefault(row["claim_id"], about)["verdicts"][row["as_of"]] = row["verdict"]
    return list(claims.values())


def _citations(
    matter: kb.Row,
    comparison: kb.Row,
    gap: kb.Row | None,
    rules: dict[str, Any],
    build: kb.Row | None,
    address: Callable[[str], str],
) -> list[dict[str, Any]]:
    """Citations of the page as a whole, then of the texts of both sides that are in force."""
    build_id = build["build_id"] if build else None
    place = f"截至{gap['as_of']}" if gap else None
    link = address(page_of(matter["matter_id"], comparison["comparison_id"]).target)
    page = citation.page(f"{matter['name']}：{comparison['title']}", place, build_id, link)
    citations = [citation.labelled("本页", page)]
    shown = [
        rule
        for name in ("a", "b", "both")
        for rule in rules["groups"][name]
        if rule["level"] != "inside"
    ]
    for rule in {rule["clause_id"]: rule for rule in shown}.values():
        source = rule | {"title": rule["document"]}
        entry = citation.entry(source, build_id, address(f"/-/clause/{rule['clause_id']}"))
        citations.append(citation.labelled(f"{rule['region']}文本", entry))
    return citations
