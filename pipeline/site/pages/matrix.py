"""What the matrix of a topic shows: attributes × regions, the sheet that researchers draw by hand."""

import json
from itertools import groupby
from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb, labels
from pipeline.site.kb import Row
from pipeline.site.parts import matrix_cells
from pipeline.site.parts.key_figures import told
from pipeline.site.parts.matrix_cells import Answers

TABLES = ("gaps", "gap_stack", "gap_nearest", "comparisons", "moments", "regions", "clauses", "documents",
          "document_states", "topics", "clause_topics", "facts", "measures", "alignments")  # fmt: skip

SHOWN = 80  # rows of a group on the page; the downloads hold all

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
# What an asserted counterpart in force on the baseline's side answers stands in that one's row.
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
# The first comparison's stack stands for all: what a level says is the same in each.
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
    topic = await kb.row(db, "select topic_id, name, definition from topics where topic_id = ?", [topic_id])  # fmt: skip
    chosen, moment = await kb.comparison(db), await kb.moment(db, args.get("date"))
    if topic is None or chosen is None or moment is None:
        return None
    counties = args.get("counties") != "0"
    columns = await _columns(db, chosen, counties)
    heads = await _heads(db, topic_id, chosen, moment["as_of"], columns)
    known, clauses = await _answers(db, heads, chosen, moment["as_of"], columns)
    lines = _rows(heads, chosen, columns, known, clauses)
    for cell in [cell for line in lines for cell in line["cells"]]:
        cell["text"] = matrix_cells.text(cell, labels.of(db).by_code)
    return {
        "topic": topic,
        "comparison": chosen,
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
        "rows": lines,
        "build": await kb.build(db),
    }


async def _columns(db: Database, chosen: Row, counties: bool) -> list[Row]:
    """The baseline, the target, what stands above it, then its counties that have documents."""
    target, *above = chosen["stack"]
    below = await kb.rows(db, _COUNTIES, [target]) if counties else []
    names = {r["region_id"]: r for r in await kb.rows(db, "select region_id, name from regions")}
    first = [names[chosen["baseline_region"]], names[target]]
    return first + [names[region] for region in above] + below


async def _heads(
    db: Database, topic_id: str, chosen: Row, as_of: str, columns: list[Row]
) -> dict[str, str]:
    """The clauses that head rows, with the region whose column they stand in."""
    own = [c["region_id"] for c in columns[1:] if c["region_id"] not in chosen["stack"][1:]]
    params = {"topic": topic_id, "baseline": chosen["baseline_region"], "as_of": as_of,
              "target": json.dumps(own)}  # fmt: skip
    baseline = await kb.rows(db, _BASELINE, params)
    target = await kb.rows(db, _TARGET, params)
    heads = {row["clause_id"]: params["baseline"] for row in baseline}
    target.sort(key=lambda row: own.index(row["region_id"]))
    return heads | {row["clause_id"]: row["region_id"] for row in target}


async def _answers(
    db: Database, heads: dict[str, str], chosen: Row, as_of: str, columns: list[Row]
) -> tuple[Answers, dict[str, Row]]:
    """What the gaps say of the heads, and all clauses that they name."""
    baseline = chosen["baseline_region"]
    targets = [clause for clause, region in heads.items() if region != baseline]
    params = {"as_of": as_of, "heads": json.dumps([*heads]), "targets": json.dumps(targets)}
    gaps = await kb.rows(db, _GAPS, params)
    layers = await kb.rows(db, _LAYERS, params)
    named = [gap[key] for gap in gaps for key in ("clause_a", "clause_b", "nearest")]
    wanted = dict.fromkeys([*heads, *named, *(layer["clause_id"] for layer in layers)])
    params["clauses"] = json.dumps([clause for clause in wanted if clause])
    found = await kb.rows(db, _CLAUSES, params)
    measures = {
        clause: list(group)
        for clause, group in groupby(
            await kb.rows(db, _MEASURES, params), key=lambda m: m["clause_id"]
        )
    }
    shown = {column["region_id"] for column in columns}
    clauses = {
        c["clause_id"]: c
        | told(
            str(c["text"]),
            c["heading"],
            measures.get(c["clause_id"], []),
            c["nature"] in (None, "规定"),
        )
        | {"column": c["region_id"] if c["region_id"] in shown else heads.get(c["clause_id"])}
        for c in found
    }
    return matrix_cells.answers(gaps, layers), clauses


def _rows(
    heads: dict[str, str], chosen: Row, columns: list[Row], known: Answers, clauses: dict[str, Row]
) -> list[Row]:
    """The rows in three groups: what more than one side has, what only the baseline has, what only the target.

    A clause of the target that already stands in the row of another has none of its own.
    """
    groups: dict[str, list[Row]] = {"both": [], "baseline": [], "target": []}
    placed: set[str] = set()
    for clause_id, own in heads.items():
        if clause_id in placed:
            continue
        line = matrix_cells.row(clause_id, own, columns, known, clauses)
        cells = {cell["region_id"]: cell for cell in line["cells"]}
        if own != chosen["baseline_region"]:
            placed |= {e["clause_id"] for c in cells.values() for e in [*c["entries"], *c["past"]]}
            group = "target"
        else:
            told_elsewhere = any(c["entries"] for r, c in cells.items() if r != own)
            group = "both" if told_elsewhere else "baseline"
        groups[group].append(line | {"group": group})
    return [line for lines in groups.values() for line in lines]
