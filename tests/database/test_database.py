"""The database: fields are columns, checks pass, and a check that fails stops the build."""

import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.core import fact_files, gap_records, jsonl, records
from pipeline.core.errors import CorpusError
from pipeline.database import checks

SCHEMA = Path("pipeline/database/schema.sql").read_text(encoding="utf-8")
CHECKS = Path("pipeline/database/checks.sql")
TABLES = {
    "regions": records.Region, "clauses": records.Clause,
    "clause_topics": records.ClauseTopic, "provisions": records.Provision, "measures": records.Measure,
    "conditions": records.Condition,
    "comparisons": gap_records.Comparison, "moments": gap_records.Moment, "gap_changes": gap_records.GapChange,
    "validity_events": records.ValidityEvent, "alignments": records.Alignment, "document_pairs": records.DocumentPair,
    "revisions": records.Revision, "citations": records.Citation,
}  # fmt: skip


def columns(table: str) -> list[str]:
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    return [row[1] for row in db.execute(f"pragma table_info({table})")]


@pytest.mark.parametrize("table, record", TABLES.items())
def test_fields_are_columns_in_the_same_order(table, record):
    assert jsonl.columns(record) == columns(table)


@pytest.mark.parametrize("table, record, apart", [("documents", records.Document, {"head", "marks"}),
                                                  ("gaps", gap_records.Gap, {"rules", "points", "nearest"}),
                                                  ("gap_points", gap_records.Point, {"quotes"}),
                                                  ("matters", gap_records.Matter, {"departments", "absences", "aliases"}),
                                                  ("rules", gap_records.Rule, {"regions"})])  # fmt: skip
def test_what_is_no_column_is_known(table, record, apart):
    assert set(jsonl.columns(record)) - set(columns(table)) == apart


def test_every_column_of_the_schema_is_strict_and_typed():
    assert SCHEMA.count("create table") == len(
        re.findall(r"\) strict(?:, without rowid)?;", SCHEMA)
    )


def test_search_records_are_rows_of_their_table(kb):
    records = fact_files.read((Path("corpus"),)).searches
    with sqlite3.connect(kb) as connection:
        connection.row_factory = sqlite3.Row
        rows = {row["search_id"]: dict(row) for row in connection.execute("select * from searches")}
    names = {"id": "search_id", "region": "region_id", "topic": "topic_id"}
    assert rows and rows == {
        search_id: {names.get(key, key): value for key, value in record.items() if key != "matters"}
        for search_id, record in records.items()
    }


@pytest.fixture
def copied(kb, tmp_path):
    """A copy of kb.db that a test may spoil."""
    (tmp_path / "kb.db").write_bytes(kb.read_bytes())
    db = Database(tmp_path / "kb.db")
    yield db
    db.close()


@pytest.mark.parametrize("breach, query", checks.parse(CHECKS.read_text(encoding="utf-8")))
def test_the_bundled_corpus_passes_every_check(db, breach, query):
    assert db.execute(query).fetchall() == [], breach


@pytest.mark.parametrize(
    "breach",
    [
        "update measures set quote = '改' || quote where rowid = (select min(rowid) from measures)",
        "update clauses set text = '改' || text where rowid = (select min(rowid) from clauses)",
        "update conditions set quote = '改' || quote where rowid = (select min(rowid) from conditions)",
        "update conditions set value_min = 0, value_max = 0 where measure_id is not null",
        "update citations set quote = '改' || quote where rowid = (select min(rowid) from citations)",
        "update citations set document_id = null, basis = null, target_clause_id = null where relation = '本文'",
        "delete from facts",
        "update clauses set document_id = 'nowhere' where rowid = 1",
        "update documents set text = text || '遗失'",
        "update rules set quote = '改' || quote where rowid = (select min(rowid) from rules)",
        "update rules set replaces = (select max(rule_id) from rules) where rowid = (select min(rowid) from rules)",
        "update gap_point_quotes set quote = '改' || quote where point_id = (select min(point_id) from gap_points)",
        "delete from gap_point_quotes where point_id = (select min(point_id) from gap_points)",
        "delete from gap_rules where gap_id = (select min(gap_id) from gaps)",
        "update gap_points set relation = 'same' where gap_id = (select min(gap_id) from gaps where outcome = 'differs')",
        "update gap_rules set in_force = 1 - in_force",
        "update gaps set outcome = 'missing', grade = 'said_so' where outcome = 'differs'",
        "update gaps set outcome = 'missing', grade = 'said_so' where outcome = 'uncollected'",
        "update gaps set outcome = 'differs' where outcome = 'lapsed'",
        "update gaps set outcome = 'differs' where outcome = 'national'",
        "update gaps set grade = null where outcome = 'missing'",
        "update gaps set grade = 'searched' where outcome = 'missing'",
        "update gaps set grade = null where outcome = 'uncollected'",
        "update gaps set ratio = ratio * 10 where ratio is not null",
        "update gap_points set ratio = ratio * 10 where ratio is not null",
        "update gap_points set ratio = 2 where basis = 'told'",
        "update gaps set favours = 'baseline' where outcome = 'uncollected'",
        "update claims set favours = 'target' where claim_id = 'shoutai-gap'",
        "update documents set text_kind = 'draft' where document_id = 'zj-2024-shoutai'",
    ],
)
def test_a_check_that_fails_stops_the_build(copied, breach):
    copied.execute(breach)
    with pytest.raises(CorpusError):
        checks.run(copied)
