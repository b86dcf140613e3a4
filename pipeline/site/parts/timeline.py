"""Timeline of a topic: the spans of time in which its documents are in force."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

SHOWN = 40  # rows: of more documents, the newest

_DOCUMENTS = """
    select d.document_id, d.title, d.region_id, r.name as region, d.in_force_from, d.in_force_to,
        d.status, count(*) as clauses
    from clause_topics ct
    join clauses c using (clause_id)
    join documents d using (document_id)
    join regions r using (region_id)
    where ct.topic_id = :topic and c.is_unit = 1 and (
        d.region_id = :baseline or r.parent_id = :baseline
        or d.region_id in (select value from json_each(:stack))
    )
    group by d.document_id
    order by d.in_force_from is null, d.in_force_from desc, d.document_id
"""


async def load(db: Database, topic_id: str, comparison: kb.Row) -> dict[str, Any]:
    """The documents of both sides, each with its span in force as shares of the time axis.

    Documents without a known date are listed apart as `undated`.
    """
    params = {
        "topic": topic_id,
        "baseline": comparison["baseline_region"],
        "stack": kb.to_json(comparison["stack"]),
    }
    documents = await kb.rows(db, _DOCUMENTS, params)
    moments = [moment["as_of"] for moment in await kb.moments(db)]
    dated = [row for row in documents if row["in_force_from"]]
    undated = [row for row in documents if not row["in_force_from"]]
    shown = dated[:SHOWN]
    days = [row["in_force_from"] for row in shown] + moments
    if not shown:
        return {"rows": [], "undated": undated, "more": 0, "years": [], "moments": []}
    first, last = int(min(days)[:4]), int(max(days)[:4]) + 1
    spans = [row | _span(row, first, last) for row in sorted(shown, key=_order(comparison))]
    return {
        "rows": spans,
        "undated": undated,
        "more": len(dated) - len(shown),
        "years": [(year, _share(f"{year}-01-01", first, last)) for year in _ticks(first, last)],
        "moments": [(day, _share(day, first, last)) for day in sorted(moments)],
    }


def _order(comparison: kb.Row) -> Any:
    """Sort key: the baseline first, then the stack from the target upwards; within each, by date."""
    stack = comparison["stack"]

    def key(row: kb.Row) -> tuple[int, str, str]:
        place = stack.index(row["region_id"]) + 1 if row["region_id"] in stack else 0
        return place, row["in_force_from"], row["document_id"]

    return key


def _span(row: kb.Row, first: int, last: int) -> dict[str, Any]:
    start = _share(row["in_force_from"], first, last)
    end = _share(row["in_force_to"], first, last) if row["in_force_to"] else 1.0
    return {"start": start, "length": max(end - start, 0.004), "open": not row["in_force_to"]}


def _ticks(first: int, last: int) -> list[int]:
    """The years labelled on the axis: about ten at most."""
    step = max(1, (last - first) // 9)
    return list(range(first, last + 1, step))


def _share(day: str, first: int, last: int) -> float:
    """Position of a day between 1 January of two years, 0 to 1; months count as equally long.

    >>> _share("2015-01-01", 2015, 2025), _share("2020-01-01", 2015, 2025), _share("2030-01-01", 2015, 2025)
    (0.0, 0.5, 1.0)
    """
    month = int(day[5:7] or 1) - 1 if len(day) > 4 else 0
    date = int(day[8:10]) - 1 if len(day) > 7 else 0
    year = int(day[:4]) + month / 12 + date / 372
    return round(min(1.0, max(0.0, (year - first) / (last - first))), 4)
