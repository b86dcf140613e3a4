"""Database: kb.db from all files of rows; the only writer of it.

Reads   build/*.jsonl, corpus/*.toml, schema.sql, indexes.sql, views.sql, checks.sql
Writes  kb.db, built beside and renamed when every check has passed; build/changes.jsonl; adds to
        history.jsonl beside kb.db what changed since the build before
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.core import jsonl
from pipeline.core.computation import history, locks
from pipeline.core.paths import Workspace
from pipeline.database import build_diff, build_record, checks, matter_history, tables
from pipeline.site.search.fulltext import create_index

_RESOLVED = 50  # matters that are named; the page of changes has all
_HERE = Path(__file__).parent
# Nobody reads the file before it is complete, and none that is incomplete is used: it needs no journal.
_PRAGMAS = ("journal_mode = off", "synchronous = off", "cache_size = -200000")  # 200 MB
_json = json.JSONEncoder(ensure_ascii=False).encode
for _kind in (list, tuple, dict):
    sqlite3.register_adapter(_kind, _json)  # JSON columns


def run(work: Workspace) -> None:
    """Build kb.db; a failed build leaves the old one as it was.

    Raises:
        CorpusError: a check of checks.sql fails, or another build writes the same file.
    """
    part_path = work.kb.with_name(work.kb.name + ".part")
    with locks.exclusive(part_path):
        try:
            _write(part_path, work)
        except BaseException:
            part_path.unlink()
            raise
        old_gaps = build_diff.read(work.kb)
        part_path.replace(work.kb)
    print(f"{work.kb}：构建完成")
    _tell_changes(build_diff.report(old_gaps, work.kb, work.rows("changes")), work.kb)


def _tell_changes(changes: list[build_diff.BuildChange], kb: Path) -> None:
    """Name the matters whose outcome changed, and add what changed to the history."""
    if not changes:
        return
    if resolved := matter_history.resolved(changes, kb):
        print(f"结果改变的事项 {len(resolved)} 件：")
        print("\n".join(f"  {line}" for line in resolved[:_RESOLVED]))
    history.append(history.path_beside(kb), matter_history.events(changes, kb))


def _write(path: Path, work: Workspace) -> None:
    """Write the whole database to a file, checked, and to the disk."""
    os.truncate(path, 0)  # what a build that was killed has left
    db = Database(path)
    try:
        fill(db, work)
        checks.run(db)
    finally:
        db.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())  # before it takes the place of the old one


def fill(db: Database, work: Workspace) -> None:
    """Create all tables, fill them, create the indexes and the views, and record the build."""
    for pragma in _PRAGMAS:
        db.execute(f"pragma {pragma}")
    _run_file(db, "schema.sql")
    with db.atomic():
        for table, rows in tables.of_build(work):
            _insert(db, table, rows)
    with db.conn:  # its raw statements open a transaction, and closing loses what is not committed
        create_index(db.conn)
    _run_file(db, "indexes.sql")
    _run_file(db, "views.sql")
    with db.atomic():
        db.table("builds").insert(build_record.row(db, work))


def _run_file(db: Database, name: str) -> None:
    db.executescript((_HERE / name).read_text(encoding="utf-8"))


def _insert(db: Database, table: str, rows: Iterable[Any]) -> None:
    """Insert rows that all have the same columns: dicts, or records whose fields are the columns."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    by_key = isinstance(first, dict)
    names = list(first) if by_key else jsonl.columns(type(first))
    values = itemgetter(*names) if by_key else attrgetter(*names)
    columns = ", ".join(f"[{name}]" for name in names)
    places = ", ".join("?" * len(names))
    query = f"insert into [{table}] ({columns}) values ({places})"  # noqa: S608 - names of our own
    db.conn.executemany(query, map(values, chain([first], rows)))
