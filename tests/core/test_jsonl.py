"""Rows: files are whole or not there, and only what changed is made again."""

import json

import pytest

from pipeline.core import dependencies, jsonl
from pipeline.core.records import Region, Tokens


def test_rows_come_back_as_they_went(tmp_path):
    regions = [Region("310000", "上海市", "province", None)]
    jsonl.write(tmp_path / "r.jsonl", regions)
    assert jsonl.read(tmp_path / "r.jsonl", Region) == regions


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "r.jsonl"
    jsonl.write_lines(path, ["old\n"])

    def broken():
        yield "new\n"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        jsonl.write_lines(path, broken())
    assert path.read_text() == "old\n"


def source(path, **texts):
    jsonl.write(path, [Tokens(f"{name}__art_1", [text]) for name, text in texts.items()])


def test_only_changed_documents_are_computed_again(tmp_path, monkeypatch):
    made, rules = [], tmp_path / "rules.toml"
    monkeypatch.setattr(dependencies, "used", lambda: [str(rules)])

    def compute(lines):
        row = json.loads(lines[0])
        made.append(row["clause_id"])
        return [Tokens(row["clause_id"], row["words"] * 2)]

    def build(content="rules"):
        made.clear()
        rules.write_text(content, encoding="utf-8")
        dependencies.sha256.cache_clear()  # as in another process
        jsonl.per_document(tmp_path / "in.jsonl", tmp_path / "out.jsonl", compute)
        return [t.words for t in jsonl.read(tmp_path / "out.jsonl", Tokens)]

    source(tmp_path / "in.jsonl", a="甲", b="乙")
    assert build() == [["甲", "甲"], ["乙", "乙"]] and made == ["a__art_1", "b__art_1"]
    assert build() == [["甲", "甲"], ["乙", "乙"]] and made == []
    source(tmp_path / "in.jsonl", a="甲", b="丙", c="丁")
    assert build() == [["甲", "甲"], ["丙", "丙"], ["丁", "丁"]] and made == [
        "b__art_1",
        "c__art_1",
    ]
    source(tmp_path / "in.jsonl", c="丁")
    assert build() == [["丁", "丁"]] and made == []
    assert build("other rules") == [["丁", "丁"]] and made == ["c__art_1"]


def test_notes_without_their_target_are_not_believed(tmp_path):
    source(tmp_path / "in.jsonl", a="甲")
    made = []

    def compute(lines):
        made.append(lines)
        return []

    jsonl.per_document(tmp_path / "in.jsonl", tmp_path / "out.jsonl", compute)
    (tmp_path / "out.jsonl").unlink()
    jsonl.per_document(tmp_path / "in.jsonl", tmp_path / "out.jsonl", compute)
    assert len(made) == 2
