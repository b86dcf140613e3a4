"""Pattern files: TOML of named expressions, word lists and arrays of tables, and their kinds of value."""

import re
from pathlib import Path
from typing import Any

from pipeline.core import schema, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.schema import Kind


def load(
    path: Path, expressions: set[str], lists: set[str], arrays: dict[str, set[str]]
) -> dict[str, Any]:
    """Read a pattern file; expressions come back compiled, word lists as tuples.

    Args:
        path: the file.
        expressions: keys whose value is a regular expression; all must stand in the file.
        lists: keys whose value is a list of words; all must stand in the file.
        arrays: arrays of tables and the keys that their entries may have; "name" must stand in
            an entry that may have it.

    Raises:
        CorpusError: an unknown or missing key, a value of the wrong kind, a faulty expression.
    """
    keys: dict[str, Kind] = {
        **dict.fromkeys(expressions, expression),
        **dict.fromkeys(lists, words),
        **{
            key: schema.tables(dict.fromkeys(sorted(allowed), object), {"name"} & allowed)
            for key, allowed in arrays.items()
        },
    }
    return toml_files.read(path, dict(sorted(keys.items())))


def expression(where: str, key: str, value: object) -> re.Pattern[str]:
    """The kind of a value that is a regular expression.

    Raises:
        CorpusError: it is no text, or no regular expression.
    """
    if not isinstance(value, str) or not value:
        raise CorpusError(where, f"{key} 不是正则表达式", "写成单引号的文字")
    try:
        return re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:  # {1,99999999999} is too many
        found = f"{key} 的正则表达式有误（{getattr(error, 'msg', error)}）：{value[:60]}"
        raise CorpusError(where, found, "改正括号、方括号和反斜杠") from None


def fragment(where: str, key: str, value: object) -> str:
    """The kind of a value that larger expressions are put together from: valid alone, kept as text."""
    return expression(where, key, value).pattern


def words(where: str, key: str, value: object) -> tuple[str, ...]:
    """The kind of a value that is a list of words.

    Raises:
        CorpusError: it is no list, or something in it is no text or empty.
    """
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise CorpusError(where, f"{key} 不是词的列表", f'写成 {key} = ["甲", "乙"]')
    return tuple(value)
