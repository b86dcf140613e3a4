"""Claims: statements of the paper on policy, each with its verdict at two dates.

Reads   corpus/claims.toml, build/facts.jsonl, build/clauses.jsonl, build/gaps.jsonl,
        <corpus folder>/facts/*.jsonl
Writes  build/claims.jsonl

A claim rests on facts, search records, and the gaps of the matters that it names, which its verdict may not
contradict. The claims are checked against the bundled digests: a build without those has no claims.
"""

import re
from pathlib import Path
from typing import Any

from pipeline.core import fact_files, jsonl, regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Claim, Gap
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Fact, document_of
from pipeline.core.schema import Keys, each, one_of
from pipeline.extraction import taxonomy
from pipeline.gaps import claim_gaps, directions, paper

KINDS = ("差异", "诉求", "指标")
VERDICTS = ("confirmed", "outdated", "contradicted", "not_provable")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEYS: Keys = {
    **dict.fromkeys(("id", "section", "kind", "topic", "statement"), str),
    "matters": each(str),
    "favours": one_of((directions.BASELINE, directions.TARGET)),
    "verdict": list,
}
Evidence = dict[str, Any]  # a row of claim_evidence, without the keys of its claim
GapsByDay = dict[tuple[str, str], Gap]  # by matter id and date


def run(work: Workspace) -> None:
    """Check all claims and resolve their evidence."""
    claims: list[Claim] = []
    if paper.is_answered(work):
        region_ids = set(regions.load(DATA / "regions.toml"))
        topics = set(taxonomy.load(DATA / "topics.toml", region_ids))
        gaps = {
            (gap.matter_id, gap.as_of): gap
            for gap in jsonl.read(work.rows("gaps"), Gap)
            if gap.comparison_id == paper.COMPARISON
        }
        claims = load(DATA / "claims.toml", topics, references(work), gaps)
    jsonl.write(work.rows("claims"), claims)
    print(f"claims: {len(claims)} 个判定")


def references(work: Workspace) -> dict[str, Evidence]:
    """All that may be given as evidence, by name: fact:… and search:…."""
    files = fact_files.read(work.corpus)
    facts = jsonl.read(work.rows("facts"), Fact)
    of_facts = jsonl.of_documents({document_of(fact.clause_id) for fact in facts})
    texts = {c.clause_id: c.text for c in jsonl.each(work.rows("clauses"), Clause, of_facts)}
    by_name = {
        f"fact:{fact.fact_id}": quoted(
            fact.clause_id, texts[fact.clause_id], files.facts[fact.fact_id]["statement"]
        )
        for fact in facts
    }
    for search_id, search in files.searches.items():
        by_name[f"search:{search_id}"] = evidence(search["finding"], search_id=search_id)
    return by_name


def evidence(quote: str, **columns: Any) -> Evidence:
    """One row of claim_evidence; columns that are not given are null."""
    empty = dict.fromkeys(("clause_id", "gap_id", "search_id", "start", "end"))
    return empty | columns | {"quote": quote}


def quoted(clause_id: str, text: str, statement: str) -> Evidence:
    """The evidence of a fact: its statement where it stands in its clause.

    >>> quoted("c", "1. 上限：最高3000万元。", "最高3000万元。")["start"]
    6

    Raises:
        CorpusError: the digest does not hold the fact's statement.
    """
    start = text.find(statement)
    if start < 0:
        raise CorpusError(
            f"[{clause_id}]", "摘编的文字与事实的 statement 不同", "运行 make digests 重写摘编"
        )
    return evidence(statement, clause_id=clause_id, start=start, end=start + len(statement))


def load(
    path: Path, topics: set[str], references: dict[str, Evidence], gaps: GapsByDay
) -> list[Claim]:
    """Read the claims in file order, each at every date.

    Args:
        path: claims.toml.
        topics: ids of all topics.
        references: what may be given as evidence, by name; see the function of that name.
        gaps: of the comparison that the paper makes.

    Raises:
        CorpusError: an entry of the wrong form, evidence or matters that do not exist, dates that are
            not those of the first claim, a verdict that its gaps contradict.
    """
    claims: list[Claim] = []
    first: list[str] = []
    for row in toml_files.entries(
        path, "claim", _KEYS, set(_KEYS) - {"topic", "matters", "favours"}
    ):
        where = f"{path} [{row['id']}]"
        _check(where, row, topics, gaps)
        dated = [_claim(where, row, verdict, references, gaps) for verdict in row["verdict"]]
        dates = [claim.as_of for claim in dated]
        first = first or dates
        if dates != first or len(set(first)) < 2:
            fix = f"依次写两个日期，各条相同：首条为 {'、'.join(first)}"
            raise CorpusError(where, f"as_of 为 {'、'.join(dates) or '空'}", fix)
        claims += dated
    return claims


def _check(where: str, row: dict[str, Any], topics: set[str], gaps: GapsByDay) -> None:
    if not _ID.fullmatch(row["id"]):
        raise CorpusError(where, f"id = {row['id']!r}", "只用小写字母、数字和连字符")
    if not paper.SECTION.fullmatch(row["section"]):
        fix = "写论文的节，如 二(四)，用半角括号"
        raise CorpusError(where, f"section = {row['section']!r}", fix)
    if row["kind"] not in KINDS:
        raise CorpusError(where, f"kind = {row['kind']!r}", f"只能是 {'、'.join(KINDS)}")
    if row.get("topic") not in topics | {None}:
        fix = "写 corpus/topics.toml 中有的，或不写"
        raise CorpusError(where, f"未知主题 {row['topic']!r}", fix)
    known = {matter_id for matter_id, _ in gaps}
    for matter_id in row.get("matters", []):
        if matter_id not in known:
            fix = "写 corpus/matters/ 中有的事项编号"
            raise CorpusError(where, f"没有事项 {matter_id!r}", fix)


def _claim(
    where: str,
    row: dict[str, Any],
    verdict: Any,
    references: dict[str, Evidence],
    gaps: GapsByDay,
) -> Claim:
    """A claim at one date, resting on what is named and on the gaps of its matters.

    Args:
        where: file and id, for errors.
        row: a [[claim]].
        verdict: one of its [[claim.verdict]], unchecked.
        references: what may be given as evidence, by name.
        gaps: of the comparison that the paper makes.
    """
    as_of, code, note = _verdict(where, verdict)
    where = f"{where} {as_of}"
    names = _names(where, verdict.get("evidence", []), references)
    resting = _resting(where, row, as_of, code, gaps)
    if not (names or resting) and code != "not_provable":
        raise CorpusError(where, f"{code} 没有依据", "写 evidence，或改为 not_provable")
    return Claim(
        claim_id=row["id"],
        section=row["section"],
        kind=row["kind"],
        topic_id=row.get("topic"),
        statement=row["statement"],
        as_of=as_of,
        verdict=code,
        note=note,
        favours=row.get("favours"),
        evidence=[
            *(references[name] for name in names),
            *(evidence(gap.headline, gap_id=gap.gap_id) for gap in resting),
        ],
    )


def _resting(where: str, row: dict[str, Any], as_of: str, code: str, gaps: GapsByDay) -> list[Gap]:
    """The gaps of a claim's matters on a day, which its verdict may not contradict."""
    keys = [(matter_id, as_of) for matter_id in row.get("matters", [])]
    resting = [gaps[key] for key in keys if key in gaps]
    if gap := claim_gaps.contradiction(code, row.get("favours"), resting):
        found = f"verdict = {code!r} 与差异 {gap.gap_id}（{gap.headline}）不合"
        raise CorpusError(where, found, "改判，或改 matters、favours")
    return resting


def _verdict(where: str, verdict: Any) -> tuple[str, str, str]:
    """The date, the code and the note of a [[claim.verdict]], checked."""
    required = {"as_of", "verdict", "note"}
    if not isinstance(verdict, dict) or not required <= verdict.keys() <= required | {"evidence"}:
        fix = "写 as_of、verdict、note 和 evidence"
        raise CorpusError(where, "[[claim.verdict]] 缺键或多键", fix)
    as_of = toml_files.date(where, "as_of", verdict["as_of"]) or ""
    where = f"{where} {as_of}"
    code, note = verdict["verdict"], verdict["note"]
    if code not in VERDICTS:
        raise CorpusError(where, f"verdict = {code!r}", f"只能是 {'、'.join(VERDICTS)}")
    if not isinstance(note, str) or not note.strip():
        raise CorpusError(where, "note 是空的", "写明判定的理由和口径")
    return as_of, code, note


def _names(where: str, names: Any, references: dict[str, Evidence]) -> list[str]:
    """The names of a verdict's evidence, checked."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CorpusError(where, f"evidence = {names!r}", '写成 ["fact:st-004", "search:st-033"]')
    for count, name in enumerate(names):
        if name not in references:
            fix = "写库中有的 fact:… 或 search:…；excluded-*.jsonl 中的不作依据"
            raise CorpusError(where, f"依据 {name} 不存在", fix)
        if name in names[:count]:
            raise CorpusError(where, f"依据 {name} 重复", "只写一次")
    return names
