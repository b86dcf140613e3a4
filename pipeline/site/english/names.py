"""English names of the data of one edition of kb.db: matters, departments, tiers, answers."""

import sqlite3
from contextlib import closing
from pathlib import Path
from weakref import WeakKeyDictionary

from datasette.database import Database

from pipeline.site.amounts import short
from pipeline.site.english.phrases import Phrases, load

# Names that are one word in several sections have one English.
_NAMES = """
    select name, english from english_names
    union all select department, english from departments
    union all select name, name_en from matters where name_en is not null
"""
_BY_EDITION: WeakKeyDictionary[Database, Phrases] = WeakKeyDictionary()


def phrases(db: Database) -> Phrases:
    """The phrases of the interface and the names of this edition; read once for each."""
    if db not in _BY_EDITION:
        interface, (names, regions) = load(), read(Path(db.path))
        known = {region: english for region in regions if (english := interface.translate(region))}
        shorter = {short(region): english for region, english in known.items()}
        _BY_EDITION[db] = interface.with_names(shorter | names)
    return _BY_EDITION[db]


def read(path: Path) -> tuple[dict[str, str], list[str]]:
    """The names of a kb.db in Chinese with their English, and the names of its regions."""
    uri = f"{path.absolute().as_uri()}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as conn:
        names = dict(conn.execute(_NAMES).fetchall())
        return names, [name for (name,) in conn.execute("select name from regions")]
