"""Database: kb.db from all files of rows; the only writer of it.

Reads   build/*.jsonl, corpus/*.toml, schema.sql, views.sql, checks.sql
Writes  kb.db, built beside and renamed when every check has passed
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline import (
    claims,
    classes,
    comparisons,
    factfiles,
    facts,
    matcher,
    numbering,
    regions,
    rows,
    taxonomy,
)
from pipeline.errors import CorpusError
from pipeline.matcher import Logistic
from pipeline.records import (
    Alignment,
    Claim,
    Clause,
    ClauseTopic,
    Condition,
    Document,
    DocumentPair,
    Fact,
    Gap,
    Measure,
    Provision,
    Revision,
    Source,
)  # fmt: skip
from pipeline.site.zhfts import create_index
from pipeline.taxonomy import Topic
from pipeline.workspace import DATA, Workspace

_HERE = Path(__file__).parent
_DATA = (".toml", ".txt", ".jsonl", ".json", ".tsv", ".npy")
Rows = Iterable[dict[str, Any]]


def run(work: Workspace) -> None:
    """Build kb.db; a failed build leaves the old one as it was.

    Raises:
        CorpusError: a law of checks.sql is broken.
    """
    part = work.kb.with_name(work.kb.name + ".part")
    part.unlink(missing_ok=True)
    work.kb.parent.mkdir(parents=True, exist_ok=True)
    db = Database(part)
    try:
        fill(db, work)
        check(db)
    finally:
        db.close()
    part.replace(work.kb)
    print(f"{work.kb}：构建完成")


def fill(db: Database, work: Workspace) -> None:
    """Create all tables, fill them, then index and count."""
    db.executescript((_HERE / "schema.sql").read_text(encoding="utf-8"))
    with db.atomic():
        for table, records in _tables(work):
            db.table(table).insert_all(records)
    with db.conn:  # raw statements: committed here, or a later one would lose them
        create_index(db.conn)
    db.executescript((_HERE / "views.sql").read_text(encoding="utf-8"))
    with db.atomic():
        db.table("builds").insert(_build(db, work))


def _tables(work: Workspace) -> Iterator[tuple[str, Rows]]:
    """Every table's rows, those referred to before those that refer."""
    known = regions.load(DATA / "regions.toml")
    topics = taxonomy.load(DATA / "topics.toml", set(known))
    documents = rows.read(work.rows("documents"), Document)
    clauses = rows.read(work.rows("clauses"), Clause)
    gaps = rows.read(work.rows("gaps"), Gap)
    files = factfiles.read(work.corpus)
    yield "regions", map(rows.as_dict, known.values())
    yield "topics", _topics(topics)
    yield "topic_departments", _departments(topics)
    newest = max((d.issued_date or "" for d in documents), default="")
    yield "documents", [_document(d, newest) for d in documents]
    yield "document_warnings", _warnings(clauses)
    yield "clauses", map(rows.as_dict, clauses)
    yield "facts", map(rows.as_dict, rows.read(work.rows("facts"), Fact))
    yield "searches", _searches(files, set(known), set(topics))
    yield (
        "excluded_facts",
        [{"fact_id": k, "reason": r["reason"]} for k, r in files.excluded.items()],
    )
    yield "clause_topics", map(rows.as_dict, rows.read(work.rows("topics"), ClauseTopic))
    yield "provisions", map(rows.as_dict, rows.read(work.rows("provisions"), Provision))
    yield "measures", map(rows.as_dict, rows.read(work.rows("measures"), Measure))
    yield "conditions", map(rows.as_dict, rows.read(work.rows("conditions"), Condition))
    yield "comparisons", map(rows.as_dict, comparisons.load(DATA / "comparisons.toml", set(known)))
    pairs = rows.read(work.rows("document_pairs"), DocumentPair)
    yield "document_pairs", map(rows.as_dict, pairs)
    yield "revisions", map(rows.as_dict, rows.read(work.rows("revisions"), Revision))
    yield from model_rows()
    yield "alignments", map(rows.as_dict, rows.read(work.rows("alignments"), Alignment))
    yield "gaps", [_without(rows.as_dict(gap), "evidence", "nearest") for gap in gaps]
    yield "gap_evidence", _evidence(gaps)
    yield "gap_nearest", _nearest(gaps)
    found = rows.read(work.rows("claims"), Claim)
    yield "claims", [_without(rows.as_dict(claim), "evidence") for claim in found]
    yield "claim_evidence", _claim_evidence(found)
    yield "indicators", map(rows.as_dict, claims.indicators(work, set(known)))


def model_rows() -> Iterator[tuple[str, Rows]]:
    """What the alignment model weighs, and how well its confidence holds."""
    model = matcher.load(DATA / "gold/model.json")
    names = matcher.titles(classes.load(DATA / "patterns/classes.toml"))
    readings: dict[str, Logistic] = {name: getattr(model, name) for name in matcher.READINGS}
    yield (
        "model_features",
        [
            {"reading": reading, "ordinal": i, "feature": feature, "name": names[feature],
             "coefficient": weight, "mean": mean, "scale": scale}
            for reading, each in readings.items()
            for i, (feature, weight, mean, scale) in enumerate(
                zip(each.names, each.weight, each.mean, each.scale, strict=True)
            )
        ],
    )  # fmt: skip
    yield (
        "model_reliability",
        [
            {"bin": i, "confidence": mean, "share_right": share, "pairs": count}
            for i, (mean, share, count) in enumerate(model.reliability)
        ],
    )


def _without(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def _document(document: Document, newest: str) -> dict[str, Any]:
    return _without(rows.as_dict(document), "head", "marks") | {"status": status(document, newest)}


def status(document: Document, newest: str) -> str:
    """Whether a document is in force at the newest date in the corpus, as far as its own dates say.

    No stated end is no proof of force: it stays 未知. Nothing is filled in.
    """
    if document.expires_date and document.expires_date < newest[: len(document.expires_date)]:
        return "已过有效期"
    if document.effective_date and document.effective_date > newest[: len(document.effective_date)]:
        return "尚未施行"
    return "有效" if document.expires_date else "未知"


def _warnings(clauses: list[Clause]) -> Iterator[dict[str, Any]]:
    for document_id, group in groupby(clauses, key=lambda clause: clause.document_id):
        for kind, message in numbering.warnings(list(group)):
            yield {"document_id": document_id, "kind": kind, "message": message}


def _topics(topics: dict[str, Topic]) -> Iterator[dict[str, Any]]:
    for topic in topics.values():
        row = _without(rows.as_dict(topic), "exclude", "departments")
        yield row | {"keywords": list(topic.keywords)}


def _departments(topics: dict[str, Topic]) -> Iterator[dict[str, Any]]:
    for topic in topics.values():
        for region, names in topic.departments.items():
            for name in names:
                yield {"topic_id": topic.topic_id, "region_id": region, "department": name}


def _searches(
    files: factfiles.FactFiles, known: set[str], topics: set[str]
) -> Iterator[dict[str, Any]]:
    for search_id, row in files.searches.items():
        if row["region"] not in known or row["topic"] not in topics:
            found = f"未知地区 {row['region']!r} 或主题 {row['topic']!r}"
            raise CorpusError(
                f"facts/searches-*.jsonl [{search_id}]",
                found,
                "写 regions.toml、topics.toml 中有的",
            )
        yield {"search_id": search_id, "region_id": row["region"], "topic_id": row["topic"]} | {
            key: row[key]
            for key in ("subject", "searched", "finding", "as_of", "source", "confidence")
        }


def _evidence(gaps: list[Gap]) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for side, clause_id, start, end, quote in gap.evidence:
            yield {"gap_id": gap.gap_id, "side": side, "clause_id": clause_id,
                   "start": start, "end": end, "quote": quote}  # fmt: skip


def _nearest(gaps: list[Gap]) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for rank, (clause_id, similarity, confidence) in enumerate(gap.nearest, 1):
            yield {
                "gap_id": gap.gap_id,
                "rank": rank,
                "clause_id": clause_id,
                "similarity": similarity,
                "confidence": confidence,
            }


def _claim_evidence(found: list[Claim]) -> Iterator[dict[str, Any]]:
    for claim in found:
        for ordinal, evidence in enumerate(claim.evidence, 1):
            yield {"claim_id": claim.claim_id, "as_of": claim.as_of, "ordinal": ordinal} | evidence


def _build(db: Database, work: Workspace) -> dict[str, Any]:
    sources = rows.read(work.rows("sources"), Source)
    built_from = {f"{source.document_id}:{source.file}": source.sha256 for source in sources}
    data = [path for path in sorted(DATA.rglob("*")) if path.suffix in _DATA]
    for path in dict.fromkeys([*data, *facts.inputs(work.corpus)]):
        built_from[path.name if path.is_absolute() else path.as_posix()] = rows.digest(path)
    built_from["pipeline"] = rows.code()
    counts = {table: db.table(table).count for table in db.table_names() if "_fts" not in table}
    figures = json.loads((DATA / "gold/figures.json").read_text(encoding="utf-8"))["figures"]
    build_id = hashlib.sha256(json.dumps(built_from, sort_keys=True).encode()).hexdigest()[:16]
    return {"build_id": build_id, "built_from": built_from, "counts": counts, "evaluation": figures}


def check(db: Database) -> None:
    """Hold the database against checks.sql and its foreign keys.

    Raises:
        CorpusError: naming the first law that is broken and the first row that breaks it.
    """
    for law, query in laws((_HERE / "checks.sql").read_text(encoding="utf-8")):
        if broken := list(db.query(query)):
            first = next(iter(broken[0].values()))
            raise CorpusError(
                "pipeline/checks.sql",
                f"{law}：{len(broken)} 行，首行 {first!r}",
                "查该行所由来的阶段",
            )
    if broken := list(db.query("pragma foreign_key_check")):
        raise CorpusError("kb.db", f"外键断裂：{broken[0]}", "查该行所由来的阶段")


def laws(sql: str) -> list[tuple[str, str]]:
    r"""The queries of checks.sql, each with the comment that says what a breach means.

    >>> laws("-- head\n\n-- a is b\nselect 1;\n")
    [('a is b', 'select 1')]
    """
    found = []
    for block in sql.split(";\n"):
        comment = [line[3:] for line in block.splitlines() if line.startswith("-- ")]
        query = "\n".join(line for line in block.splitlines() if not line.startswith("--")).strip()
        if query:
            found.append((comment[-1], query))
    return found
