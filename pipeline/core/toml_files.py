"""TOML that people write: whole files and arrays of entries, checked by a schema; dates."""

import datetime
import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pipeline.core import schema, text_files
from pipeline.core.errors import CorpusError
from pipeline.core.schema import Keys

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


def load(path: Path) -> dict[str, Any]:
    """Read a TOML file without checking its keys.

    Raises:
        CorpusError: the file is absent, not UTF-8, or not TOML.
    """
    try:
        return tomllib.loads(text_files.read(path))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(str(path), f"不是合法的 TOML（{error}）", "按提示的行列改正") from None
    except (ValueError, RecursionError):  # not of TOML, but of what Python takes
        found = "有几千位的数，或套得太深的括号"
        raise CorpusError(str(path), found, "找到那一处，改短或加引号") from None


def read(path: Path, keys: Keys, required: Collection[str] | None = None) -> dict[str, Any]:
    """Read a file whose top level is one table.

    Args:
        path: the file.
        keys: schema of the table.
        required: keys that must stand in it; all when None.

    Raises:
        CorpusError: an unreadable file, an unknown or missing key, a value of another kind.
    """
    content = load(path)
    checked = schema.check(str(path), content, keys, required=())
    for key in sorted(set(keys if required is None else required) - content.keys()):
        raise CorpusError(str(path), f"缺少键 {key!r}", "照同类条目补上")
    return checked


def entries(
    path: Path,
    name: str,
    keys: Keys,
    required: Collection[str],
    beside: tuple[str, ...] = (),
) -> list[dict[str, Any]]:
    """Read the [[name]] entries of a file, each under an id of its own.

    Args:
        path: the file.
        name: of the array of tables.
        keys: schema of an entry.
        required: keys that every entry has; "id" must be among them.
        beside: other arrays of tables that may stand in the file.

    Raises:
        CorpusError: an unreadable file, or an entry that the schema does not allow, by its id.
    """
    content = load(path)
    for key in content.keys() - {name, *beside}:
        arrays = "、".join(f"[[{array}]]" for array in (name, *beside))
        raise CorpusError(str(path), f"不认识的键 {key!r}", f"只能写 {arrays}")
    checked: dict[str, dict[str, Any]] = {}
    for count, row in enumerate(schema.rows(str(path), name, content.get(name, [])), 1):
        where = f"{path} [{row.get('id', f'第 {count} 条')}]"
        entry = schema.check(where, row, keys, required)
        if entry["id"] in checked:
            raise CorpusError(where, "id 重复", "每条用不同的 id")
        checked[entry["id"]] = entry
    return list(checked.values())


def date(where: str, key: str, value: object) -> str | None:
    """A date as text: a TOML date, or "YYYY-MM" or "YYYY" where only that is known.

    >>> date("a.toml [x]", "issued", "2019-03")
    '2019-03'

    Raises:
        CorpusError: any other form.
    """
    if value is None:
        return None
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, str) and _PARTIAL_DATE.fullmatch(value):
        return value
    shown = f'"{value}"' if isinstance(value, str) else value
    fix = f'不加引号写 {key} = 2019-01-31；只知年月或年的写 "2019-01"、"2019"'
    raise CorpusError(where, f"{key} = {shown} 不是日期", fix)
