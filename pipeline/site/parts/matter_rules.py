"""Rules of a matter as a comparison sees them: those in force by side and level, and the versions that are over."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb

TABLES = (
    "rules",
    "rule_states",
    "rule_regions",
    "gap_rules",
    "clauses",
    "documents",
    "facts",
    "regions",
    "moments",
)
LEVELS = ("own", "upper", "national", "inside")

_RULES = """
    select r.*, g.name as region, d.document_id, d.title as document, d.number, d.issuers, d.issued_date,
        d.url, d.text_kind, c.path, c.text,
        (select group_concat(x.name, '、') from rule_regions q join regions x using (region_id)
            where q.rule_id = r.rule_id) as also, s.in_force, f.checked, f.checked_date
    from rules r join regions g on g.region_id = r.region_id join clauses c using (clause_id)
    join documents d using (document_id) join rule_states s using (rule_id) join moments n on n.as_of = s.as_of and n.newest = 1
    left join facts f using (clause_id)
    where r.matter_id = ? order by r.rowid
"""
_SEEN = "select side, rule_id, level from gap_rules where gap_id = ? and in_force = 1"


async def load(db: Database, matter_id: str, gap: kb.Row | None) -> dict[str, Any]:
    """The rules of a matter.

    Args:
        db: the knowledge base.
        matter_id: of the matter.
        gap: its gap at the newest day in the comparison that is shown; None where there is none.

    Returns:
        groups: rules in force: of both sides, of one, and of places outside the comparison.
        history: by place that has rules which are over, its versions in the order of time, those in force too.
    """
    rules = await kb.rows(db, _RULES, [matter_id])
    seen = await kb.rows(db, _SEEN, [gap["gap_id"] if gap else None])
    levels: dict[str, dict[str, str]] = {}
    for row in seen:
        levels.setdefault(row["rule_id"], {})[row["side"]] = row["level"]
    groups: dict[str, list[kb.Row]] = {"a": [], "b": [], "both": [], "elsewhere": []}
    for rule in rules:
        sides = levels.get(rule["rule_id"], {})
        if rule["in_force"]:
            group = "both" if len(sides) > 1 else next(iter(sides), "elsewhere")
            groups[group].append(rule | {"level": next(iter(sides.values()), None)})
    return {
        "groups": {name: sorted(found, key=_by_level) for name, found in groups.items()},
        "history": _history(rules),
    }


def _by_level(rule: kb.Row) -> int:
    return LEVELS.index(rule["level"]) if rule["level"] else len(LEVELS)


def _history(rules: list[kb.Row]) -> list[dict[str, Any]]:
    """The versions of every place that has some which are over, each with the rule that took its place."""
    successors = {rule["replaces"]: rule for rule in rules if rule["replaces"]}
    places: dict[str, list[kb.Row]] = {}
    over = {rule["region"] for rule in rules if not rule["in_force"]}
    for rule in (rule for rule in rules if rule["region"] in over):
        successor = successors.get(rule["rule_id"])
        shown = (
            {key: successor[key] for key in ("region", "document", "clause_id", "in_force_from")}
            if successor
            else None
        )
        places.setdefault(rule["region"], []).append(rule | {"successor": shown})
    return [
        {"region": region, "rules": sorted(found, key=_by_date)} for region, found in places.items()
    ]


def _by_date(rule: kb.Row) -> tuple[str, str]:
    """Sort key: by tier, then by the day on which it began."""
    return rule["tier"] or "", rule["in_force_from"] or rule["in_force_to"] or ""
