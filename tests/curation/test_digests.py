"""Digests of the bundled corpus against the facts that they are written from."""

import json
import sqlite3
from pathlib import Path

import pytest
from conftest import SHARED

from pipeline.core import fact_files, toml_files
from pipeline.curation import digests

CORPUS = Path("corpus")
FACTS = fact_files.read((CORPUS,))
ENTRIES = {row["id"]: row for row in toml_files.load(CORPUS / "sources.toml")["document"]}


@pytest.fixture(scope="module")
def db(kb):
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as connection:
        yield connection


@pytest.mark.parametrize("document_id", ENTRIES)
def test_digests_are_rendered_from_their_facts(document_id):
    facts = [fact for fact in FACTS.facts.values() if fact["document"] == document_id]
    entry = ENTRIES[document_id]
    assert (CORPUS / entry["file"]).read_text(encoding="utf-8") == digests.render(entry, facts)


def test_every_collected_fact_is_accounted_for(db):
    """Where the facts lie beside the checkout: each id is carried, a search record, or left out with a reason."""
    paths = sorted((SHARED / "facts").glob("*.jsonl"))
    if not paths:
        pytest.skip(
            "../shared/facts, the collected facts kept outside the repository, are not here"
        )
    collected = {
        json.loads(line)["id"]: json.loads(line)
        for path in paths
        for line in path.open(encoding="utf-8")
    }
    ledger = db.execute("select fact_id, outcome, carried_by, reason from fact_ledger").fetchall()
    assert sorted(row[0] for row in ledger) == sorted(collected)
    for fact_id, outcome, carried_by, reason in ledger:
        assert carried_by or reason, fact_id
        if outcome != "excluded":
            assert collected[fact_id]["confidence"] in ("high", "medium")


def test_no_link_leads_to_an_unreliable_site():
    for fact in FACTS.facts.values():
        if "不外链" in fact["source"]:
            assert fact["url"] is None and "http" not in fact["source"]


# (topic, kind, favours, words in the summary): what the notes beside the facts lead one to expect
EXPECTED = [
    (
        "shoutai",
        "amount",
        "baseline",
        "国际首台套资助上限",
        "200万元",
    ),  # a share with a cap against a fixed sum
    ("jifen", "missing", "baseline", "积分达标标准分值", "120分"),
    (
        "yongdian",
        "amount",
        "baseline",
        "引航移泊费降幅",
        "10%",
    ),  # 嘉兴港 is not on the national list
    ("yongdian", "amount", "target", "35千伏两部制", "0.0895元"),  # reversed: 浙江 is cheaper
    ("yongdian", "amount", "baseline", "220千伏及以上单一制", "0.1350元"),  # the exception
    ("zimao", "missing", "baseline", "企业所得税税率", "15%"),
    ("chanye", "amount", "target", "自行实施成果年度奖励下限", "10%"),  # reversed: 浙江 gives more
    ("luohu", "condition", "target", "居转户", "浙江省"),  # reversed: 浙江 admits without points
]


@pytest.mark.parametrize("topic, kind, favours, subject, words", EXPECTED)
def test_the_gap_that_a_reader_of_the_notes_expects(db, topic, kind, favours, subject, words):
    found = db.execute(
        "select favours from gaps where topic_id = ? and kind = ? and summary like ? and summary like ?",
        [topic, kind, f"%{subject}%", f"%{words}%"],
    ).fetchall()
    assert (favours,) in found


def test_the_papers_water_fund_request_was_outdated_when_made(db):
    verdicts = dict(
        db.execute("select as_of, verdict from claims where claim_id = 'water-fund'").fetchall()
    )
    assert verdicts["2018-12-31"] == "outdated"


def test_every_claim_has_two_dated_verdicts(db):
    dates = db.execute(
        "select claim_id, group_concat(as_of) from claims group by claim_id"
    ).fetchall()
    assert dates and {row[1] for row in dates} == {"2018-12-31,2026-11-23"}


@pytest.mark.parametrize("region, name", [("330421", "嘉善县"), ("330481", "海宁市"), ("330482", "平湖市"), ("330483", "桐乡市"), ("330402", "南湖区"), ("330411", "秀洲区"), ("310000-lg", "临港新片区"), ("310115", "浦东新区")])  # fmt: skip
def test_counties_and_areas_have_documents_of_their_own(db, region, name):
    rows = db.execute(
        "select r.name, count(*) from documents d join regions r using (region_id) where region_id = ?",
        [region],
    ).fetchone()
    assert rows[0] == name and rows[1] > 0
