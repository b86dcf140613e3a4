"""Page of a topic's matrix: attributes down, regions across, the table that researchers draw by hand."""

from itertools import groupby
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.kb import Row
from pipeline.site.parts import key_figures, matrix_cells
from pipeline.site.parts.matrix_cells import GapIndex

TABLES = (
    "gaps",
    "gap_stack",
    "gap_nearest",
    "comparisons",
    "moments",
    "regions",
    "clauses",
    "documents",
    "document_states",
    "topics",
    "clause_topics",
    "facts",
    "measures",
    "alignments",
)
SHOWN = 80  # rows of a group on the page; the downloads have all

_TOPIC = "select topic_id, name, definition from topics where topic_id = ?"
_BELOW = """
    with recursive below(region_id) as (
        select :baseline union select r.region_id from regions r join below b on r.parent_id = b.region_id
    )
"""
_COUNTIES = """
    select region_id, name from regions r
    where parent_id = ? and level = 'county' and exists (
        select 1 from documents d where d.region_id = r.region_id
    )
    order by region_id
"""
_OF_TOPIC = """
    select ct.clause_id, d.region_id
    from clause_topics ct
    join clauses c using (clause_id)
    join documents d using (document_id)
    join document_states s on s.document_id = d.document_id and s.as_of = :as_of
    where ct.topic_id = :topic and c.is_unit = 1
"""
_BASELINE = f"""
    {_BELOW} {_OF_TOPIC} and d.region_id in below and s.state in ('有效', '未知')
    order by d.region_id <> :baseline, d.region_id, d.issued_date desc, d.document_id, c.ordinal
"""
# Without the clauses that are the counterpart of a baseline clause in force: they are in its row.
_TARGET = f"""
    {_BELOW} {_OF_TOPIC} and d.region_id in (select value from json_each(:target))
    and s.state in ('有效', '未知', '已过有效期', '已暂停')
    and not exists (
        select 1 from alignments a
        join clauses ca on ca.clause_id = a.clause_a
        join documents da on da.document_id = ca.document_id
        join document_states sa on sa.document_id = da.document_id and sa.as_of = :as_of
        where a.clause_b = ct.clause_id and a.status in ('auto', 'accepted')
            and sa.state in ('有效', '未知') and da.region_id in below
    )
    order by d.region_id, s.state in ('已过有效期', '已暂停'), d.issued_date desc, d.document_id, c.ordinal
"""
_GAPS = """
    select g.gap_id, g.grade, g.clause_a, g.clause_b, k.baseline_region, k.target_region,
        n.clause_id as nearest
    from gaps g
    join comparisons k using (comparison_id)
    left join gap_nearest n on n.gap_id = g.gap_id and n.rank = 1
    where g.as_of = :as_of and g.gap_id in (
        select gap_id from gaps where clause_a in (select value from json_each(:heads))
        union all
        select gap_id from gaps where clause_b in (select value from json_each(:targets))
    )
    order by g.level = 'upper', k.rowid, g.severity desc, g.gap_id
"""
# Levels repeat in the stacks of several comparisons: the gap of the first comparison is taken.
_LAYERS = """
    select g.clause_a, s.region_id, s.clause_id, g.gap_id,
        min(k.rowid * 2 + (g.clause_b is not null)) as place
    from gaps g
    join comparisons k using (comparison_id)
    join gap_stack s using (gap_id)
    where g.as_of = :as_of and g.clause_a in (select value from json_each(:heads))
    group by 1, 2, 3
    order by place, s.ordinal
"""
_CLAUSES = """
    select c.clause_id, c.heading, c.path, c.text, d.document_id, d.title as document, d.text_kind,
        r.region_id, r.name as region, s.state, f.nature
    from clauses c
    join documents d using (document_id)
    join regions r using (region_id)
    join document_states s on s.document_id = d.document_id and s.as_of = :as_of
    left join facts f using (clause_id)
    where c.clause_id in (select value from json_each(:clauses))
"""
_MEASURES = """
    select clause_id, kind, role, base, per, of, quote, start, end from measures
    where clause_id in (select value from json_each(:clauses)) order by clause_id, start
"""


async def load(db: Database, topic_id: str, args: MultiParams) -> dict[str, Any] | None:
    """The matrix of a topic at a date; None for an unknown topic or date."""
    topic = await kb.row(db, _TOPIC, [topic_id])
    comparison, moment = await kb.comparison(db), await kb.moment(db, args.get("date"))
    if topic is None or comparison is None or moment is None:
        return None
    counties = args.get("counties") != "0"
    columns = await _columns(db, comparison, counties)
    heads = await _heads(db, topic_id, comparison, moment["as_of"], columns)
    index, clauses = await _gaps_and_clauses(db, heads, comparison, moment["as_of"], columns)
    rows = _rows(heads, comparison, columns, index, clauses)
    for cell in [cell for row in rows for cell in row["cells"]]:
        cell["text"] = matrix_cells.text(cell, labels.of(db).by_code)
    return {
        "topic": topic,
        "comparison": comparison,
        "moment": moment,
        "moments": await kb.moments(db),
        "counties": counties,
        "columns": columns,
        "groups": {
            "both": "不止一地有规定",
            "baseline": f"只在{columns[0]['name']}查得",
            "target": f"只在{columns[1]['name']}及其县（市、区）查得",
        },
        "shown": SHOWN,
        "rows": rows,
        "build": await kb.build(db),
    }


async def _columns(db: Database, comparison: Row, counties: bool) -> list[Row]:
    """The baseline, the target, the levels above it, then its counties that have documents."""
    target, *above = comparison["stack"]
    below = await kb.rows(db, _COUNTIES, [target]) if counties else []
    regions = await kb.rows(db, "select region_id, name from regions")
    regions_by_id = {region["region_id"]: region for region in regions}
    order = [comparison["baseline_region"], target, *above]
    return [regions_by_id[region_id] for region_id in order] + below


async def _heads(
    db: Database, topic_id: str, comparison: Row, as_of: str, columns: list[Row]
) -> dict[str, str]:
    """The clauses that head rows → the region of the column that each stands in."""
    above = comparison["stack"][1:]
    targets = [c["region_id"] for c in columns[1:] if c["region_id"] not in above]
    params = {
        "topic": topic_id,
        "baseline": comparison["baseline_region"],
        "as_of": as_of,
        "target": kb.to_json(targets),
    }
    of_baseline = await kb.rows(db, _BASELINE, params)
    of_targets = await kb.rows(db, _TARGET, params)
    of_targets.sort(key=lambda row: targets.index(row["region_id"]))
    heads = {row["clause_id"]: params["baseline"] for row in of_baseline}
    return heads | {row["clause_id"]: row["region_id"] for row in of_targets}


async def _gaps_and_clauses(
    db: Database, heads: dict[str, str], comparison: Row, as_of: str, columns: list[Row]
) -> tuple[GapIndex, dict[str, Row]]:
    """The gaps of the heads, and all clauses that may be shown, with their key figures."""
    baseline = comparison["baseline_region"]
    targets = [clause_id for clause_id, region in heads.items() if region != baseline]
    params = {"as_of": as_of, "heads": kb.to_json([*heads]), "targets": kb.to_json(targets)}
    gaps = await kb.rows(db, _GAPS, params)
    layers = await kb.rows(db, _LAYERS, params)
    of_gaps = [gap[key] for gap in gaps for key in ("clause_a", "clause_b", "nearest")]
    of_layers = [layer["clause_id"] for layer in layers]
    clause_ids = [c for c in dict.fromkeys([*heads, *of_gaps, *of_layers]) if c]
    params["clauses"] = kb.to_json(clause_ids)
    clauses = await kb.rows(db, _CLAUSES, params)
    by_clause = groupby(await kb.rows(db, _MEASURES, params), key=lambda m: m["clause_id"])
    measures = {clause_id: list(group) for clause_id, group in by_clause}
    regions = {column["region_id"] for column in columns}
    clauses_by_id = {}
    for clause in clauses:
        clause_id, region = clause["clause_id"], clause["region_id"]
        column = region if region in regions else heads.get(clause_id)
        figures = _key_figures(clause, measures.get(clause_id, []))
        clauses_by_id[clause_id] = clause | figures | {"column": column}
    return matrix_cells.index_gaps(gaps, layers), clauses_by_id


def _key_figures(clause: Row, measures: list[Row]) -> Row:
    is_rule = clause["nature"] in (None, "规定")
    return key_figures.extract(str(clause["text"]), clause["heading"], measures, is_rule)


def _rows(
    heads: dict[str, str],
    comparison: Row,
    columns: list[Row],
    index: GapIndex,
    clauses: dict[str, Row],
) -> list[Row]:
    """The rows in three groups: of several regions, of the baseline only, of the target only.

    A clause of the target that is in the row of another clause has no row of its own.
    """
    groups: dict[str, list[Row]] = {"both": [], "baseline": [], "target": []}
    in_rows: set[str] = set()
    for clause_id, own_region in heads.items():
        if clause_id in in_rows:
            continue
        row = matrix_cells.row(clause_id, own_region, columns, index, clauses)
        if own_region != comparison["baseline_region"]:
            entries = (e for cell in row["cells"] for e in [*cell["entries"], *cell["past"]])
            in_rows |= {entry["clause_id"] for entry in entries}
            group = "target"
        else:
            others = (cell for cell in row["cells"] if cell["region_id"] != own_region)
            group = "both" if any(cell["entries"] for cell in others) else "baseline"
        groups[group].append(row | {"group": group})
    return [row for rows in groups.values() for row in rows]
