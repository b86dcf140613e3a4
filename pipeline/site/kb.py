"""The one immutable database that the site shows, and how its pages read it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.resources import TableResource
from datasette.utils.asgi import Request

Row = dict[str, Any]

_NEWEST = """
    select comparison_id, title, baseline_region, target_region, stack, as_of
    from comparisons order by as_of is not null, as_of desc, comparison_id
"""


def database(datasette: Datasette) -> Database:
    """The knowledge base, by what it is, not by the name of its file."""
    return next(db for db in datasette.databases.values() if not db.is_mutable)


async def allow(datasette: Datasette, request: Request, tables: Sequence[str]) -> None:
    """Refuse the page unless the reader may view every table that it shows.

    Raises:
        Forbidden: one of them is closed to this reader.
    """
    name = database(datasette).name
    for table in tables:
        resource = TableResource(name, table)
        await datasette.ensure_permission(
            action="view-table", resource=resource, actor=request.actor
        )


async def rows(db: Database, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """The rows of a query; columns that hold JSON lists or objects come parsed."""
    result = await db.execute(sql, params)
    return [{key: parsed(row[key]) for key in row.keys()} for row in result.rows]  # noqa: SIM118


async def row(db: Database, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
    """The first row of a query, or None."""
    return next(iter(await rows(db, sql, params)), None)


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
    """The comparison a reader asked for; the newest where none was asked for."""
    known = await rows(db, _NEWEST)
    return next((c for c in known if wanted in (None, "", c["comparison_id"])), None)


async def comparisons(db: Database) -> list[Row]:
    """All comparisons, the newest first."""
    return await rows(db, _NEWEST)


async def build(db: Database) -> Row | None:
    """Which build this is, and its counts."""
    return await row(db, "select build_id, counts from builds")
