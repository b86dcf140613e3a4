"""What a build notes of the matters that it changed: in the history, and for the person who built."""

import sqlite3
from pathlib import Path

from pipeline.database import build_diff, matter_history

_TABLES = """
    create table matters (matter_id primary key, name, boilerplate); create table comparisons (comparison_id, title);
    create table moments (as_of, newest); create table gap_departments (gap_id, side, department);
    create table gaps (gap_id, matter_id, comparison_id, topic_id, as_of, outcome, headline);
    insert into comparisons values ('sh-jx', '上海市 → 嘉兴市');
    insert into moments values ('2018-12-31', 0), ('2026-11-23', 1);
"""


def database(path: Path, *gaps: tuple[str, str, str, str]) -> Path:
    """A database with some gaps: matter, date, outcome, headline."""
    with sqlite3.connect(path) as db:
        db.executescript(_TABLES)
        for matter, as_of, outcome, headline in gaps:
            gap = f"{matter}-{as_of}"
            db.execute("insert or ignore into matters values (?, ?, 0)", [matter, f"{matter}的事"])
            db.execute("insert into gaps values (?, ?, 'sh-jx', 't', ?, ?, ?)", [gap, matter, as_of, outcome, headline])  # fmt: skip
            db.execute("insert into gap_departments values (?, 'a', '财政部门')", [gap])
    return path


NEWEST, BEFORE = "2026-11-23", "2018-12-31"


def test_changes_at_the_newest_date_are_noted_and_named(tmp_path):
    old = database(tmp_path / "a.db", ("甲", NEWEST, "uncollected", "未查得"), ("甲", BEFORE, "same", "一"), ("乙", NEWEST, "same", "同"))  # fmt: skip
    new = database(tmp_path / "b.db", ("甲", NEWEST, "differs", "差2倍"), ("甲", BEFORE, "differs", "二"), ("乙", NEWEST, "same", "同样"))  # fmt: skip
    changes = build_diff.compare(build_diff.read(old), build_diff.read(new))
    told = [
        (e.change, e.subject, e.departments, e.before, e.after)
        for e in matter_history.events(changes, new)
    ]
    assert told == [
        ("changed", "乙", ["财政部门"], "同", "同样"),
        ("resolved", "甲", ["财政部门"], "未查得", "差2倍"),
    ]
    (line,) = matter_history.resolved(changes, new)
    assert line.startswith("甲的事（上海市 → 嘉兴市）：") and "→ " in line


def test_a_corpus_that_is_added_is_no_news_of_each_matter(tmp_path):
    old = database(tmp_path / "a.db", ("甲", NEWEST, "uncollected", "未查得"))
    many = [(f"事{n}", NEWEST, "same", "同") for n in range(101)]
    new = database(tmp_path / "b.db", ("甲", NEWEST, "same", "同"), *many)
    changes = build_diff.compare(build_diff.read(old), build_diff.read(new))
    assert [event.subject for event in matter_history.events(changes, new)] == ["甲"]
