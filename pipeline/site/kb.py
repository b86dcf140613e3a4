"""The one immutable database that the site shows, and how its pages read it."""

import json
from collections.abc import Mapping, Sequence
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


# What never changes within one edition of the database, and goes when that is closed.
_KEPT: WeakKeyDictionary[Database, dict[str, list[Row]]] = WeakKeyDictionary()
_OPEN: WeakKeyDictionary[Database, set[str]] = WeakKeyDictionary()


def database(datasette: Datasette) -> Database:
    """The knowledge base, by what it is, not by the name of its file."""
    return next(db for db in datasette.databases.values() if not db.is_mutable)


async def allow(datasette: Datasette, request: Request, tables: Sequence[str]) -> None:
    """Refuse the page unless the reader may view every table that it shows.

    Raises:
        Forbidden: one of them is closed to this reader.
    """
    db = database(datasette)
    # Whoever has no name has the same permissions all day; asking took most of a page's time.
    known = _OPEN.setdefault(db, set()) if request.actor is None else set()
    for table in tables:
        if table not in known:
            resource = TableResource(db.name, table)
            await datasette.ensure_permission(
                action="view-table", resource=resource, actor=request.actor
            )
            known.add(table)


async def rows(db: Database, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """The rows of a query; columns that hold JSON lists or objects come parsed."""
    result = await db.execute(sql, params)
    return [{key: parsed(row[key]) for key in row.keys()} for row in result.rows]  # noqa: SIM118


async def _kept(db: Database, sql: str) -> list[Row]:
    """The rows of a query that every page asks, read once for each edition."""
    held = _KEPT.setdefault(db, {})
    if sql not in held:
        held[sql] = await rows(db, sql)
    return [dict(found) for found in held[sql]]


async def row(db: Database, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
    """The first row of a query, or None."""
    return next(iter(await rows(db, sql, params)), None)


def dumped(value: Any) -> str:
    """Data as JSON for a query's json_each."""
    return json.dumps(value, ensure_ascii=False)


def parsed(value: Any) -> Any:
    """A JSON list or object as data; any other value as it is.

    >>> parsed('["甲", 1]'), parsed("[2019]3号"), parsed(None)
    (['甲', 1], '[2019]3号', None)
    """
    if isinstance(value, str) and value[:1] + value[-1:] in ("[]", "{}"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


async def comparison(db: Database, wanted: str | None = None) -> Row | None:
    """The comparison a reader asked for; the first where none was asked for."""
    known = await _kept(db, _COMPARISONS)
    return next((c for c in known if wanted in (None, "", c["comparison_id"])), None)


async def comparisons(db: Database) -> list[Row]:
    """All comparisons, as the editor ordered them."""
    return await _kept(db, _COMPARISONS)


async def moments(db: Database) -> list[Row]:
    """The dates that gaps are computed for, the newest first."""
    return await _kept(db, _MOMENTS)


async def moment(db: Database, wanted: str | None = None) -> Row | None:
    """The date a reader asked for, by its id; the newest where none was asked for."""
    known = await moments(db)
    return next((m for m in known if wanted in (None, "", m["moment_id"])), None)


async def build(db: Database) -> Row | None:
    """Which build this is, and its counts."""
    return next(iter(await _kept(db, "select build_id, counts from builds")), None)
