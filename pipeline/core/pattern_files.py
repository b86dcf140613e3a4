"""Patterns files: TOML of named expressions, word lists and tables, checked where a person may err."""

import re
from pathlib import Path
from typing import Any

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError


def load(
    path: Path, expressions: set[str], lists: set[str], arrays: dict[str, set[str]]
) -> dict[str, Any]:
    """Read a patterns file; expressions come back compiled.

    Args:
        path: the file.
        expressions: keys whose value is a regular expression; all must stand in the file.
        lists: keys whose value is a list of words; all must stand in the file.
        arrays: arrays of tables and the keys that their entries may have.

    Raises:
        CorpusError: an unknown or missing key, a value of the wrong kind, a faulty expression.
    """
    content = toml_files.load(path)
    for key in sorted(content.keys() - expressions - lists - arrays.keys()):
        known = "、".join(sorted(expressions | lists | arrays.keys()))
        raise CorpusError(str(path), f"不认识的键 {key!r}", f"可用的键：{known}")
    for key in sorted((expressions | lists | arrays.keys()) - content.keys()):
        raise CorpusError(str(path), f"缺少 {key}", f"补上 {key} = …")
    found: dict[str, Any] = {}
    for key in expressions:
        found[key] = expression(str(path), key, content[key])
    for key in lists:
        found[key] = _words(str(path), key, content[key])
    for key, allowed in arrays.items():
        found[key] = _entries(path, key, content[key], allowed)
    return found


def expression(where: str, key: str, value: object) -> re.Pattern[str]:
    """Compile an expression that a person wrote.

    Raises:
        CorpusError: it is no text, or no regular expression.
    """
    if not isinstance(value, str) or not value:
        raise CorpusError(where, f"{key} 不是正则表达式", "写成单引号的文字")
    try:
        return re.compile(value)
    except re.error as error:
        found = f"{key} 的正则表达式有误（{error.msg}）：{value[:60]}"
        raise CorpusError(where, found, "改正括号、方括号和反斜杠") from None


def _words(where: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise CorpusError(where, f"{key} 不是词的列表", f'写成 {key} = ["甲", "乙"]')
    return tuple(value)


def _entries(path: Path, key: str, value: object, allowed: set[str]) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise CorpusError(str(path), f"{key} 不是表的列表", f"每条以 [[{key}]] 开头")
    for count, row in enumerate(value, 1):
        where = f"{path} [[{key}]] 第 {count} 条"
        for name in sorted(row.keys() - allowed):
            known = "、".join(sorted(allowed))
            raise CorpusError(where, f"不认识的键 {name!r}", f"可用的键：{known}")
        if "name" in allowed and not row.get("name"):
            raise CorpusError(where, "缺少 name", "补上 name = …")
    return value
