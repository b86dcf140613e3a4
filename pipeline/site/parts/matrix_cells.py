"""Cells of a matrix: what the rules of a place say on a matter, one line a tier."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from pipeline.site.kb import Row

EMPTY = "—"  # no rule of the place is in the corpus; it is not said that the place has none
_ENTRY_KEYS = (
    "rule_id",
    "tier",
    "says",
    "in_force_from",
    "quote",
    "note",
    "source_grade",
    "clause_id",
    "document_id",
    "document",
    "path",
    "text_kind",
)


def rows(rules: Sequence[Row], columns: Sequence[Row], regions: Mapping[str, Row]) -> list[Row]:
    """One row for each matter, with a cell for each place.

    Args:
        rules: in force, those of a matter side by side, each with `also`, the other places where it holds.
        columns: the places, in the order of the page.
        regions: all regions by id.
    """
    found = []
    for matter_id, group in groupby(rules, key=lambda rule: rule["matter_id"]):
        of_matter = list(group)
        cells = [_cell(column["region_id"], of_matter, regions) for column in columns]
        if any(cell["entries"] for cell in cells):
            first = of_matter[0]
            head = {
                "matter_id": matter_id,
                "matter": first["matter"],
                "question": first["question"],
            }
            found.append(head | {"cells": cells})
    return found


def _cell(region_id: str, rules: Sequence[Row], regions: Mapping[str, Row]) -> Row:
    entries = [
        _entry(rule, region_id, regions)
        for rule in rules
        if region_id in (rule["region_id"], *rule["also"])
    ]
    text = "\n".join(map(_line, entries)) or EMPTY
    return {"region_id": region_id, "entries": entries, "text": text}


def _entry(rule: Row, region_id: str, regions: Mapping[str, Row]) -> Row:
    """One rule in a cell, with `place`, whose rule it is, where that is another place."""
    place = regions[rule["region_id"]]["name"] if rule["region_id"] != region_id else None
    return {key: rule[key] for key in _ENTRY_KEYS} | {"place": place}


def _line(entry: Row) -> str:
    """A rule as one line of plain text.

    >>> _line({"tier": "国际", "says": "至多2000万元", "in_force_from": "2026-01", "place": None})
    '国际：至多2000万元（2026-01起）'
    """
    tier = f"{entry['tier']}：" if entry["tier"] else ""
    since = f"{entry['in_force_from']}起" if entry["in_force_from"] else None
    notes = "，".join(note for note in (entry["place"], since) if note)
    return f"{tier}{entry['says']}" + (f"（{notes}）" if notes else "")
