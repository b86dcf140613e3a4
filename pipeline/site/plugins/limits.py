"""No query may build one huge value or reach another file; the time limit stops neither."""

import sqlite3

from datasette import hookimpl

LONGEST_VALUE = 20_000_000  # bytes; a regulation with all its attachments is below 2 million


@hookimpl
def prepare_connection(conn, database):
    """Limit the readers' connections, not Datasette's own bookkeeping."""
    if database != "_internal":
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
