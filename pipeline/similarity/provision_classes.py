"""Classes of articles (purpose, scope, definition, penalty, …) from corpus/patterns/classes.toml.

Boilerplate corresponds only to boilerplate of the same class; a duty does not correspond to its penalty.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError

_KEYS: dict[str, type] = {
    "id": str,
    "name": str,
    "pattern": str,
    "telling": bool,
    "boilerplate": bool,
}


@dataclass(frozen=True, slots=True)
class ArticleClass:
    """A class that an article is in when `pattern` occurs in its body; an article may be in several.

    Attributes:
        telling: the class has features of its own in the models; the other classes count only
            together, in one feature.
        boilerplate: its clauses are compared only within pairs of documents that are read article by
            article, never found by searching the corpus.
    """

    class_id: str
    name: str
    pattern: re.Pattern[str]
    telling: bool
    boilerplate: bool


def load(path: Path) -> list[ArticleClass]:
    """Read the classes in file order.

    Raises:
        CorpusError: an incomplete entry, or a pattern that is not a regular expression.
    """
    classes = []
    for row in toml_files.entries(path, "class", _KEYS, {"id", "name", "pattern"}):
        try:
            pattern = re.compile(row["pattern"])
        except (re.error, OverflowError, RecursionError) as error:
            where = f"{path} [{row['id']}]"
            raise CorpusError(where, f"pattern 不是正则表达式（{error}）", "改正写法") from None
        flags = (row.get("telling", False), row.get("boilerplate", False))
        classes.append(ArticleClass(row["id"], row["name"], pattern, *flags))
    return classes
