"""Labels: what readers call the codes of kb.db, from its table labels."""

import sqlite3
from collections import defaultdict
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
        by_code: code → label, of the codes that have the same label in every vocabulary.
        by_column: (name of a column, code) → label; of two tables, the label of the first.
        by_table: (table and column, code) → label.
    """

    vocabularies: Mapping[str, Vocabulary]
    by_code: Mapping[str, str]
    by_column: Mapping[tuple[str, str], str]
    by_table: Mapping[tuple[str, str], str]

    def word(self, code: Any, column: str | None = None, table: str | None = None) -> Any:
        """The label of a code; anything else as it is.

        Args:
            code: a value.
            column: the column that holds it, which a code with several meanings needs; text_kind_a is
                text_kind of side a.
            table: that the column is of, or the overview of one, if known: x_overview shows the table xs.
        """
        if not isinstance(code, str):
            return code
        if column is None:
            return self.by_code.get(code, code)
        shown = table.replace("_overview", "s") if table else ""
        if own := self.by_table.get((f"{shown}.{column}", code)):
            return own
        stem = column.removesuffix("_a").removesuffix("_b")
        return self.by_column.get((column, code)) or self.by_column.get((stem, code), code)


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
    by_code: dict[str, set[str]] = defaultdict(set)
    by_column: dict[tuple[str, str], str] = {}
    by_table: dict[tuple[str, str], str] = {}
    for _, code, label, _, columns in rows:
        by_code[code].add(label)
        for column in from_json(columns):
            by_column.setdefault((column.split(".")[1], code), label)
            by_table[column, code] = label
    return Labels(
        vocabularies={
            name: {code: (label, definition) for _, code, label, definition, _ in group}
            for name, group in groupby(rows, key=lambda row: row[0])
        },
        by_code={code: min(found) for code, found in by_code.items() if len(found) == 1},
        by_column=by_column,
        by_table=by_table,
    )
