"""Schema of hand-edited tables: which keys a table has, and of what kind their values are.

One checker for all files that people write, so that one mistake has one wording. Readers are
`toml_files`, `pattern_files` and `text_files`; machine-written rows (`jsonl`) are not checked here.

A schema is a mapping of key → kind. A kind is a type (`str` means text that is not blank, `object`
anything) or a function of (where, key, value) that returns the value, checked and, where that
helps, converted: a date as ISO text, an expression compiled.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pipeline.core.errors import CorpusError

Check = Callable[[str, str, Any], Any]
Kind = type | Check
Keys = Mapping[str, Kind]
_TYPES = {
    str: "文字",
    list: "列表",
    int: "整数",
    float: "数",
    bool: " true 或 false",
    dict: "表",
}


def check(
    where: str, row: Mapping[str, Any], keys: Keys, required: Collection[str] | None = None
) -> dict[str, Any]:
    """Check one table and convert its values.

    Args:
        where: file and entry, as the error names them.
        row: the table.
        keys: all keys that may stand in it, in the order in which an error lists them.
        required: keys that must stand in it; all when None.

    Returns:
        The values by key, in the table's own order.

    Raises:
        CorpusError: an unknown or missing key, or a value of another kind.

    >>> check("a.toml [x]", {"id": "x", "years": 2}, {"id": str, "years": int})
    {'id': 'x', 'years': 2}
    >>> check("a.toml [x]", {"id": "x"}, {"id": str, "years": int})
    Traceback (most recent call last):
    pipeline.core.errors.CorpusError: a.toml [x]：缺少 years；改法：补上 years = …
    """
    checked = {}
    for key, value in row.items():
        if key not in keys:
            raise CorpusError(where, f"不认识的键 {key!r}", f"可用的键：{'、'.join(keys)}")
        checked[key] = _value(where, key, value, keys[key])
    for key in sorted(set(keys if required is None else required) - row.keys()):
        raise CorpusError(where, f"缺少 {key}", f"补上 {key} = …")
    return checked


def exact(
    where: str, row: Any, keys: Keys, found: str = "键不全或多余", fix: str = ""
) -> dict[str, Any]:
    """Check one object of a JSON line, in which every key is written out, be its value null.

    Args:
        where: file and line.
        row: what the line holds.
        keys: its keys.
        found: what the error says of other keys.
        fix: how to mend that; by default the list of the keys.

    Raises:
        CorpusError: no object, other keys, or a value of another kind.
    """
    if not isinstance(row, dict) or row.keys() != keys.keys():
        raise CorpusError(where, found, fix or f"恰好写 {'、'.join(keys)}")
    return {key: _value(where, key, row[key], kind) for key, kind in keys.items()}


def _value(where: str, key: str, value: Any, kind: Kind) -> Any:
    if not isinstance(kind, type):
        return kind(where, key, value)
    accepted = (int, float) if kind is float else kind
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind in (int, float)):
        raise CorpusError(where, f"{key} = {value!r} 类型不对", f"应为{_TYPES[kind]}")
    if isinstance(value, str) and not value.strip():
        raise CorpusError(where, f"{key} 是空的", "填上内容，或删去这一行")
    return value


def one_of(allowed: Collection[str], noun: str = "") -> Check:
    """The kind of a value that is one of a few codes; `noun` is what the error calls the code.

    >>> one_of(("city", "county"))("a.toml [x]", "level", "town")
    Traceback (most recent call last):
    pipeline.core.errors.CorpusError: a.toml [x]：level = 'town'；改法：只能是 city、county
    """

    def checked(where: str, key: str, value: Any) -> Any:
        if value in allowed:
            return value
        codes = "、".join(allowed)
        if noun:
            raise CorpusError(where, f"未知的{noun} {value!r}", f"可用的{noun}：{codes}")
        raise CorpusError(where, f"{key} = {value!r}", f"只能是 {codes}")

    return checked


def each(kind: Kind) -> Check:
    """The kind of a list whose values are all of one kind."""

    def checked(where: str, key: str, value: Any) -> list[Any]:
        return [_value(where, key, item, kind) for item in _value(where, key, value, list)]

    return checked


def table(keys: Keys, required: Collection[str] | None = None) -> Check:
    """The kind of a table inside a table: [key] in TOML."""

    def checked(where: str, key: str, value: Any) -> dict[str, Any]:
        return check(f"{where} [{key}]", _value(where, key, value, dict), keys, required)

    return checked


def tables(keys: Keys, required: Collection[str] | None = None, label: str = "") -> Check:
    """The kind of an array of tables: [[key]] in TOML.

    Args:
        keys: of each table.
        required: as in `check`.
        label: the key whose value names a table in errors; without it, its number does.
    """

    def checked(where: str, key: str, value: Any) -> list[dict[str, Any]]:
        return [
            check(f"{where} [[{key}]] {row.get(label, f'第 {count} 条')}", row, keys, required)
            for count, row in enumerate(rows(where, key, value), 1)
        ]

    return checked


def rows(where: str, key: str, value: Any) -> list[dict[str, Any]]:
    """The tables of an array of tables, not yet checked.

    Raises:
        CorpusError: the value is something else.
    """
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise CorpusError(where, f"{key} 不是表的列表", f"每条以 [[{key}]] 开头")
    return value
