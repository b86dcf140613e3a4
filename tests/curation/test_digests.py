"""Digests: rendered from their facts, and every collected fact accounted for."""

import json
from pathlib import Path

import pytest

from pipeline.core import fact_files, toml_files
from pipeline.core.errors import CorpusError
from pipeline.curation import digests
from pipeline.reading.documents import split_head, take_marks
from support.building import SHARED
from support.records import FACT

CORPUS = Path("corpus")
COLLECTED = sorted(
    path for kind in ("facts", "searches") for path in (SHARED / "facts").glob(f"{kind}-*.jsonl")
)
FACTS = fact_files.read((CORPUS,))
ENTRIES = {row["id"]: row for row in toml_files.load(CORPUS / "sources.toml")["document"]}


@pytest.mark.parametrize("document_id", ENTRIES)
def test_digests_are_rendered_from_their_facts(document_id):
    facts = [fact for fact in FACTS.facts.values() if fact["document"] == document_id]
    entry = ENTRIES[document_id]
    assert (CORPUS / entry["file"]).read_text(encoding="utf-8") == digests.render(entry, facts)


def test_every_collected_fact_is_accounted_for(db):
    """Where the facts lie beside the checkout: each id is carried, a search record, or left out with a reason."""
    if not COLLECTED:
        pytest.skip(
            "../shared/facts/facts-*.jsonl and searches-*.jsonl, the facts and searches kept outside the"
            " repository, are not here"
        )
    collected = {
        json.loads(line)["id"]: json.loads(line)
        for path in COLLECTED
        for line in path.open(encoding="utf-8")
    }
    ledger = db.execute("select fact_id, outcome, carried_by, reason from fact_ledger").fetchall()
    ids = [row[0] for row in ledger]
    assert len(ids) == len(set(ids)) and collected.keys() <= set(ids)
    for fact_id, outcome, carried_by, reason in ledger:
        assert carried_by or reason, fact_id
        # A fact that told of two places was split: the second has the first's id and its place, fee-025-zj.
        # What was read later is only here.
        source = collected.get(fact_id) or collected.get(fact_id.rpartition("-")[0])
        if outcome != "excluded":
            assert (source or FACTS.facts[fact_id]).get("confidence") != "low"


def test_no_link_leads_to_an_unreliable_site():
    for fact in FACTS.facts.values():
        if "不外链" in fact["source"]:
            assert fact["url"] is None and "http" not in fact["source"]


ENTRY = {
    "id": "d-1",
    "title": "某办法",
    "number": "某发〔2019〕1号",
    "issuers": ["甲局", "乙局"],
    "issued": "2019",
}


def test_a_digest_reads_back_as_its_facts():
    text = digests.render(
        ENTRY, [FACT, {**FACT, "id": "f-2", "condition": "不含税", "note": "二手"}]
    )
    head, body = split_head(text, "某办法")
    assert "某发〔2019〕1号" in head and "不是官方文本" in head and "甲局、乙局" in head
    clauses, marks = take_marks(body.split("\n\n[^")[0])
    assert [fact for _, fact in marks] == ["f-1", "f-2"]
    assert "2. 资助上限：最高3000万元。（条件：不含税。）" in clauses
    assert "说明：二手" in text and "可信度高" in text


def test_hashes_are_written_where_they_belong_and_nothing_else_changes():
    toml = '# head\n\n[[document]]\nid = "a"\nsha256 = "old"\n# why\n\n[[document]]\nid = "b"\ntitle = "乙"\n'
    assert digests.with_hashes(toml, {"a": "new", "b": "two"}) == (
        '# head\n\n[[document]]\nid = "a"\nsha256 = "new"\n# why\n\n[[document]]\nid = "b"\ntitle = "乙"\nsha256 = "two"\n'
    )


def test_a_fact_of_an_unknown_document_is_told(tmp_path):
    (tmp_path / "sources.toml").write_text('[[document]]\nid = "d-2"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="没有文件 'd-1'"):
        digests.write(tmp_path, {"f-1": FACT})
