"""Gap tables: the rows of matters, rules, gaps, claims, and of the tables that hold their lists."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.core import jsonl
from pipeline.core.gap_records import Claim, Gap, Matter, Moment, Point, Rule
from pipeline.gaps import holdings
from pipeline.gaps.sentences import wording

Row = dict[str, Any]
Rows = Iterable[Any]  # dicts, or records whose fields are the columns


def without(row: Row, *keys: str) -> Row:
    """A row without some of its columns."""
    return {key: value for key, value in row.items() if key not in keys}


def of_matters(
    matters: list[Matter],
    rules: list[Rule],
    clause_of_fact: Mapping[str, str],
    searches: Mapping[str, list[str]],
) -> Iterator[tuple[str, Rows]]:
    """The tables of matters and rules with their rows, those referred to first.

    Args:
        matters: of this build.
        rules: of this build.
        clause_of_fact: fact id → the clause that restates it.
        searches: search id → the matters that were looked for.
    """
    lists = ("departments", "absences", "aliases", "rules", "pairs")
    kept = [without(jsonl.as_dict(matter), *lists) for matter in matters]
    yield "matters", kept
    yield (
        "matter_aliases",
        _pairs("alias", "matter_id", ((a, m.matter_id) for m in matters for a in m.aliases)),
    )
    yield "matter_departments", _departments_of_matters(matters)
    yield "matter_absences", _absences(matters, clause_of_fact)
    ids = {matter.matter_id for matter in matters}
    searched = (
        (search_id, matter_id)
        for search_id, found in searches.items()
        for matter_id in dict.fromkeys(found)
        if matter_id in ids
    )
    yield "search_matters", _pairs("search_id", "matter_id", searched)
    by_id = {matter.matter_id: matter for matter in matters}
    yield "rules", _in_order([_rule(by_id[rule.matter_id], rule) for rule in rules])
    beside = ((rule.rule_id, region) for rule in rules for region in rule.regions)
    yield "rule_regions", _pairs("rule_id", "region_id", beside)


def _rule(matter: Matter, rule: Rule) -> Row:
    """A rule with what it says, worded as headlines word it; of an article its first sentence."""
    says = rule.quote if matter.kind == "article" else wording.answer(matter, rule)
    return without(jsonl.as_dict(rule), "regions") | {"says": says}


def rule_states(rules: list[Rule], moments: list[Moment]) -> Iterator[Row]:
    """Every rule on every day: whether it counts, as gaps count it.

    Args:
        rules: of this build.
        moments: the days, the newest last.
    """
    newest = moments[-1].as_of
    for rule in rules:
        for moment in moments:
            in_force = int(holdings.in_force(rule, moment.as_of, newest))
            yield {"rule_id": rule.rule_id, "as_of": moment.as_of, "in_force": in_force}


def _pairs(one: str, other: str, values: Iterable[tuple[str, str]]) -> list[Row]:
    """The rows of a table with two columns."""
    return [{one: a, other: b} for a, b in values]


def _departments_of_matters(matters: list[Matter]) -> list[Row]:
    return [
        {"matter_id": m.matter_id, "region_id": region, "department": department}
        for m in matters
        for region, department in sorted(m.departments.items())
    ]


def _in_order(rules: list[Row]) -> list[Row]:
    """Rules such that each stands behind the one that it replaces."""
    by_id = {rule["rule_id"]: rule for rule in rules}
    ordered: dict[str, Row] = {}
    for rule in rules:
        chain = [rule]
        while (before := by_id.get(chain[-1]["replaces"])) and before["rule_id"] not in ordered:
            chain.append(before)
        ordered |= {row["rule_id"]: row for row in reversed(chain) if row["rule_id"] not in ordered}
    return list(ordered.values())


def _absences(matters: list[Matter], clause_of_fact: Mapping[str, str]) -> Iterator[Row]:
    """Of coded matters; of an article the accounts tell in which texts nothing answers it."""
    for matter in matters:
        absences = matter.absences if matter.origin == "coded" else []
        for ordinal, absence in enumerate(absences, 1):
            clause_id = clause_of_fact.get(absence.source)
            yield {
                "matter_id": matter.matter_id,
                "region_id": absence.region_id,
                "ordinal": ordinal,
                "absent_from": absence.first,
                "absent_to": absence.last,
                "why": absence.why,
                "clause_id": clause_id,
                "search_id": None if clause_id else absence.source,
            }


def of_gaps(gaps: Iterable[Gap], changes: Rows) -> Iterator[tuple[str, Rows]]:
    """The tables of gaps with their rows, those referred to first.

    Args:
        gaps: gone through several times.
        changes: of them.
    """
    yield "gaps", (without(jsonl.as_dict(gap), "rules", "points", "nearest") for gap in gaps)
    yield "gap_rules", _rules(gaps)
    yield "gap_points", (_point(gap, point) for gap in gaps for point in gap.points)
    yield "gap_point_quotes", _quotes(point for gap in gaps for point in gap.points)
    yield "gap_nearest", _nearest(gaps)
    yield "gap_departments", _departments(gaps)
    yield "gap_changes", changes


def _point(gap: Gap, point: Point) -> Row:
    row = without(jsonl.as_dict(point), "point_id", "quotes")
    return {"point_id": point.point_id, "gap_id": gap.gap_id} | row


def _rules(gaps: Iterable[Gap]) -> Iterator[Row]:
    columns = ("side", "rule_id", "region_id", "level", "in_force")
    for gap in gaps:
        for values in gap.rules:
            yield {"gap_id": gap.gap_id} | dict(zip(columns, values, strict=True))


def _quotes(points: Iterable[Point]) -> Iterator[Row]:
    columns = ("side", "clause_id", "start", "end", "quote")
    for point in points:
        for values in point.quotes:
            yield {"point_id": point.point_id} | dict(zip(columns, values, strict=True))


def _nearest(gaps: Iterable[Gap]) -> Iterator[Row]:
    columns = ("rank", "clause_id", "similarity", "confidence")
    for gap in gaps:
        for rank, values in enumerate(gap.nearest, 1):
            yield {"gap_id": gap.gap_id} | dict(zip(columns, (rank, *values), strict=True))


def _departments(gaps: Iterable[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for side, names in (("a", gap.department_a), ("b", gap.department_b)):
            for name in dict.fromkeys((names or "").split("、")):
                if name:
                    yield {"gap_id": gap.gap_id, "side": side, "department": name}


def of_claims(claims: list[Claim]) -> Iterator[tuple[str, Rows]]:
    """The tables of claims with their rows."""
    yield "claims", [without(jsonl.as_dict(claim), "evidence") for claim in claims]
    yield "claim_evidence", _claim_evidence(claims)


def _claim_evidence(claims: list[Claim]) -> Iterator[Row]:
    for claim in claims:
        for ordinal, evidence in enumerate(claim.evidence, 1):
            yield {"claim_id": claim.claim_id, "as_of": claim.as_of, "ordinal": ordinal} | evidence
