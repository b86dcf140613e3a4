"""Checks: queries of checks.sql that must return no rows, run on a new kb.db."""

from pathlib import Path

from sqlite_utils import Database

from pipeline.core.errors import CorpusError

_QUERIES = Path(__file__).with_name("checks.sql")
_FIX = "查该行所由来的阶段"


def run(db: Database) -> None:
    """Run the checks, then check the foreign keys.

    Raises:
        CorpusError: naming the first check that fails and its first row.
    """
    for breach, query in parse(_QUERIES.read_text(encoding="utf-8")):
        if rows := list(db.query(query)):
            first = next(iter(rows[0].values()))
            text = f"{breach}：{len(rows)} 行，首行 {first!r}"
            raise CorpusError("pipeline/database/checks.sql", text, _FIX)
    if rows := list(db.query("pragma foreign_key_check")):
        raise CorpusError("kb.db", f"外键断裂：{rows[0]}", _FIX)


def parse(sql: str) -> list[tuple[str, str]]:
    r"""The queries of a file, each with the comment above it, which says what a breach means.

    >>> parse("-- head\n\n-- a is b\nselect 1;\n")
    [('a is b', 'select 1')]
    """
    queries = []
    for block in sql.split(";\n"):
        lines = block.splitlines()
        comments = [line[3:] for line in lines if line.startswith("-- ")]
        query = "\n".join(line for line in lines if not line.startswith("--")).strip()
        if query:
            queries.append((comments[-1], query))
    return queries
