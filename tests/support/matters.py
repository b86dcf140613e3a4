"""Invented places with invented matters: coded as an expert codes them, taken through the real engine.

    国家 ─┬─ 东海市 ─── 东区
          ├─ 西山省 ─── 南河市 ─── 北溪县
          └─ 外江省

东海市 is compared with 南河市, and with 北溪县.
"""

import json
from pathlib import Path
from typing import Any

from pipeline.core.gap_records import Comparison, Gap, Matter, Moment, Rule
from pipeline.core.records import Fact, Measure, Region
from pipeline.extraction import measure_finding, measure_rules, measures
from pipeline.gaps import gaps, paper
from pipeline.gaps.basis import AbsenceSource, Basis, Search
from pipeline.gaps.nearest import Neighbours
from pipeline.matters import matter_files, rules
from pipeline.matters.matter_files import CodedMatter
from support.records import clause, document

NATION = "000000"
REGIONS = {
    row.region_id: row
    for row in (
        Region(NATION, "国家", "national", None),
        Region("东海市", "东海市", "province", NATION),
        Region("东区", "东区", "county", "东海市"),
        Region("西山省", "西山省", "province", NATION),
        Region("南河市", "南河市", "city", "西山省"),
        Region("北溪县", "北溪县", "county", "南河市"),
        Region("外江省", "外江省", "province", NATION),
    )
}
# Directions that a person read are of the comparison that the paper makes.
CITY = Comparison(
    paper.COMPARISON, "东海市与南河市", "东海市", "南河市", ["南河市", "西山省", NATION]
)
COUNTY = Comparison(
    "dh-bx", "东海市与北溪县", "东海市", "北溪县", ["北溪县", "南河市", "西山省", NATION]
)
PROVINCE = Comparison("dh-xs", "东海市与西山省", "东海市", "西山省", ["西山省", NATION])
WITHIN = Comparison(
    "nh-bx", "南河市与北溪县", "南河市", "北溪县", ["北溪县", "南河市", "西山省", NATION]
)
COMPARISONS = {each.title: each for each in (CITY, COUNTY, PROVINCE, WITHIN)}
BACK = Comparison("nh-dh", "南河市与东海市", "南河市", "东海市", ["东海市", NATION])
EARLIER, NEWEST = "2018-12-31", "2026-06-30"
TOPIC = "zhuti"
_MATTER = {
    "id": "shi", "topic": TOPIC, "name": "某项补贴", "name_en": "Some subsidy", "question": "最多可得多少？",
    "kind": "quantity", "unit": "万元", "better": "more", "affects": "企业", "decided_by": ["市"], "reach": 3,
}  # fmt: skip
_DOCUMENT = ("effective", "issued")  # of a rule in a case: what its document says
_QUANTITIES = measure_rules.load()


def moment(day: str) -> Moment:
    """A day that gaps are computed for: the newest, or an earlier one."""
    return Moment(day[:4], day, day, day == NEWEST)


def toml(value: Any) -> str:
    """A value as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(each)}' for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def matters_toml(matter: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """A file of corpus/matters/ with one matter; its rules may lack `fact`, and name the nation 国家."""
    numbered = [
        {"fact": f"f-{number}"} | {k: v for k, v in row.items() if k not in _DOCUMENT}
        for number, row in enumerate(rows, 1)
    ]
    for row in numbered:
        row["region"] = _code(row["region"])
    return "[[matter]]\n" + "".join(
        f"{key} = {toml(value)}\n" for key, value in (_MATTER | matter | {"rule": numbered}).items()
    )  # fmt: skip


def coded(folder: Path, matter: dict[str, Any], rows: list[dict[str, Any]]) -> CodedMatter:
    """A matter as `matter_files` reads it."""
    (folder / f"{TOPIC}.toml").write_text(matters_toml(matter, rows), encoding="utf-8")
    (found,) = matter_files.load(folder, REGIONS, {TOPIC})
    return found


def _code(region: str) -> str:
    return NATION if region == "国家" else region


def proofs(found: CodedMatter, rows: list[dict[str, Any]]) -> rules.Proofs:
    """A digest for each rule, whose only clause states its value."""
    facts, clauses, documents = {}, {}, {}
    quantities: dict[str, list[Measure]] = {}
    for rule, row in zip(found.rules, rows, strict=True):
        said = rule.answer or f"{rule.value:g}{found.matter.unit or ''}"
        one = clause(f"1. 规定：为{said}。", f"d-{rule.fact}__{rule.fact}", heading="规定")
        facts[rule.fact] = Fact(
            rule.fact, one.clause_id, "规定", "某文件", "official text", "high", None, None
        )
        clauses[one.clause_id] = one
        documents[one.document_id] = document(
            one.document_id, one.text, region_id=rule.region, text_kind="digest",
            effective_date=row.get("effective"), issued_date=row.get("issued"),
        )  # fmt: skip
        quantities[one.clause_id] = [
            measures.row(q, one.clause_id, n, one.text)
            for n, q in enumerate(measure_finding.find(one.text, _QUANTITIES), 1)
        ]
    return rules.Proofs(facts, clauses, documents, quantities)


def rules_of(folder: Path, matter: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[Matter, list[Rule]]:  # fmt: skip
    """A coded matter and its rules."""
    found = coded(folder, matter, rows)
    return found.matter, list(rules.of_matter(found, proofs(found, rows), REGIONS))


def compared(
    matter: Matter,
    found: list[Rule],
    day: str = NEWEST,
    comparison: Comparison = CITY,
    searched: tuple[str, ...] = (),
) -> list[Gap]:
    """The gaps of one matter in one comparison on one day."""
    searches = {matter.matter_id: [Search(_code(name), "") for name in searched]}
    return all_gaps(basis([matter], found, searches=searches), comparison, day)


def basis(matters: list[Matter], found: list[Rule], **fields: Any) -> Basis:
    """What gaps are computed from: some matters that all have the same rules, unless told otherwise."""
    rules = {matter.matter_id: found for matter in matters}
    known = [absence.source for matter in matters for absence in matter.absences]
    plain: dict[str, Any] = {
        "regions": REGIONS, "topics": {}, "matters": matters, "rules": rules, "searches": {},
        "sources": dict.fromkeys(known, AbsenceSource("official", "high", "某清单")), "neighbours": Neighbours({}, {}), "apart": 0,
    }  # fmt: skip
    return Basis(**plain | fields)


def all_gaps(base: Basis, comparison: Comparison = CITY, day: str = NEWEST) -> list[Gap]:
    """The gaps of one comparison on one day."""
    return [gaps.gap(base, case) for case in gaps.cases(base, comparison, moment(day), NEWEST)]


def rule(region_id: str, value: float | None, fact: str = "f-1", **fields: Any) -> Rule:
    """A rule in force since 2010, unless told otherwise."""
    plain: dict[str, Any] = {
        "rule_id": f"shi__{fact}", "matter_id": "shi", "tier": None, "clause_id": f"d__{fact}",
        "start": 0, "end": 1, "quote": "甲", "value_min": value, "value_max": value,
        "unit": "万元" if value is not None else None, "bound": "exact" if value is not None else None,
        "answer": None, "in_force_from": "2010", "in_force_to": None, "ended": None, "replaces": None,
        "source_grade": "official", "confidence": "high", "fact_id": fact, "derived": None, "note": None,
        "regions": [], "within": None,
    }  # fmt: skip
    return Rule(**plain | {"region_id": region_id, "value": value} | fields)


def matter(**fields: Any) -> Matter:
    """A matter of money that more of is better, unless told otherwise."""
    plain: dict[str, Any] = {
        "matter_id": "shi", "origin": "coded", "topic_id": TOPIC, "name": "某项补贴",
        "name_en": "Some subsidy", "question": "最多可得多少？", "kind": "quantity", "unit": "万元", "per": None, "better": "more",
        "affects": "企业", "decided_by": ["市"], "reach": 3, "boilerplate": 0, "lead": None,
        "compare": "like", "inside": "mention", "favours": {}, "searched": None, "departments": {},
        "absences": [], "aliases": [],
    }  # fmt: skip
    return Matter(**plain | fields)


def gap(**fields: Any) -> Gap:
    """A gap in which the baseline has twice as much, unless told otherwise."""
    plain: dict[str, Any] = {
        "gap_id": "dh-nh__shi", "comparison_id": "dh-nh", "matter_id": "shi", "topic_id": TOPIC,
        "as_of": NEWEST, "outcome": "differs", "kind": "amount", "favours": "baseline", "ratio": 2.0,
        "importance": 0.1, "factors": [], "confidence": 1.0, "headline": "某项补贴：甲。",
        "summary": "某项补贴：甲。", "caveats": [], "decided_by": "市", "grade": None, "department_a": None, "department_b": None, "rules": [],
        "points": [],
    }  # fmt: skip
    return Gap(**plain | fields)
