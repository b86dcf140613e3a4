"""Taxonomy: the topics that policy is sorted into, from corpus/topics.toml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.language.normalization import fold

DECIDING = 3  # total weight that puts a clause into a topic


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of policy; keywords carry weights 3 (decides), 2 (strong), 1 (supports)."""

    topic_id: str
    name: str
    parent_id: str | None
    definition: str
    keywords: dict[str, int]
    exclude: list[str]
    departments: dict[str, list[str]]

    def matches(self, text: str) -> dict[str, int]:
        """How often each keyword stands in a folded text, excluded terms cut out first."""
        for term in self.exclude:
            text = text.replace(term, "\0")
        return {term: text.count(term) for term in self.keywords if term in text}

    def weight(self, terms: dict[str, int]) -> int:
        """The total weight of matched terms; supporting terms alone weigh nothing."""
        weights = [self.keywords[term] for term in terms]
        return sum(weights) if any(weight > 1 for weight in weights) else 0


def load(path: Path, regions: set[str]) -> dict[str, Topic]:
    """Read the topics in file order.

    Raises:
        CorpusError: an entry of the wrong form, an unknown parent or region, a wrong weight.
    """
    keys: dict[str, type] = {"id": str, "name": str, "parent": str, "definition": str, "keywords": list,
            "exclude": list, "departments": dict}  # fmt: skip
    topics: dict[str, Topic] = {}
    for row in toml_files.entries(path, "topic", keys, {"id", "name", "definition", "keywords"}):
        where, parent = f"{path} [{row['id']}]", row.get("parent")
        if parent is not None and parent not in topics:
            raise CorpusError(where, f"上级主题 {parent!r} 不在前面", "先写上级，再写下级")
        for region in row.get("departments", {}).keys() - regions:
            raise CorpusError(
                where, f"departments 中有未知地区 {region!r}", "写 corpus/regions.toml 中有的代码"
            )
        topics[row["id"]] = Topic(
            row["id"], row["name"], parent, row["definition"], _keywords(where, row),
            [fold(term) for term in row.get("exclude", [])], row.get("departments", {}),
        )  # fmt: skip
    return topics


def _keywords(where: str, row: dict[str, Any]) -> dict[str, int]:
    keywords: dict[str, int] = {}
    for entry in row["keywords"]:
        if not isinstance(entry, dict) or set(entry) != {"term", "weight"}:
            raise CorpusError(
                where, f"keywords 中的 {entry!r}", '写成 {term = "居住证积分", weight = 3}'
            )
        term, weight = fold(entry["term"]), entry["weight"]
        if weight not in (1, 2, 3):
            raise CorpusError(where, f"{term} 的 weight = {weight!r}", "只能是 1、2、3")
        if term in keywords:
            raise CorpusError(where, f"关键词 {term} 重复", "只写一次")
        keywords[term] = weight
    return keywords
