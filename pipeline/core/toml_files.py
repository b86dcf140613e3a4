"""TOML that people write, read with errors that say where, what and how to fix."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

from pipeline.core.errors import CorpusError

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


def load(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        CorpusError: the file is absent, not UTF-8, or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # as some editors write it
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", "补上该文件，或改正路径") from None
    except UnicodeDecodeError as error:
        raise CorpusError(
            str(path), f"第 {error.start} 字节不是 UTF-8", "另存为 UTF-8 编码"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(str(path), f"不是合法的 TOML（{error}）", "按提示的行列改正") from None


def entries(
    path: Path,
    name: str,
    keys: dict[str, type],
    required: set[str],
    beside: tuple[str, ...] = (),
) -> list[dict[str, Any]]:
    """The [[name]] entries of a TOML file, with known keys of the right type only.

    Args:
        path: the file.
        name: of the array of tables.
        keys: key → type of its value; `object` takes any.
        required: keys that every entry has; "id" must be among them and unique.
        beside: other arrays of tables that may stand in the file.

    Raises:
        CorpusError: anything else, with the entry's id.
    """
    content = load(path)
    for key in content.keys() - {name, *beside}:
        known = "、".join(f"[[{each}]]" for each in (name, *beside))
        raise CorpusError(str(path), f"不认识的键 {key!r}", f"只能写 {known}")
    rows, seen = content.get(name, []), set()
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CorpusError(str(path), f"{name} 不是表的列表", f"每条以 [[{name}]] 开头")
    for count, row in enumerate(rows, 1):
        where = f"{path} [{row.get('id', f'第 {count} 条')}]"
        _check_keys(where, row, keys, required)
        if row["id"] in seen:
            raise CorpusError(where, "id 重复", "每条用不同的 id")
        seen.add(row["id"])
    return rows


def _check_keys(where: str, row: dict[str, Any], keys: dict[str, type], required: set[str]) -> None:
    for key, value in row.items():
        if key not in keys:
            raise CorpusError(where, f"不认识的键 {key!r}", f"可用的键：{'、'.join(keys)}")
        if not isinstance(value, keys[key]):
            kind = {str: "文字", list: "列表", int: "整数", dict: "表"}.get(keys[key], "")
            raise CorpusError(where, f"{key} = {value!r} 类型不对", f"应为{kind}")
        if isinstance(value, str) and not value.strip():
            raise CorpusError(where, f"{key} 是空的", "填上内容，或删去这一行")
    for key in sorted(required - row.keys()):
        raise CorpusError(where, f"缺少 {key}", f"补上 {key} = …")


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
