"""Labels: what readers call the codes of kb.db, from its table labels."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette.database import Database

from pipeline.site.kb import from_json

Vocabulary = Mapping[str, tuple[str, str | None]]  # code → its label and definition

_LABELS = (
    "select vocabulary, code, label, definition, used_in from labels order by vocabulary, ordinal"
)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one edition of the database, in Chinese.

    Attributes:
        vocabularies: by name, each in the order in which a reader should meet its codes.
        by_code: code → label; a code has the same label in every vocabulary.
        columns: names of the columns that hold codes.
    """

    vocabularies: Mapping[str, Vocabulary]
    by_code: Mapping[str, str]
    columns: frozenset[str]

    def word(self, code: Any) -> Any:
        """The label of a code; anything else as it is."""
        return self.by_code.get(code, code) if isinstance(code, str) else code

    def in_column(self, column: str) -> bool:
        """Whether a column of a table or view holds codes; text_kind_a is text_kind of side a."""
        return (
            column in self.columns or column.removesuffix("_a").removesuffix("_b") in self.columns
        )


_BY_EDITION: WeakKeyDictionary[Database, Labels] = WeakKeyDictionary()


def of(db: Database) -> Labels:
    """The labels of an edition of the database, read once for each; cells and filters cannot await."""
    if db not in _BY_EDITION:
        _BY_EDITION[db] = read(Path(db.path))
    return _BY_EDITION[db]


def read(path: Path) -> Labels:
    """The labels of a kb.db."""
    uri = f"{path.absolute().as_uri()}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as conn:
        rows = conn.execute(_LABELS).fetchall()
    return Labels(
        vocabularies={
            name: {code: (label, definition) for _, code, label, definition, _ in group}
            for name, group in groupby(rows, key=lambda row: row[0])
        },
        by_code={code: label for _, code, label, _, _ in rows},
        columns=frozenset(c.split(".")[1] for row in rows for c in from_json(row[4])),
    )
