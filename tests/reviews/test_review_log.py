"""The log of reviews: appended to by many at once, never changed, handed on without loss."""

import json
import random
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.reviews import reviews_export, reviews_import
from pipeline.site.reviews import review_log
from support.reviews import review

TEXTS = {"a__1": "甲", "b__1": "乙", "b__2": "丙"}


def some(count: int, reviewer: str = "wang") -> list[dict[str, str | None]]:
    """Reviews of one pair, a second apart."""
    return [
        review(("a__1", "b__1"), TEXTS, reviewer=reviewer, note=f"第{n}次",
               reviewed_at=f"2026-01-02T03:{n // 60 % 60:02}:{n % 60:02}.{n:06}Z")
        for n in range(count)
    ]  # fmt: skip


def append_one_by_one(path: Path, rows: list[dict[str, str | None]]) -> int:
    return sum(review_log.append(path, [row]) for row in rows)


def work(path: Path) -> Workspace:
    return Workspace((Path("corpus"),), Path("build"), Path("kb.db"), reviews=path)


def exported(log: Path, to: Path) -> bytes:
    reviews_export.run(work(log), [to])
    return to.read_bytes()


def test_two_processes_that_append_at_once_lose_nothing(tmp_path):
    log, both = tmp_path / "r.db", [some(500, "wang"), some(500, "li")]
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(partial(append_one_by_one, log), both)) == [500, 500]
    read = review_log.read(log)
    assert {row["review_id"] for row in read} == {r["review_id"] for rows in both for r in rows}
    assert len(read) == 1000


@pytest.mark.parametrize(
    "statement",
    ["update reviews set verdict = 'reject'", "delete from reviews",
     "replace into reviews select review_id, reviewed_at, 'x', kind, target_id, clause_a, clause_b, verdict, partner, text_hash, note from reviews",
     "insert or replace into reviews select review_id, reviewed_at, reviewer, kind, target_id, clause_a, clause_b, 'reject', partner, text_hash, note from reviews"],
)  # fmt: skip
def test_what_is_recorded_cannot_be_changed(tmp_path, statement):
    log = tmp_path / "r.db"
    review_log.append(log, some(3))
    before = review_log.read(log)
    with sqlite3.connect(log) as db:
        try:
            db.execute(statement)
        except sqlite3.IntegrityError as error:
            assert "only appended" in str(error)
    assert review_log.read(log) == before


def test_a_batch_with_one_wrong_review_leaves_the_log_as_it_was(tmp_path):
    log = tmp_path / "r.db"
    review_log.append(log, some(2))
    wrong = review(("a__1", "b__1"), TEXTS, verdict="maybe")
    with pytest.raises(sqlite3.IntegrityError):
        review_log.append(log, [*some(5), wrong])
    assert len(review_log.read(log)) == 2


def test_the_export_is_the_same_in_whatever_order_reviews_came(tmp_path):
    rows = some(50)
    shuffled = random.Random(1).sample(rows, len(rows))
    for name, order in (("one", rows), ("two", shuffled)):
        append_one_by_one(tmp_path / f"{name}.db", order)
    one, two = (exported(tmp_path / f"{n}.db", tmp_path / f"{n}.jsonl") for n in ("one", "two"))
    assert one == two and len(one.splitlines()) == 50


def test_an_import_gives_back_what_was_exported_and_a_second_one_changes_nothing(tmp_path, capsys):
    review_log.append(tmp_path / "here.db", some(20))
    file = tmp_path / "here.jsonl"
    exported(tmp_path / "here.db", file)
    review_log.append(tmp_path / "there.db", some(5, "li"))
    for _ in range(2):
        reviews_import.run(work(tmp_path / "there.db"), [file])
    out = capsys.readouterr().out
    assert "新收 20 条，已有 0 条" in out and "新收 0 条，已有 20 条" in out
    assert len(review_log.read(tmp_path / "there.db")) == 25


def test_an_export_never_overwrites_a_file(tmp_path):
    review_log.append(tmp_path / "r.db", some(1))
    mine = tmp_path / "mine.jsonl"
    mine.write_text("我的", encoding="utf-8")
    with pytest.raises(CorpusError, match="已有这个文件"):
        reviews_export.run(work(tmp_path / "r.db"), [mine])
    assert mine.read_text(encoding="utf-8") == "我的"


@pytest.mark.parametrize(
    "change, told",
    [({"verdict": "reject"}, "改动过"), ({"reviewer": "li"}, "改动过"), ({"note": 3}, "不是一条审阅"),
     ({"kind": "matter"}, "改动过"), (None, "不是一条审阅")],
)  # fmt: skip
def test_a_changed_line_is_refused_by_number_and_nothing_is_taken(tmp_path, change, told):
    rows = [*some(3)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines[1] = json.dumps(rows[1] | change) if change else "不是 JSON"
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CorpusError, match=f"第 2 行.*{told}"):
        reviews_import.run(work(tmp_path / "r.db"), [file])
    assert review_log.read(tmp_path / "r.db") == []


def test_a_file_that_is_no_log_is_told_and_left_alone(tmp_path):
    log = tmp_path / "r.db"
    log.write_bytes("不是数据库".encode() * 200)
    before = log.read_bytes()
    with pytest.raises(CorpusError, match="不是审阅记录"):
        reviews_export.run(work(log), [tmp_path / "out.jsonl"])
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(some(1)[0]), encoding="utf-8")
    with pytest.raises(CorpusError, match="写不进去"):
        reviews_import.run(work(log), [file])
    assert log.read_bytes() == before
