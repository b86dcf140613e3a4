"""The database: fields are columns, and rows are those of the files."""

import re
import sqlite3
from pathlib import Path

import pytest

from pipeline.core import fact_files, gap_records, jsonl, records

SCHEMA = Path("pipeline/database/schema.sql").read_text(encoding="utf-8")
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
