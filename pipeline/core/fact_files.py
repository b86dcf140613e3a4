"""Fact files: facts, search records and exclusions, as corpus/facts/*.jsonl holds them.

A fact is what a named source says, restated in this project's words. A search record says what was
looked for and not found. An exclusion says why something collected is not used. A check says whether
the page at a fact's address states its figure; checks lie outside the corpus, in a file of the user.
"""

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core import schema, text_files
from pipeline.core.errors import CorpusError
from pipeline.core.schema import Keys

CONFIRMED, NOT_SEEN, PAGE_GONE, UNCHECKED = "confirmed", "not_seen", "page_gone", "unchecked"
_Records = dict[str, dict[str, Any]]  # by id, in file order


def _filled(where: str, key: str, value: Any) -> Any:
    """The kind of a text that says something."""
    if not _text(where, key, value):
        raise CorpusError(where, f"{key} 是空的", "填上内容")
    return value


def _text(where: str, key: str, value: Any) -> Any:
    """The kind of a text, or none."""
    if value is not None and not isinstance(value, str):
        raise CorpusError(where, f"{key} = {value!r} 不是文字", "加引号，没有就写 null")
    return value


def _number(where: str, key: str, value: Any) -> Any:
    """The kind of a figure, or none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is not None and not (is_number and math.isfinite(value)):
        raise CorpusError(where, f"{key} = {value!r} 不是数", "写数字，不加引号，没有就写 null")
    return value


def _matters(where: str, key: str, value: Any) -> Any:
    """The kind of the matters that a search was made for: ids, or none."""
    if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
        raise CorpusError(where, f"{key} = {value!r}", "写事项编号的列表，没有就写 []")
    return value


def _confidence(where: str, key: str, value: Any) -> Any:
    """The kind of a confidence that is high enough to be used."""
    if _filled(where, key, value) not in ("high", "medium"):
        fix = "high 或 medium；low 写入 excluded-*.jsonl"
        raise CorpusError(where, f"{key} = {value!r}", fix)
    return value


def _day(where: str, key: str, value: Any) -> Any:
    """The kind of a day as ISO text."""
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise CorpusError(where, f"{key} = {value!r} 不是日期", "写成 2019-01-01") from None


FACT_KEYS: Keys = {
    **dict.fromkeys(("id", "document", "topic", "attribute", "statement"), _filled),
    **dict.fromkeys(("condition", "note", "unit", "as_of", "url"), _text),
    "value": _number,
    "source": _filled,
    "source_kind": _filled,
    "confidence": _confidence,
}
SEARCH_KEYS: Keys = {
    **dict.fromkeys(("id", "region", "topic", "subject", "searched", "finding"), _filled),
    "as_of": _text,
    "source": _filled,
    "confidence": _confidence,
    "matters": _matters,
}
_CHECK_KEYS: Keys = {
    **dict.fromkeys(("fact_id", "url"), str),
    "value": float,
    "unit": _text,
    "state": schema.one_of((CONFIRMED, NOT_SEEN, PAGE_GONE, UNCHECKED)),
    "date": _day,
    "note": _text,
}
_EXCLUDED_KEYS: Keys = {"id": _filled, "reason": _filled}


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What the page at a fact's address says of its figure.

    Attributes:
        fact_id: of the fact.
        url: that was asked, with value and unit as the fact stated them: the check holds for these alone.
        state: CONFIRMED, NOT_SEEN, PAGE_GONE or UNCHECKED.
        date: of the check, as ISO text.
        note: what was found, in Chinese; "" for nothing.
    """

    fact_id: str
    url: str
    value: float
    unit: str | None
    state: str
    date: str
    note: str


@dataclass(slots=True)
class FactFiles:
    """All fact files of a build by id, in file order."""

    facts: _Records = field(default_factory=dict)
    searches: _Records = field(default_factory=dict)
    excluded: _Records = field(default_factory=dict)


def read(folders: tuple[Path, ...]) -> FactFiles:
    """Read facts/*.jsonl of every corpus folder; searches-* and excluded-* are their own kinds.

    Raises:
        CorpusError: a line that is not such a record, or an id that is used twice.
    """
    files = FactFiles()
    kinds = {
        "searches": (SEARCH_KEYS, files.searches),
        "excluded": (_EXCLUDED_KEYS, files.excluded),
    }
    lines_by_id: dict[str, str] = {}
    for folder in folders:
        for path in sorted((folder / "facts").glob("*.jsonl")):
            name = path.name.split("-")[0].removesuffix(".jsonl")
            keys, rows = kinds.get(name, (FACT_KEYS, files.facts))
            for where, row in text_files.json_lines(path):
                schema.exact(where, row, keys)
                if row["id"] in lines_by_id:
                    found = f"事实编号 {row['id']} 与 {lines_by_id[row['id']]} 重复"
                    raise CorpusError(where, found, "改用别的编号")
                lines_by_id[row["id"]] = where
                rows[row["id"]] = row
    return files


def checks(path: Path) -> dict[str, FactCheck]:
    """Read what `make verify` found, by fact; nothing where there is no such file.

    Raises:
        CorpusError: a line that is not such a check.
    """
    if not path.exists():
        return {}
    fix = "这个文件由 make verify 写；删去这一行，再运行 make verify"
    found: dict[str, FactCheck] = {}
    for where, row in text_files.json_lines(path):
        try:
            checked = schema.exact(where, row, _CHECK_KEYS)
        except CorpusError as error:
            raise CorpusError(where, error.found, fix) from None
        found[checked["fact_id"]] = FactCheck(**checked)
    return found


def check_of(fact: Mapping[str, Any], by_fact: Mapping[str, FactCheck]) -> FactCheck | None:
    """The check of a fact; None where it was not checked, or said something else when it was."""
    check = by_fact.get(fact["id"])
    now = (fact["url"], fact["value"], fact["unit"])
    return check if check and (check.url, check.value, check.unit) == now else None
