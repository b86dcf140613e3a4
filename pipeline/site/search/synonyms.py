"""Synonyms of an edition of kb.db: words that say the same, so that a search for one finds the others."""

import sqlite3
from contextlib import closing
from pathlib import Path
from weakref import WeakKeyDictionary

from datasette.database import Database

from pipeline.site.search import fulltext

_SYNONYMS = "select word, canonical from synonyms order by canonical, word"
_BY_EDITION: WeakKeyDictionary[Database, fulltext.Synonyms] = WeakKeyDictionary()


def of(db: Database) -> fulltext.Synonyms:
    """The synonyms of an edition, read once for each."""
    if db not in _BY_EDITION:
        uri = f"{Path(db.path).absolute().as_uri()}?immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as conn:
            _BY_EDITION[db] = read(conn)
    return _BY_EDITION[db]


def read(conn: sqlite3.Connection) -> fulltext.Synonyms:
    """The synonyms of a kb.db; none where the file has no such table."""
    try:
        return fulltext.synonyms_of(tuple(row) for row in conn.execute(_SYNONYMS))
    except sqlite3.OperationalError:  # a database of an earlier build, or none of ours
        return fulltext.NO_SYNONYMS
