"""The picture of how the tables hang together: boxes placed by hand, lines from the database's own foreign keys."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

_WIDTH, _HEIGHT, _BOX, _ROW = 190, 58, (160, 30), 4
# (column, row) of each table: texts on the left, what is read from them in the middle, what is found on the right.
PLACES = {
    "regions": (0, 0), "documents": (0, 1), "clauses": (0, 3), "facts": (0, 5), "searches": (0, 7),
    "document_warnings": (0, 2), "excluded_facts": (0, 8), "indicators": (0, 9),
    "citations": (0, 4), "validity_events": (1, 1), "document_pairs": (1, 0), "revisions": (1, 2), "clause_topics": (1, 3),
    "provisions": (1, 4), "measures": (1, 5), "conditions": (1, 6), "topics": (1, 7), "topic_departments": (1, 8),
    "document_states": (1, 9),
    "comparisons": (2, 0), "moments": (2, 1), "alignments": (2, 2), "gaps": (2, 4), "gap_changes": (2, 5),
    "claims": (2, 7), "claim_evidence": (2, 8), "builds": (2, 9),
    "gap_evidence": (3, 2), "gap_nearest": (3, 3), "gap_stack": (3, 4), "gap_searches": (3, 5),
    "gap_departments": (3, 6), "model_features": (3, 8), "model_reliability": (3, 9),
}  # fmt: skip


async def load(db: Database) -> dict[str, Any]:
    """Boxes with their corners, and lines between their middles; sizes in the picture's own units."""
    names = [row["name"] for row in await kb.rows(db, _NAMES)]
    keys = await kb.rows(db, _KEYS)
    boxes = {name: _corner(PLACES[name]) for name in names if name in PLACES}
    return {
        "width": _WIDTH * 4,
        "height": _HEIGHT * (max(row for _, row in PLACES.values()) + 1),
        "boxes": [{"name": name, "x": x, "y": y} for name, (x, y) in boxes.items()],
        "lines": [
            _line(boxes[row["child"]], boxes[row["parent"]]) | row
            for row in keys
            if row["child"] in boxes and row["parent"] in boxes and row["child"] != row["parent"]
        ],
    }


_NAMES = """
    select name from sqlite_master
    where type = 'table' and name not like 'clauses_fts%' and name not like 'sqlite_%' order by rowid
"""
_KEYS = """
    select distinct m.name as child, f."table" as parent
    from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' order by 1, 2
"""


def _corner(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] * _WIDTH + 10, place[1] * _HEIGHT + 10


def _line(child: tuple[int, int], parent: tuple[int, int]) -> dict[str, int]:
    """From the nearest side of one box to the nearest of the other."""
    (ax, ay), (bx, by) = child, parent
    width, height = _BOX
    if ax == bx:
        down = ay < by
        return {
            "x1": ax + 40,
            "y1": ay + (height if down else 0),
            "x2": bx + 40,
            "y2": by + (0 if down else height),
        }
    right = ax < bx
    return {"x1": ax + (width if right else 0), "y1": ay + height // 2,
            "x2": bx + (0 if right else width), "y2": by + height // 2}  # fmt: skip
