"""Schema diagram: a box for each table, placed by hand, and a line for each foreign key of kb.db."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

# The picture from left to right: texts, what is read from them, matters, what is compared, what belongs to a gap.
_GRID = """
    regions             document_pairs      comparisons         moments             gap_nearest
    documents           validity_events     alignments          article_accounts    gap_rules
    document_warnings   revisions           matters             gaps                gap_points
    clauses             clause_topics       matter_aliases      -                   gap_point_quotes
    citations           provisions          matter_departments  rules               gap_departments
    facts               measures            matter_absences     rule_regions        gap_changes
    incomplete_texts    conditions          search_matters      rule_states         reviews
    searches            topics              departments         claims              claim_evidence
    excluded_facts      topic_departments   indicators          labels              model_features
    synonyms            document_states     english_names       builds              model_reliability
"""
_GRID_ROWS = [line.split() for line in _GRID.strip().splitlines()]
# Sizes in the units of the picture (SVG viewBox).
_COLUMN_WIDTH, _ROW_HEIGHT = 190, 58
_BOX_WIDTH, _BOX_HEIGHT = 160, 30
_MARGIN = 10
_INDENT = 40  # of a vertical line, from the left edge of its boxes
CORNERS = {
    name: (column * _COLUMN_WIDTH + _MARGIN, row * _ROW_HEIGHT + _MARGIN)
    for row, names in enumerate(_GRID_ROWS)
    for column, name in enumerate(names)
    if name != "-"
}

_NAMES = """
    select name from sqlite_master
    where type = 'table' and name not like 'clauses_fts%' and name not like 'sqlite_%' order by rowid
"""
_KEYS = """
    select distinct m.name as child, f."table" as parent
    from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' order by 1, 2
"""


async def load(db: Database) -> dict[str, Any]:
    """Boxes by their upper left corners, and lines between boxes, in the units of the picture."""
    names = [row["name"] for row in await kb.rows(db, _NAMES)]
    keys = await kb.rows(db, _KEYS)
    boxes = {name: CORNERS[name] for name in names if name in CORNERS}
    return {
        "width": _COLUMN_WIDTH * len(_GRID_ROWS[0]),
        "height": _ROW_HEIGHT * len(_GRID_ROWS),
        "boxes": [{"name": name, "x": x, "y": y} for name, (x, y) in boxes.items()],
        "lines": [
            _line(boxes[key["child"]], boxes[key["parent"]]) | key
            for key in keys
            if key["child"] in boxes and key["parent"] in boxes and key["child"] != key["parent"]
        ],
    }


def _line(child: tuple[int, int], parent: tuple[int, int]) -> dict[str, int]:
    """The line from the nearest side of one box to the nearest side of the other."""
    (child_x, child_y), (parent_x, parent_y) = child, parent
    if child_x == parent_x:
        down = child_y < parent_y
        return {
            "x1": child_x + _INDENT,
            "y1": child_y + (_BOX_HEIGHT if down else 0),
            "x2": parent_x + _INDENT,
            "y2": parent_y + (0 if down else _BOX_HEIGHT),
        }
    right = child_x < parent_x
    return {
        "x1": child_x + (_BOX_WIDTH if right else 0),
        "y1": child_y + _BOX_HEIGHT // 2,
        "x2": parent_x + (0 if right else _BOX_WIDTH),
        "y2": parent_y + _BOX_HEIGHT // 2,
    }
