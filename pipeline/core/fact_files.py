"""Fact files: facts, search records and exclusions as corpus/facts/*.jsonl holds them.

A fact is what a named source says, restated in this project's words. A search record says what was
looked for and not found. An exclusion says why something collected stays out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.errors import CorpusError

FACT_KEYS = ("id", "document", "topic", "attribute", "statement", "condition", "note", "value", "unit",
             "as_of", "source", "url", "source_kind", "confidence")  # fmt: skip
SEARCH_KEYS = (
    "id",
    "region",
    "topic",
    "subject",
    "searched",
    "finding",
    "as_of",
    "source",
    "confidence",
)
EXCLUDED_KEYS = ("id", "reason")
ANSWERING_KEYS = (
    "id",
    "reason",
    "region",
    "answers",
)  # of what region, and which facts it would answer
_OPTIONAL = {"condition", "note", "value", "unit", "as_of", "url"}


@dataclass(slots=True)
class FactFiles:
    """All fact files of a build by id, in file order."""

    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    searches: dict[str, dict[str, Any]] = field(default_factory=dict)
    excluded: dict[str, dict[str, Any]] = field(default_factory=dict)


def read(folders: tuple[Path, ...]) -> FactFiles:
    """Read facts/*.jsonl of every corpus folder; searches-* and excluded-* are their own kinds.

    Raises:
        CorpusError: a line that is not such a record, or an id that is used twice.
    """
    found = FactFiles()
    seen: dict[str, str] = {}
    for folder in folders:
        for path in sorted((folder / "facts").glob("*.jsonl")):
            kind = path.name.split("-")[0].removesuffix(".jsonl")
            keys, rows = {
                "searches": (SEARCH_KEYS, found.searches), "excluded": (EXCLUDED_KEYS, found.excluded),
            }.get(kind, (FACT_KEYS, found.facts))  # fmt: skip
            for where, row in _lines(path):
                _check(where, row, keys)
                if row["id"] in seen:
                    raise CorpusError(
                        where, f"事实编号 {row['id']} 与 {seen[row['id']]} 重复", "改用别的编号"
                    )
                seen[row["id"]] = where
                rows[row["id"]] = row
    return found


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(str(path), f"第 {error.start} 字节不是 UTF-8", "另存为 UTF-8") from None
    for count, line in enumerate(text.splitlines(), 1):
        if line.strip():
            where = f"{path} 第 {count} 行"
            try:
                yield where, json.loads(line)
            except json.JSONDecodeError as error:
                raise CorpusError(
                    where, f"不是合法的 JSON（{error.msg}）", "每行一个 {…}"
                ) from None


def _check(where: str, row: Any, keys: tuple[str, ...]) -> None:
    if isinstance(row, dict) and set(row) == set(ANSWERING_KEYS) and keys == EXCLUDED_KEYS:
        keys = ANSWERING_KEYS
    if not isinstance(row, dict) or set(row) != set(keys):
        raise CorpusError(where, "键不全或多余", f"恰好写 {'、'.join(keys)}")
    for key in keys:
        if not row[key] and key not in _OPTIONAL:
            raise CorpusError(where, f"{key} 是空的", "填上内容")
    if row.get("confidence", "high") not in ("high", "medium"):
        raise CorpusError(
            where,
            f"confidence = {row['confidence']!r}",
            "high 或 medium；low 写入 excluded-*.jsonl",
        )
