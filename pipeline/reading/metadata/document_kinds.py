"""Document kinds: policy, or draft, interpretation, Q&A, form, guide or news, by words of title and text.

The words are in corpus/patterns/document_kinds.toml.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA

PATH = DATA / "patterns" / "document_kinds.toml"
WHERE = ("title", "text")
_KEYS: dict[str, type] = {"id": str, "where": str, "words": list, "least": int}
_ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条[ \u3000]")
_LAW = 5  # articles, cited ones among them, from which a text is no report


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of one kind, where they stand, and how many different ones decide."""

    kind: str
    where: str
    words: tuple[str, ...]
    least: int

    def match(self, text: str) -> bool:
        """Whether enough of the words are in a text."""
        return sum(word in text for word in self.words) >= self.least


@cache
def words() -> tuple[KindWords, ...]:
    """The bundled words, in the order in which they are tried."""
    return load(PATH)


def load(path: Path) -> tuple[KindWords, ...]:
    """Read the words.

    Raises:
        CorpusError: an entry that is not complete, an unknown place, or words that are not text.
    """
    kinds: list[KindWords] = []
    for row in toml_files.entries(path, "kind", _KEYS, {"id", "where", "words"}):
        where = f"{path} [{row['id']}]"
        if row["where"] not in WHERE:
            raise CorpusError(where, f"where = {row['where']!r}", f"只能是 {'、'.join(WHERE)}")
        if not row["words"] or not all(isinstance(word, str) and word for word in row["words"]):
            raise CorpusError(where, "words 不是词的列表", '写成 words = ["甲", "乙"]')
        kinds.append(KindWords(row["id"], row["where"], tuple(row["words"]), row.get("least", 1)))
    return tuple(kinds)


def kind(title: str, text: str) -> str:
    """The kind of a document: policy, draft, interpretation, qa, form, guide or news.

    Args:
        title: its title and the other short lines of its head.
        text: all of it.

    >>> kind("某市甲办法（征求意见稿）", ""), kind("《某市甲办法》解读", ""), kind("某市甲办法", "")
    ('draft', 'interpretation', 'policy')
    """
    is_law = _is_law(text)
    for entry in words():
        if entry.match(title) if entry.where == "title" else entry.match(text) and not is_law:
            return entry.kind
    return "policy"


def is_news(text: str) -> bool:
    """Whether a text has the words of reports, and no articles: those may mention reporters."""
    is_report = any(entry.where == "text" and entry.match(text) for entry in words())
    return is_report and not _is_law(text)


def _is_law(text: str) -> bool:
    return len(_ARTICLE.findall(text)) >= _LAW
