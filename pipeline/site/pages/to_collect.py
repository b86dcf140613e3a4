"""Page of the matters of which one side is not known (收集清单): what to look for next, the weightiest first."""

from typing import Any

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb

TABLES = (
    "gaps",
    "gap_rules",
    "matters",
    "search_matters",
    "searches",
    "comparisons",
    "moments",
    "regions",
    "topics",
    "to_collect",
)
SHOWN = 300  # matters on the page; the view to_collect has all

# A side lacks a rule where none of its own or above it is in force; districts inside do not stand for it.
_ROWS = """
    select v.*, g.summary, g.caveats, g.as_of, a.name as region_a, b.name as region_b,
        not exists (select 1 from gap_rules x where x.gap_id = v.gap_id and x.side = 'a' and x.in_force
            and x.level <> 'inside') as lacks_a,
        not exists (select 1 from gap_rules x where x.gap_id = v.gap_id and x.side = 'b' and x.in_force
            and x.level <> 'inside') as lacks_b
    from to_collect v join gaps g using (gap_id) join comparisons k on k.comparison_id = v.comparison_id
    join regions a on a.region_id = k.baseline_region join regions b on b.region_id = k.target_region
    join matters m on m.matter_id = v.matter_id
    where v.comparison_id = ? and m.boilerplate = 0
    order by m.origin = 'aligned', v.importance desc, v.matter_id
"""
_SEARCHES = """
    select m.matter_id, s.search_id, s.searched, s.finding, s.as_of, r.name as region
    from search_matters m join searches s using (search_id) join regions r using (region_id)
    order by s.search_id
"""


async def load(db: Database, args: MultiParams) -> dict[str, Any] | None:
    """The matters to collect for a comparison; None for an unknown comparison.

    Args:
        db: the knowledge base.
        args: `comparison`; the first where it is not given.
    """
    comparison = await kb.comparison(db, args.get("comparison"))
    if comparison is None:
        return None
    rows = await kb.rows(db, _ROWS, [comparison["comparison_id"]])
    searches: dict[str, list[kb.Row]] = {}
    for record in await kb.rows(db, _SEARCHES):
        searches.setdefault(record["matter_id"], []).append(record)
    return {
        "comparison": comparison,
        "comparisons": await kb.comparisons(db),
        "rows": [_row(row, searches.get(row["matter_id"], [])) for row in rows[:SHOWN]],
        "total": len(rows),
        "searched": sum(row["grade"] == "searched" for row in rows),
        "shown": SHOWN,
        "build": await kb.build(db),
    }


def _row(row: kb.Row, records: list[kb.Row]) -> kb.Row:
    """A matter with the places that lack a rule and the records of what was looked for."""
    lacking = [row[f"region_{side}"] for side in "ab" if row[f"lacks_{side}"]]
    kept = {
        key: value for key, value in row.items() if key not in ("lacks_a", "lacks_b", "searches")
    }
    return kept | {"lacking": lacking, "records": records}
