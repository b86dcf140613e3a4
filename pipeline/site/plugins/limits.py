"""Limits of a query on memory and on other files, which the time limit does not cover."""

import sqlite3

from datasette import hookimpl

MAX_VALUE = 20_000_000  # bytes; a regulation with all its attachments is below 2 million


@hookimpl
def prepare_connection(conn, database):
    """Limit the connections to kb.db, not those to Datasette's internal database."""
    if database != "_internal":
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
        conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
