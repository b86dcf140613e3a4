"""JSONL: files are complete or absent, and only the rows of changed documents are computed again."""

import json

import pytest

from pipeline.core import dependencies, jsonl
from pipeline.core.records import Region, Tokens


def test_written_rows_are_read_back(tmp_path):
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
    data = tmp_path / "patterns.toml"
    monkeypatch.setattr(dependencies, "_opened_files", {str(data)})
    computed = []

    def compute(lines):
        row = json.loads(lines[0])
        computed.append(row["clause_id"])
        return [Tokens(row["clause_id"], row["words"] * 2)]

    def build(patterns="old"):
        data.write_text(patterns)
        dependencies.sha256.cache_clear()  # as in a process of its own
        computed.clear()
        jsonl.compute_per_document(tmp_path / "in.jsonl", tmp_path / "out.jsonl", compute)
        return [t.words for t in jsonl.read(tmp_path / "out.jsonl", Tokens)]

    source(tmp_path / "in.jsonl", a="甲", b="乙")
    assert build() == [["甲", "甲"], ["乙", "乙"]] and computed == ["a__art_1", "b__art_1"]
    assert build() == [["甲", "甲"], ["乙", "乙"]] and computed == []
    source(tmp_path / "in.jsonl", a="甲", b="丙", c="丁")
    assert build() == [["甲", "甲"], ["丙", "丙"], ["丁", "丁"]]
    assert computed == ["b__art_1", "c__art_1"]
    source(tmp_path / "in.jsonl", c="丁")
    assert build() == [["丁", "丁"]] and computed == []
    assert build("new") == [["丁", "丁"]] and computed == ["c__art_1"]


def test_notes_without_their_target_are_ignored(tmp_path):
    source(tmp_path / "in.jsonl", a="甲")
    computed = []

    def compute(lines):
        computed.append(lines)
        return []

    jsonl.compute_per_document(tmp_path / "in.jsonl", tmp_path / "out.jsonl", compute)
    (tmp_path / "out.jsonl").unlink()
    jsonl.compute_per_document(tmp_path / "in.jsonl", tmp_path / "out.jsonl", compute)
    assert len(computed) == 2
