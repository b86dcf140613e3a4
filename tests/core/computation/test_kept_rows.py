"""Kept rows: only the rows of changed documents are computed again, by any number of processes alike."""

import pytest

from pipeline.core import dependencies, jsonl
from pipeline.core.computation import kept_rows
from pipeline.core.errors import CorpusError
from pipeline.core.records import Tokens


def source(path, **texts):
    jsonl.write(path, [Tokens(f"{name}__art_1", [text]) for name, text in texts.items()])


def test_only_changed_documents_are_computed_again(tmp_path, monkeypatch):
    data = tmp_path / "patterns.toml"
    monkeypatch.setattr(dependencies, "_opened_files", {str(data)})
    computed = []

    def compute(rows):
        computed.append(rows[0].clause_id)
        return [Tokens(row.clause_id, row.words * 2) for row in rows]

    def build(patterns="old"):
        data.write_text(patterns)
        dependencies.sha256.cache_clear()  # as in a process of its own
        computed.clear()
        kept_rows.compute_per_document(
            (tmp_path / "in.jsonl", Tokens), tmp_path / "out.jsonl", compute
        )
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

    def compute(rows):
        computed.append(rows)
        return []

    kept_rows.compute_per_document((tmp_path / "in.jsonl", Tokens), tmp_path / "out.jsonl", compute)
    (tmp_path / "out.jsonl").unlink()
    kept_rows.compute_per_document((tmp_path / "in.jsonl", Tokens), tmp_path / "out.jsonl", compute)
    assert len(computed) == 2


def doubled(rows):
    return [Tokens(row.clause_id, row.words * 2) for row in rows]


def faulty(rows):
    raise CorpusError(rows[0].clause_id, "坏了", "修好")


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(tmp_path, jobs):
    texts = {f"d{number}": f"第{number}条" for number in range(40)}
    source(tmp_path / "in.jsonl", **texts)
    counts = kept_rows.compute_per_document(
        (tmp_path / "in.jsonl", Tokens), tmp_path / "out.jsonl", doubled, jobs
    )
    rows = jsonl.read(tmp_path / "out.jsonl", Tokens)
    assert counts == (40, 0)
    assert [(row.clause_id, row.words) for row in rows] == [
        (f"{name}__art_1", [text, text]) for name, text in texts.items()
    ]


def test_the_first_error_of_another_process_is_told_as_it_is(tmp_path):
    source(tmp_path / "in.jsonl", **{f"d{number}": "甲" for number in range(40)})
    with pytest.raises(CorpusError, match="^d0__art_1：坏了；改法：修好$"):
        kept_rows.compute_per_document(
            (tmp_path / "in.jsonl", Tokens), tmp_path / "out.jsonl", faulty, 2
        )
    assert not (tmp_path / "out.jsonl").exists()


def test_a_run_that_fails_leaves_the_rows_and_notes_of_the_last_one(tmp_path):
    source(tmp_path / "in.jsonl", a="甲", b="乙")
    paths = (tmp_path / "in.jsonl", Tokens), tmp_path / "out.jsonl"
    kept_rows.compute_per_document(*paths, doubled)
    before = (tmp_path / "out.jsonl").read_bytes()
    source(tmp_path / "in.jsonl", a="甲", b="丙")
    with pytest.raises(CorpusError):
        kept_rows.compute_per_document(*paths, faulty)
    assert (tmp_path / "out.jsonl").read_bytes() == before
    source(tmp_path / "in.jsonl", a="甲", b="乙")
    assert kept_rows.compute_per_document(*paths, faulty) == (0, 2)


@pytest.mark.parametrize("name", ["out.kept", "out.jsonl"])
@pytest.mark.parametrize("left", [0, 1, 30, -1])
def test_what_was_cut_off_is_computed_again(tmp_path, name, left):
    source(tmp_path / "in.jsonl", a="甲", b="乙")
    paths = (tmp_path / "in.jsonl", Tokens), tmp_path / "out.jsonl"
    kept_rows.compute_per_document(*paths, doubled)
    whole = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:left])
    kept_rows.compute_per_document(*paths, doubled)
    assert (tmp_path / "out.jsonl").read_bytes() == whole
