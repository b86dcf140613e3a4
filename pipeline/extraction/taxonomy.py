"""Taxonomy: the topics that clauses are classified into, read from corpus/topics.toml."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.schema import Keys, each
from pipeline.language.normalization import fold

DECIDING = 3  # total weight of keywords from which on a clause is in a topic


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of policy.

    `keywords` are folded term → weight: 3 decides, 2 is strong, 1 only supports. `exclude` are folded
    terms in which a keyword does not count. `departments` are region → departments in charge.
    `any_keyword` finds the first keyword of a text.
    """

    topic_id: str
    name: str
    parent_id: str | None
    definition: str
    keywords: dict[str, int]
    exclude: list[str]
    departments: dict[str, list[str]]
    any_keyword: re.Pattern[str]

    def matches(self, text: str) -> dict[str, int]:
        """Keyword → how often it occurs in a folded text, excluded terms cut out first."""
        if not self.any_keyword.search(text):  # most texts have none
            return {}
        for term in self.exclude:
            text = text.replace(term, "\0")
        return {term: text.count(term) for term in self.keywords if term in text}

    def weight(self, terms: dict[str, int]) -> int:
        """The total weight of matched terms; supporting terms alone weigh nothing."""
        weights = [self.keywords[term] for term in terms]
        return sum(weights) if any(weight > 1 for weight in weights) else 0


def load(path: Path, regions: set[str]) -> dict[str, Topic]:
    """Read the topics in file order.

    Args:
        path: the file.
        regions: codes of all regions.

    Raises:
        CorpusError: an entry of the wrong form, an unknown parent or region, a wrong weight.
    """
    keys: Keys = {
        **dict.fromkeys(("id", "name", "parent", "definition"), str),
        "keywords": _keywords,
        "exclude": each(str),
        "departments": dict,
    }
    topics: dict[str, Topic] = {}
    for row in toml_files.entries(path, "topic", keys, {"id", "name", "definition", "keywords"}):
        where, parent = f"{path} [{row['id']}]", row.get("parent")
        if parent is not None and parent not in topics:
            raise CorpusError(where, f"上级主题 {parent!r} 不在前面", "先写上级，再写下级")
        departments = row.get("departments", {})
        for region in departments.keys() - regions:
            found = f"departments 中有未知地区 {region!r}"
            raise CorpusError(where, found, "写 corpus/regions.toml 中有的代码")
        topics[row["id"]] = Topic(
            row["id"],
            row["name"],
            parent,
            row["definition"],
            row["keywords"],
            [fold(term) for term in row.get("exclude", [])],
            departments,
            re.compile("|".join(map(re.escape, row["keywords"]))),
        )
    return topics


def _keywords(where: str, key: str, value: Any) -> dict[str, int]:
    """The kind of a list of keywords: folded term → weight."""
    keywords: dict[str, int] = {}
    for keyword in each(object)(where, key, value):
        if not isinstance(keyword, dict) or set(keyword) != {"term", "weight"}:
            found, fix = f"{key} 中的 {keyword!r}", '写成 {term = "居住证积分", weight = 3}'
            raise CorpusError(where, found, fix)
        if not isinstance(keyword["term"], str) or not keyword["term"].strip():
            raise CorpusError(where, f"term = {keyword['term']!r}", '写成文字：term = "居住证积分"')
        term, weight = fold(keyword["term"]), keyword["weight"]
        if weight not in (1, 2, 3):
            raise CorpusError(where, f"{term} 的 weight = {weight!r}", "只能是 1、2、3")
        if term in keywords:
            raise CorpusError(where, f"关键词 {term} 重复", "只写一次")
        keywords[term] = weight
    return keywords
