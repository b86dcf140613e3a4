"""Database: kb.db from all files of rows; the only writer of it.

Reads   build/*.jsonl, corpus/*.toml, schema.sql, views.sql, checks.sql
Writes  kb.db, built beside and renamed when every check has passed; build/changes.jsonl, what changed
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.alignment import match_model
from pipeline.alignment.match_model import LogisticModel
from pipeline.core import comparisons, dependencies, fact_files, jsonl, regions
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Claim, Gap, GapChange, Moment
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import (
    Alignment,
    Citation,
    Clause,
    ClauseTopic,
    Condition,
    Document,
    DocumentPair,
    Fact,
    Measure,
    Provision,
    Revision,
    Source,
    ValidityEvent,
)
from pipeline.database import build_diff, gap_tables
from pipeline.database.gap_tables import without
from pipeline.extraction import taxonomy
from pipeline.extraction.taxonomy import Topic
from pipeline.gaps import claims, fact_natures
from pipeline.similarity import provision_classes
from pipeline.site.search.fulltext import create_index
from pipeline.structure import numbering_checks, summary
from pipeline.validity import force

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
    old = build_diff.held(work.kb)
    part.replace(work.kb)
    print(f"{work.kb}：构建完成")
    build_diff.note(old, work.kb, work.rows("changes"))


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
    documents = jsonl.read(work.rows("documents"), Document)
    clauses = jsonl.read(work.rows("clauses"), Clause)
    facts_read = jsonl.read(work.rows("facts"), Fact)
    events = jsonl.read(work.rows("validity"), ValidityEvent)
    newest = force.newest(documents, facts_read)
    files = fact_files.read(work.corpus)
    yield "regions", map(jsonl.as_dict, known.values())
    yield "topics", _topics(topics)
    yield "topic_departments", _departments(topics)
    yield "documents", _documents(documents, clauses, events, newest)
    yield "document_warnings", _warnings(clauses)
    yield "clauses", map(jsonl.as_dict, clauses)
    yield "validity_events", map(jsonl.as_dict, events)
    yield "citations", map(jsonl.as_dict, jsonl.read(work.rows("citations"), Citation))
    yield "facts", _facts(facts_read)
    yield "searches", _searches(files, set(known), set(topics))
    yield (
        "excluded_facts",
        [{"fact_id": k, "reason": r["reason"]} for k, r in files.excluded.items()],
    )
    yield "clause_topics", map(jsonl.as_dict, jsonl.read(work.rows("topics"), ClauseTopic))
    yield "provisions", map(jsonl.as_dict, jsonl.read(work.rows("provisions"), Provision))
    yield "measures", map(jsonl.as_dict, jsonl.read(work.rows("measures"), Measure))
    yield "conditions", map(jsonl.as_dict, jsonl.read(work.rows("conditions"), Condition))
    compared, held = DATA / "comparisons.toml", {d.region_id for d in documents}
    yield "comparisons", map(jsonl.as_dict, comparisons.load(compared, known, held))
    yield from _moments(comparisons.moments(compared, newest), documents, events)
    pairs = jsonl.read(work.rows("document_pairs"), DocumentPair)
    yield "document_pairs", map(jsonl.as_dict, pairs)
    yield "revisions", map(jsonl.as_dict, jsonl.read(work.rows("revisions"), Revision))
    yield from model_rows()
    yield "alignments", map(jsonl.as_dict, jsonl.read(work.rows("alignments"), Alignment))
    changes = jsonl.read(work.rows("gap_changes"), GapChange)
    yield from gap_tables.tables(jsonl.read(work.rows("gaps"), Gap), changes)
    yield from gap_tables.claim_tables(jsonl.read(work.rows("claims"), Claim))
    yield "indicators", map(jsonl.as_dict, claims.indicators(work, set(known)))


def model_rows() -> Iterator[tuple[str, Rows]]:
    """What the alignment model weighs, and how well its confidence holds."""
    model = match_model.load()
    names = match_model.feature_titles(provision_classes.load(DATA / "patterns/classes.toml"))
    readings: dict[str, LogisticModel] = {
        name: getattr(model, name) for name in match_model.REGRESSIONS
    }
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


def _documents(
    documents: list[Document], clauses: list[Clause], events: list[ValidityEvent], newest: str
) -> Iterator[dict[str, Any]]:
    """Documents with their numbering scheme and their state on the newest day that the corpus knows."""
    forces = force.forces(documents, events, newest)
    groups = groupby(clauses, key=lambda clause: clause.document_id)
    schemes = {document_id: summary.scheme(group) for document_id, group in groups}
    for document in documents:
        row, own = without(jsonl.as_dict(document), "head", "marks"), forces[document.document_id]
        yield row | {
            "scheme": schemes[document.document_id],
            "status": own.state(newest),
            "in_force_from": own.start,
            "in_force_to": own.end,
        }


def _moments(
    moments: list[Moment], documents: list[Document], events: list[ValidityEvent]
) -> Iterator[tuple[str, Rows]]:
    """The dates that gaps are computed for, and every document's state on each; the last is the newest."""
    known = force.forces(documents, events, moments[-1].as_of)
    yield "moments", map(jsonl.as_dict, moments)
    yield (
        "document_states",
        [
            {"document_id": document_id, "as_of": moment.as_of, "state": each.state(moment.as_of)}
            for document_id, each in known.items()
            for moment in moments
        ],
    )


def _facts(facts: list[Fact]) -> Iterator[dict[str, Any]]:
    """Facts with their nature, by which a goal is told from a rule."""
    known = fact_natures.load(DATA / "natures.toml")
    for fact in facts:
        yield jsonl.as_dict(fact) | {"nature": known.get(fact.fact_id, fact_natures.PROVISION)}


def _warnings(clauses: list[Clause]) -> Iterator[dict[str, Any]]:
    for document_id, group in groupby(clauses, key=lambda clause: clause.document_id):
        for kind, message in numbering_checks.warnings(list(group)):
            yield {"document_id": document_id, "kind": kind, "message": message}


def _topics(topics: dict[str, Topic]) -> Iterator[dict[str, Any]]:
    for topic in topics.values():
        row = without(jsonl.as_dict(topic), "exclude", "departments")
        yield row | {"keywords": list(topic.keywords)}


def _departments(topics: dict[str, Topic]) -> Iterator[dict[str, Any]]:
    for topic in topics.values():
        for region, names in topic.departments.items():
            for name in names:
                yield {"topic_id": topic.topic_id, "region_id": region, "department": name}


def _searches(
    files: fact_files.FactFiles, known: set[str], topics: set[str]
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


def _build(db: Database, work: Workspace) -> dict[str, Any]:
    sources = jsonl.read(work.rows("sources"), Source)
    built_from = {f"{source.document_id}:{source.file}": source.sha256 for source in sources}
    used = dependencies.of_build(work.build)
    texts = {os.path.relpath(Path(source.folder) / source.file) for source in sources}
    for path in used:
        if Path(path).suffix in _DATA and path not in texts:
            built_from["/".join(Path(path).parts[-2:]) if path.startswith("..") else path] = (
                jsonl.digest(Path(path))
            )
    code = [Path(path) for path in used if Path(path).suffix not in _DATA]
    built_from["pipeline"] = jsonl.digest(*code)
    counts = {table: db.table(table).count for table in db.table_names() if "_fts" not in table}
    figures = json.loads((DATA / "models/figures.json").read_text(encoding="utf-8"))["figures"]
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
                "pipeline/database/checks.sql",
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
