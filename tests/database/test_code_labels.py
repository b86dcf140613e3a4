"""Every code of kb.db has a label, and every label's code exists."""

import json
import re
import sqlite3
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from pipeline.core import fact_files, labels
from pipeline.core.paths import DATA
from pipeline.gaps import claims
from pipeline.reading import sources
from pipeline.validity import force

SCHEMA = Path("pipeline/database/schema.sql").read_text(encoding="utf-8")
ENGLISH = Path("pipeline/site/english/english.toml")


def check_lists() -> dict[str, set[str]]:
    """table.column → the codes that the schema allows in it."""
    codes = {}
    for table, body in re.findall(r"(?ms)^create table (\w+) \((.*?)^\) strict", SCHEMA):
        column = r"(?m)^    (\w+) +(?:text|integer|real)\b[^\n]*check \(\1 in \(([^)]*)\)"
        for name, listed in re.findall(column, body):
            if quoted := re.findall(r"'([^']*)'", listed):
                codes[f"{table}.{name}"] = set(quoted)
    return codes


def pattern_ids(name: str) -> set[str]:
    lines = (DATA / f"patterns/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["id"] for line in lines}


def other_codes() -> dict[str, set[str]]:
    """table.column → its codes, where the schema has no list of them."""
    states = {
        "有效",
        force.OPEN,
        "未知",
        "尚未施行",
        "日期不明",
        *force.LAPSED,
        *force.ENDED.values(),
    }
    facts = fact_files.read((DATA,)).facts.values()
    return {
        "documents.level": set(sources.LEVELS),
        "document_warnings.kind": {"hole", "duplicate", "order"},
        "facts.source_kind": {fact["source_kind"] for fact in facts},
        "provisions.instrument": pattern_ids("instrument"),
        "provisions.modality": pattern_ids("modality"),
        **dict.fromkeys(("documents.status", "document_states.state"), states),
    }


def labelled() -> dict[str, set[str]]:
    """table.column → the codes that have a label."""
    codes = defaultdict(set)
    for label in labels.load().values():
        for column in label.used_in:
            codes[column].add(label.code)
    return dict(codes)


def test_the_schema_has_check_lists():
    assert len(check_lists()) > 25
    assert check_lists()["claims.verdict"] == set(claims.VERDICTS)


@pytest.mark.parametrize("column", sorted(check_lists().keys() | other_codes().keys()))
def test_every_code_of_a_column_has_a_label_and_no_other_has(column):
    assert labelled().get(column) == (check_lists() | other_codes())[column]


def test_no_label_is_for_a_column_without_codes():
    assert labelled().keys() <= check_lists().keys() | other_codes().keys()


def test_the_table_holds_the_file(kb):
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as db:
        rows = db.execute("select vocabulary, code, label, english, definition from labels")
        stored = {row[:2]: row[2:] for row in rows}
    assert stored == {
        key: (label.label, label.english, label.definition) for key, label in labels.load().items()
    }


def test_the_english_pages_call_a_code_as_its_label_does():
    content = tomllib.loads(ENGLISH.read_text(encoding="utf-8"))
    phrases = content["codes"] | content["vocabulary"]
    differing = {
        (label.label, label.english, phrases[label.label])
        for label in labels.load().values()
        if phrases.get(label.label, label.english) != label.english
    }
    assert not differing
