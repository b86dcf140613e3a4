"""Claims: what the paper says of policy, and how each statement stood at two dates.

Reads   corpus/claims.toml, build/facts.jsonl, build/clauses.jsonl, build/gaps.jsonl,
        <corpus folder>/facts/*.jsonl; `indicators` also reads corpus/indicators.toml
Writes  build/claims.jsonl

The claims are answered from the bundled digests: a build without those has no claims.
"""

import re
from pathlib import Path
from typing import Any

from pipeline.core import fact_files, jsonl, regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Claim, Gap, Indicator
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Fact
from pipeline.extraction import taxonomy

KINDS = ("差异", "诉求", "指标")
VERDICTS = ("confirmed", "outdated", "contradicted", "not_provable")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SECTION = re.compile(r"[一二三]\([一二三四五]\)")
Evidence = dict[str, Any]


def run(work: Workspace) -> None:
    """Check all claims and resolve their evidence."""
    found: list[Claim] = []
    if bundled(work):
        known = set(regions.load(DATA / "regions.toml"))
        topics = set(taxonomy.load(DATA / "topics.toml", known))
        found = load(DATA / "claims.toml", topics, references(work))
    jsonl.write(work.rows("claims"), found)
    print(f"claims: {len(found)} 个判定")


def bundled(work: Workspace) -> bool:
    """Whether the digests that answer the paper are in this build."""
    return any(folder.resolve() == DATA.resolve() for folder in work.corpus)


def references(work: Workspace) -> dict[str, Evidence]:
    """What may be given as evidence: fact:…, search:… and gap:… with the words that it rests on."""
    files = fact_files.read(work.corpus)
    texts = {c.clause_id: c.text for c in jsonl.read(work.rows("clauses"), Clause)}
    found = {
        f"fact:{fact.fact_id}": quoted(
            fact.clause_id, texts[fact.clause_id], files.facts[fact.fact_id]["statement"]
        )
        for fact in jsonl.read(work.rows("facts"), Fact)
    }
    for search_id, search in files.searches.items():
        found[f"search:{search_id}"] = evidence(search["finding"], search_id=search_id)
    for gap in jsonl.read(work.rows("gaps"), Gap):
        found[f"gap:{gap.gap_id}"] = evidence(gap.summary, gap_id=gap.gap_id)
    return found


def evidence(quote: str, **row: Any) -> Evidence:
    """One row of claim_evidence, without its claim."""
    empty = dict.fromkeys(("clause_id", "gap_id", "search_id", "start", "end"))
    return empty | row | {"quote": quote}


def quoted(clause_id: str, text: str, statement: str) -> Evidence:
    """A fact's sentence where it stands in its clause.

    >>> quoted("c", "1. 上限：最高3000万元。", "最高3000万元。")["start"]
    6

    Raises:
        CorpusError: the digest no longer says what the fact says.
    """
    start = text.find(statement)
    if start < 0:
        raise CorpusError(
            f"[{clause_id}]", "摘编的文字与事实的 statement 不同", "运行 make digests 重写摘编"
        )
    return evidence(statement, clause_id=clause_id, start=start, end=start + len(statement))


def load(path: Path, topics: set[str], known: dict[str, Evidence]) -> list[Claim]:
    """Read the claims in file order, each at every date.

    Args:
        path: claims.toml.
        topics: ids of the topics there are.
        known: what may be given as evidence, from `references`.

    Raises:
        CorpusError: an entry of the wrong form, evidence that points nowhere, dates that are not
            those of the first claim.
    """
    keys: dict[str, type] = {"id": str, "section": str, "kind": str, "topic": str, "statement": str,
                             "verdict": list}  # fmt: skip
    found: list[Claim] = []
    dates: list[str] = []
    for row in toml_files.entries(path, "claim", keys, set(keys) - {"topic"}):
        where = f"{path} [{row['id']}]"
        _check(where, row, topics)
        claims = [_claim(where, row, verdict, known) for verdict in row["verdict"]]
        standing = [claim.as_of for claim in claims]
        dates = dates or standing
        if standing != dates or len(set(dates)) < 2:
            fix = f"依次写两个日期，各条相同：首条为 {'、'.join(dates)}"
            raise CorpusError(where, f"as_of 为 {'、'.join(standing) or '空'}", fix)
        found += claims
    return found


def _check(where: str, row: dict[str, Any], topics: set[str]) -> None:
    if not _ID.fullmatch(row["id"]):
        raise CorpusError(where, f"id = {row['id']!r}", "只用小写字母、数字和连字符")
    if not _SECTION.fullmatch(row["section"]):
        raise CorpusError(
            where, f"section = {row['section']!r}", "写论文的节，如 二(四)，用半角括号"
        )
    if row["kind"] not in KINDS:
        raise CorpusError(where, f"kind = {row['kind']!r}", f"只能是 {'、'.join(KINDS)}")
    if row.get("topic") not in topics | {None}:
        raise CorpusError(
            where, f"未知主题 {row['topic']!r}", "写 corpus/topics.toml 中有的，或不写"
        )


def _claim(where: str, row: dict[str, Any], verdict: Any, known: dict[str, Evidence]) -> Claim:
    needed = {"as_of", "verdict", "note"}
    if not isinstance(verdict, dict) or not needed <= verdict.keys() <= needed | {"evidence"}:
        raise CorpusError(
            where, "[[claim.verdict]] 缺键或多键", "写 as_of、verdict、note 和 evidence"
        )
    as_of = toml_files.date(where, "as_of", verdict["as_of"]) or ""
    where = f"{where} {as_of}"
    if verdict["verdict"] not in VERDICTS:
        raise CorpusError(
            where, f"verdict = {verdict['verdict']!r}", f"只能是 {'、'.join(VERDICTS)}"
        )
    if not isinstance(verdict["note"], str) or not verdict["note"].strip():
        raise CorpusError(where, "note 是空的", "写明判定的理由和口径")
    names = _names(where, verdict.get("evidence", []), known)
    if not names and verdict["verdict"] != "not_provable":
        raise CorpusError(
            where, f"{verdict['verdict']} 没有依据", "写 evidence，或改为 not_provable"
        )
    return Claim(
        row["id"], row["section"], row["kind"], row.get("topic"), row["statement"],
        as_of, verdict["verdict"], verdict["note"], [known[name] for name in names],
    )  # fmt: skip


def _names(where: str, names: Any, known: dict[str, Evidence]) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CorpusError(where, f"evidence = {names!r}", '写成 ["fact:st-004", "search:st-033"]')
    for count, name in enumerate(names):
        if name not in known:
            fix = "写库中有的 fact:…、search:… 或 gap:…；excluded-*.jsonl 中的不作依据"
            raise CorpusError(where, f"依据 {name} 不存在", fix)
        if name in names[:count]:
            raise CorpusError(where, f"依据 {name} 重复", "只写一次")
    return names


def indicators(work: Workspace, known: set[str]) -> list[Indicator]:
    """The paper's figures; none in a build without the bundled corpus."""
    if not bundled(work):
        return []
    return load_indicators(DATA / "indicators.toml", known, set(fact_files.read(work.corpus).facts))


def load_indicators(path: Path, known: set[str], facts: set[str]) -> list[Indicator]:
    """Read the figures in file order.

    Raises:
        CorpusError: an unknown region, a value that is no number, a source that is neither a
            section of the paper nor a fact.
    """
    keys = {"id": str, "name": str, "region": str, "date": object, "value": object, "unit": str,
            "source": str, "note": str}  # fmt: skip
    found = []
    for row in toml_files.entries(path, "indicator", keys, set(keys) - {"note"}):
        where = f"{path} [{row['id']}]"
        if row["region"] not in known:
            raise CorpusError(
                where, f"未知地区 {row['region']!r}", "写 corpus/regions.toml 中有的代码"
            )
        if isinstance(row["value"], bool) or not isinstance(row["value"], int | float):
            raise CorpusError(
                where, f"value = {row['value']!r} 不是数", "写不带引号的数，单位写在 unit"
            )
        if (
            not _SECTION.fullmatch(row["source"])
            and row["source"].removeprefix("fact:") not in facts
        ):
            raise CorpusError(
                where, f"source = {row['source']!r}", "写论文的节，如 二(二)，或 fact:编号"
            )
        found.append(
            Indicator(
                row["id"],
                row["name"],
                row["region"],
                toml_files.date(where, "date", row["date"]) or "",
                float(row["value"]),
                row["unit"],
                row["source"],
                row.get("note"),
            )  # fmt: skip
        )
    return found
