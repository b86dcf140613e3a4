"""Page of a topic's matrix: coded matters down, places across, the table that researchers draw by hand."""

from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb
from pipeline.site.kb import Row
from pipeline.site.parts import matrix_cells

TABLES = (
    "matters",
    "rules",
    "rule_states",
    "rule_regions",
    "comparisons",
    "moments",
    "regions",
    "clauses",
    "documents",
    "topics",
)

_TOPIC = "select topic_id, name, definition from topics where topic_id = ?"
_RULES = """
    select r.*, m.name as matter, m.question, d.document_id, d.title as document, d.text_kind, c.path,
        (select json_group_array(region_id) from rule_regions x where x.rule_id = r.rule_id) as also
    from rules r
    join matters m using (matter_id)
    join clauses c using (clause_id)
    join documents d using (document_id)
    join rule_states s on s.rule_id = r.rule_id and s.as_of = :as_of and s.in_force = 1
    where m.topic_id = :topic and m.origin = 'coded'
    order by m.rowid, r.rowid
"""
_ARTICLES = """
    select count(*) as articles from matters where topic_id = ? and origin = 'aligned' and boilerplate = 0
"""
_REGIONS = "select region_id, name, level, parent_id from regions order by region_id"


async def load(db: Database, topic_id: str, args: MultiParams) -> dict[str, Any] | None:
    """The matrix of a topic at a date; None for an unknown topic or date."""
    topic = await kb.row(db, _TOPIC, [topic_id])
    comparison, moment = await kb.comparison(db), await kb.moment(db, args.get("date"))
    if topic is None or comparison is None or moment is None:
        return None
    counties = args.get("counties") != "0"
    rules = await kb.rows(db, _RULES, {"topic": topic_id} | moment)
    regions = {region["region_id"]: region for region in await kb.rows(db, _REGIONS)}
    columns = _columns(rules, regions, comparison, counties)
    return {
        "topic": topic,
        "comparison": comparison,
        "moment": moment,
        "moments": await kb.moments(db),
        "counties": counties,
        "columns": columns,
        **(await kb.rows(db, _ARTICLES, [topic_id]))[0],
        "rows": matrix_cells.rows(rules, columns, regions),
        "build": await kb.build(db),
    }


def _columns(
    rules: list[Row], regions: dict[str, Row], comparison: Row, counties: bool
) -> list[Row]:
    """The places with a rule: baseline, target, the levels above it, counties of the target, the rest."""
    baseline, (target, *above) = comparison["baseline_region"], comparison["stack"]
    places = {place for rule in rules for place in (rule["region_id"], *rule["also"])}
    first = [baseline, target, *(place for place in above if place in places)]
    rest = [
        place
        for place, region in regions.items()
        if place in places - set(first) and (counties or region["level"] != "county")
    ]
    parents = (target, baseline)
    rest.sort(key=lambda place: _rank(regions[place]["parent_id"], parents))
    return [{key: regions[place][key] for key in ("region_id", "name")} for place in first + rest]


def _rank(parent: str | None, parents: tuple[str, ...]) -> int:
    return parents.index(parent) if parent in parents else len(parents)
