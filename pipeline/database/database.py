"""Database: kb.db from all files of rows; the only writer of it.

Reads   build/*.jsonl, corpus/*.toml, schema.sql, views.sql, checks.sql
Writes  kb.db, built beside and renamed when every check has passed; build/changes.jsonl
"""

from pathlib import Path

from sqlite_utils import Database

from pipeline.core.paths import Workspace
from pipeline.database import build_diff, build_record, checks, tables
from pipeline.site.search.fulltext import create_index

_HERE = Path(__file__).parent


def run(work: Workspace) -> None:
    """Build kb.db; a failed build leaves the old one as it was.

    Raises:
        CorpusError: a check of checks.sql fails.
    """
    part_path = work.kb.with_name(work.kb.name + ".part")
    part_path.unlink(missing_ok=True)
    work.kb.parent.mkdir(parents=True, exist_ok=True)
    db = Database(part_path)
    try:
        fill(db, work)
        checks.run(db)
    finally:
        db.close()
    old_gaps = build_diff.read(work.kb)
    part_path.replace(work.kb)
    print(f"{work.kb}：构建完成")
    build_diff.report(old_gaps, work.kb, work.rows("changes"))


def fill(db: Database, work: Workspace) -> None:
    """Create all tables, fill them, create the search index and the views, and record the build."""
    db.executescript((_HERE / "schema.sql").read_text(encoding="utf-8"))
    with db.atomic():
        for table, rows in tables.of_build(work):
            db.table(table).insert_all(rows)
    with db.conn:  # its raw statements open a transaction, and closing loses what is not committed
        create_index(db.conn)
    db.executescript((_HERE / "views.sql").read_text(encoding="utf-8"))
    with db.atomic():
        db.table("builds").insert(build_record.row(db, work))
