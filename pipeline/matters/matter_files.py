"""Matter files: the coded matters and rules of corpus/matters/<topic>.toml, and the facts that are no rules.

Rules of coding are in corpus/README.md. What can be told from the files alone is checked here; what
needs the facts, in `coding_checks`.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core import regions, schema, text_files, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Absence, Matter
from pipeline.core.records import Region
from pipeline.core.schema import Check, Keys, each, one_of, tables
from pipeline.language.dates import last_day
from pipeline.matters import english_names

KINDS = ("quantity", "yes_no", "words")
BETTER = ("more", "less", "none")
LEVELS = ("国家", "省", "市", "县")
BOUNDS = ("at_most", "at_least", "exact", "range")
ENDINGS = ("successor", "successor_unseen", "repealed", "expired", "suspended")
REASONS = ("closed_list", "read_whole", "said_so")
FAVOURS = ("baseline", "target", "neutral", "unclear")
CONTEXTS = ("target", "figure", "history", "duplicate", "not_comparable", "too_weak")
NEWEST = "newest"  # in `favours`: the newest day, whatever its date
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class CodedRule:
    """A [[matter.rule]] as it is written; `where` names it in errors."""

    where: str
    fact: str
    region: str
    tier: str | None
    value: float | None
    low: float | None
    bound: str | None
    first: str | None
    last: str | None
    ended: str | None
    also: list[str]
    within: list[str] | None
    answer: str | None
    derived: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CodedMatter:
    """A [[matter]] with its rules in file order; `where` names it in errors."""

    where: str
    matter: Matter
    rules: list[CodedRule]


def load(
    folder: Path, regions_by_id: dict[str, Region], topics: Collection[str]
) -> list[CodedMatter]:
    """Read all matters, file by file in order of their names.

    Args:
        folder: of the files.
        regions_by_id: all regions.
        topics: ids of all topics; a file has the name of its topic.

    Raises:
        CorpusError: an entry of the wrong form, an unknown region or topic, an id that is used twice.
    """
    keys = _matter_keys(regions.code(regions_by_id))
    optional = {"unit", "per", "departments", "searched", "lead", "compare", "favours", "inside"}
    required = keys.keys() - optional - {"absent", "aliases"}
    coded: list[CodedMatter] = []
    wheres: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in topics:
            raise CorpusError(
                str(path), f"没有主题 {path.stem!r}", "文件以 corpus/topics.toml 中的主题编号命名"
            )
        for row in toml_files.entries(path, "matter", keys, required):
            where = f"{path} [{row['id']}]"
            if row["topic"] != path.stem:
                raise CorpusError(
                    where, f"topic = {row['topic']!r}", f"写 {path.stem}，或移到该主题的文件"
                )
            for name in (row["id"], *row.get("aliases", [])):
                if name in wheres:
                    raise CorpusError(where, f"编号 {name} 与 {wheres[name]} 重复", "改用别的编号")
                wheres[name] = where
            coded.append(_coded(where, row))
    return coded


def contexts(path: Path) -> dict[str, str]:
    """Read corpus/matters/context.jsonl: fact id → why the fact is no rule.

    Raises:
        CorpusError: a line of the wrong form, or a fact that is listed twice.
    """
    keys: Keys = {"fact": str, "why": one_of(CONTEXTS), "note": object, "better": object}
    reasons: dict[str, str] = {}
    for where, row in text_files.json_lines(path):
        schema.exact(where, row, keys)
        if row["fact"] in reasons:
            raise CorpusError(where, f"事实 {row['fact']} 写了两次", "只留一行")
        reasons[row["fact"]] = row["why"]
    return reasons


def _rule_keys(code: Check) -> Keys:
    return {
        "fact": str,
        "region": code,
        "tier": str,
        "value": float,
        "low": float,
        "bound": one_of(BOUNDS),
        "from": _date,
        "to": _date,
        "ended": one_of(ENDINGS),
        "also": each(code),
        "within": each(code),
        "answer": str,
        "derived": str,
        "note": str,
    }


def _absent_keys(code: Check) -> Keys:
    days: Keys = {"from": _date, "to": _date}
    return {"region": code, **days, "why": one_of(REASONS), "fact": str}


def _matter_keys(code: Check) -> Keys:
    return {
        "id": _identifier,
        "aliases": each(_identifier),
        "topic": str,
        "name": str,
        "name_en": english_names.text,
        "question": str,
        "kind": one_of(KINDS),
        "unit": _words,
        "per": _words,
        "better": one_of(BETTER),
        "affects": str,
        "decided_by": each(one_of(LEVELS)),
        "reach": _reach,
        "departments": dict,
        "searched": str,
        "lead": str,
        "compare": one_of(("like", "upper_end", "told", "same")),
        "favours": dict,
        "inside": one_of(("compare", "mention")),
        "rule": tables(_rule_keys(code), {"fact", "region"}, "fact"),
        "absent": tables(_absent_keys(code), {"region", "why", "fact"}, "region"),
    }


def _identifier(where: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise CorpusError(where, f"{key} = {value!r}", "只用小写字母、数字和连字符")
    return value


def _words(where: str, key: str, value: Any) -> str:
    """The kind of a text that may be empty: a bare number has no unit, a single payment no per."""
    if not isinstance(value, str):
        raise CorpusError(where, f"{key} = {value!r} 类型不对", "应为文字")
    return value


def _reach(where: str, key: str, value: Any) -> int:
    if value not in (1, 2, 3, 4, 5):
        raise CorpusError(
            where, f"{key} = {value!r}", "写 1 至 5：几十、几百、几千、几万、几乎所有"
        )
    return int(value)


def _date(where: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise CorpusError(
            where, f"{key} = {value!r} 不是日期", '写 "2019-01-31"、"2019-01" 或 "2019"'
        )
    return value


def _coded(where: str, row: dict[str, Any]) -> CodedMatter:
    matter = Matter(
        matter_id=row["id"],
        origin="coded",
        topic_id=row["topic"],
        name=row["name"],
        name_en=row["name_en"],
        question=row["question"],
        kind=row["kind"],
        unit=row.get("unit") or None,
        per=row.get("per") or None,
        better=row["better"],
        affects=row["affects"],
        decided_by=row["decided_by"],
        reach=row["reach"],
        boilerplate=0,
        lead=row.get("lead"),
        compare=row.get("compare", "like"),
        inside=row.get("inside", "mention"),
        favours=_favours(where, row.get("favours", {})),
        searched=row.get("searched"),
        departments=row.get("departments", {}),
        absences=[_absence(each) for each in row.get("absent", [])],
        aliases=row.get("aliases", []),
    )
    rules = list(_rules(where, matter, row["rule"]))
    if matter.lead and matter.lead not in {rule.tier for rule in rules}:
        raise CorpusError(where, f"lead = {matter.lead!r} 不是其中的档", "照抄某条 rule 的 tier")
    return CodedMatter(where, matter, rules)


def _favours(where: str, table: dict[str, Any]) -> dict[str, str]:
    for day, direction in table.items():
        if direction not in FAVOURS or (day != NEWEST and not _DATE.fullmatch(day)):
            raise CorpusError(
                where,
                f"favours 有 {day} = {direction!r}",
                f'写成 {{ "2018-12-31" = "baseline", newest = "neutral" }}，方向只能是 {"、".join(FAVOURS)}',
            )
    return table


def _absence(row: dict[str, Any]) -> Absence:
    return Absence(row["region"], row.get("from"), row.get("to"), row["why"], row["fact"])


def _rules(where: str, matter: Matter, rows: list[dict[str, Any]]) -> Iterator[CodedRule]:
    for row in rows:
        rule = CodedRule(
            where=f"{where} [[matter.rule]] {row['fact']}",
            fact=row["fact"],
            region=row["region"],
            tier=row.get("tier"),
            value=row.get("value"),
            low=row.get("low"),
            bound=row.get("bound"),
            first=row.get("from"),
            last=row.get("to"),
            ended=row.get("ended"),
            also=row.get("also", []),
            within=row.get("within"),
            answer=row.get("answer"),
            derived=row.get("derived"),
            note=row.get("note"),
        )
        _check_rule(matter, rule)
        yield rule


def _check_rule(matter: Matter, rule: CodedRule) -> None:
    """What a rule needs by the kind of its matter, and whether its parts agree."""
    if matter.kind == "quantity" and rule.value is None:
        raise CorpusError(
            rule.where, "没有 value", "写数值；不是数量的事项 kind 写 yes_no 或 words"
        )
    if matter.kind != "quantity" and not rule.answer:
        raise CorpusError(rule.where, "没有 answer", "写“有”“没有”或几个字的回答")
    if rule.low is not None and (rule.value is None or rule.low > rule.value):
        raise CorpusError(rule.where, f"low = {rule.low} 高于 value = {rule.value}", "low 是下限")
    if rule.first and rule.last and rule.first > last_day(rule.last):
        raise CorpusError(rule.where, f"from = {rule.first} 晚于 to = {rule.last}", "核对起止日期")
    if rule.region in rule.also:
        raise CorpusError(rule.where, f"also 又写了 {rule.region}", "also 只写别的地区")
