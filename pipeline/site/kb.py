"""Read access to kb.db: the one immutable database that the site shows."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database
from datasette.resources import TableResource
from datasette.utils.asgi import Request

Row = dict[str, Any]

_COMPARISONS = """
    select comparison_id, title, baseline_region, target_region, stack from comparisons order by rowid
"""
_MOMENTS = "select moment_id, name, as_of, newest from moments order by newest desc, as_of desc"


# Both hold what never changes within one edition of the database, and are dropped when it is closed.
_CACHED_ROWS: WeakKeyDictionary[Database, dict[str, list[Row]]] = WeakKeyDictionary()
_PUBLIC_TABLES: WeakKeyDictionary[Database, set[str]] = WeakKeyDictionary()


def database(datasette: Datasette) -> Database:
    """The knowledge base: the immutable database, whatever its file is called."""
    return next(db for db in datasette.databases.values() if not db.is_mutable)


def history_file(datasette: Datasette) -> Path:
    """The history of changes: history.jsonl beside the file of the knowledge base."""
    source = getattr(datasette.databases, "source", None) or database(datasette).path
    return Path(source).with_name("history.jsonl")


async def allow(datasette: Datasette, request: Request, tables: Sequence[str]) -> None:
    """Refuse the page unless the reader may view every table that it shows.

    Raises:
        Forbidden: one of them is closed to this reader.
    """
    db = database(datasette)
    # Permissions of an anonymous reader do not change; checking them took most of a page's time.
    allowed = _PUBLIC_TABLES.setdefault(db, set()) if request.actor is None else set()
    for table in tables:
        if table not in allowed:
            resource = TableResource(db.name, table)
            await datasette.ensure_permission(
                action="view-table", resource=resource, actor=request.actor
            )
            allowed.add(table)


async def rows(db: Database, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """The rows of a query; columns that hold JSON lists or objects come as data."""
    result = await db.execute(sql, params)
    return [{key: from_json(row[key]) for key in row.keys()} for row in result.rows]  # noqa: SIM118


async def cached_rows(db: Database, sql: str) -> list[Row]:
    """The rows of a query that every page needs, read once for each edition; the caller's to change."""
    cache = _CACHED_ROWS.setdefault(db, {})
    if sql not in cache:
        cache[sql] = await rows(db, sql)
    return [dict(row) for row in cache[sql]]


async def row(db: Database, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
    """The first row of a query, or None."""
    return next(iter(await rows(db, sql, params)), None)


def to_json(value: Any) -> str:
    """Data as JSON, for json_each in a query."""
    return json.dumps(value, ensure_ascii=False)


def from_json(value: Any) -> Any:
    """A JSON list or object as data; any other value as it is.

    >>> from_json('["甲", 1]'), from_json("[2019]3号"), from_json(None)
    (['甲', 1], '[2019]3号', None)
    """
    if isinstance(value, str) and value[:1] + value[-1:] in ("[]", "{}"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


async def comparison(db: Database, comparison_id: str | None = None) -> Row | None:
    """The comparison of an id; the first where no id is given; None for an unknown id."""
    candidates = await cached_rows(db, _COMPARISONS)
    return next((c for c in candidates if comparison_id in (None, "", c["comparison_id"])), None)


async def names(db: Database, comparison: Row) -> Row:
    """The names of both regions of a comparison, as `baseline` and `target`."""
    regions = await cached_rows(db, "select region_id, name from regions")
    by_id = {region["region_id"]: region["name"] for region in regions}
    sides = (("baseline", "baseline_region"), ("target", "target_region"))
    return {side: by_id[comparison[column]] for side, column in sides}


async def comparisons(db: Database) -> list[Row]:
    """All comparisons, in the order of comparisons.toml."""
    return await cached_rows(db, _COMPARISONS)


async def moments(db: Database) -> list[Row]:
    """The dates that gaps are computed for, the newest first."""
    return await cached_rows(db, _MOMENTS)


async def moment(db: Database, moment_id: str | None = None) -> Row | None:
    """The date of an id; the newest where no id is given; None for an unknown id."""
    candidates = await moments(db)
    return next((m for m in candidates if moment_id in (None, "", m["moment_id"])), None)


async def build(db: Database) -> Row | None:
    """The id of this build, and its counts."""
    return next(iter(await cached_rows(db, "select build_id, counts from builds")), None)
