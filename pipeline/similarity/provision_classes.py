"""Classes of articles: purpose, scope, definition, penalty, … from corpus/patterns/classes.toml.

Boilerplate answers boilerplate of its own class only; a duty is not answered by its penalty.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError

_KEYS: dict[str, type] = {"id": str, "name": str, "pattern": str, "telling": bool,
                          "boilerplate": bool}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleClass:
    """A class that an article is in when `pattern` occurs in its body; an article may be in several.

    `telling` classes count one by one in the alignment model, the others only all together; clauses of
    `boilerplate` classes are only held against each other in documents that answer each other.
    """

    class_id: str
    name: str
    pattern: re.Pattern[str]
    telling: bool
    boilerplate: bool


def load(path: Path) -> list[ArticleClass]:
    """Read the classes in file order.

    Raises:
        CorpusError: an entry that is not complete, or a pattern that is no regular expression.
    """
    found = []
    for row in toml_files.entries(path, "class", _KEYS, {"id", "name", "pattern"}):
        try:
            pattern = re.compile(row["pattern"])
        except re.error as error:
            where = f"{path} [{row['id']}]"
            raise CorpusError(where, f"pattern 不是正则表达式（{error}）", "改正写法") from None
        marks = (row.get("telling", False), row.get("boilerplate", False))
        found.append(ArticleClass(row["id"], row["name"], pattern, *marks))
    return found
