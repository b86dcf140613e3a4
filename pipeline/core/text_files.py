"""Text that people write: UTF-8 files as a whole, as lists of words, as lines of JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.core.errors import CorpusError


def read(path: Path, absent: str = "补上该文件，或改正路径") -> str:
    """The text of a UTF-8 file, without the byte order mark that some editors write.

    Args:
        path: the file.
        absent: what the error advises where there is no such file.

    Raises:
        CorpusError: the file is absent, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", absent) from None
    except UnicodeDecodeError as error:
        found = f"第 {error.start} 字节不是 UTF-8"
        raise CorpusError(str(path), found, "另存为 UTF-8 编码") from None


def words(path: Path) -> list[str]:
    """The words of a file with one a line, in file order; `#` begins a comment.

    Raises:
        CorpusError: an unreadable file, or two words in a line.
    """
    entries = []
    for count, line in enumerate(read(path, "补上该文件，可以为空").splitlines(), 1):
        if word := line.split("#")[0].strip():
            if " " in word:
                raise CorpusError(f"{path} 第 {count} 行", f"{word!r} 中有空格", "每行只写一个词")
            entries.append(word)
    return entries


def json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """The values of a file with one JSON value a line, each with its file and line for errors.

    Raises:
        CorpusError: an unreadable file, or a line that is not JSON.
    """
    for count, line in enumerate(read(path).splitlines(), 1):
        if line.strip():
            where = f"{path} 第 {count} 行"
            try:
                yield where, json.loads(line)
            except json.JSONDecodeError as error:
                found = f"不是合法的 JSON（{error.msg}）"
                raise CorpusError(where, found, "每行一个 {…}") from None
            except (ValueError, RecursionError):  # not of JSON, but of what Python takes
                found = "有几千位的数，或套得太深的括号"
                raise CorpusError(where, found, "改短或加引号") from None
