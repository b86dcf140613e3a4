"""What the system does to a build is told in one line, like a user's mistake."""

import errno
import os
import sqlite3

import msgspec
import pytest

from pipeline.core.errors import EXPECTED, CorpusError, as_told


@pytest.mark.parametrize("error, found", [
    (CorpusError("a.toml", "坏了", "修好"), "a.toml：坏了"),
    (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "build/x.jsonl.part"), "build/x.jsonl.part：磁盘已满"),
    (OSError(errno.EROFS, os.strerror(errno.EROFS), "build"), "build：文件系统是只读的"),
    (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "kb.db"), "kb.db：没有权限"),
    (OSError(errno.EIO, os.strerror(errno.EIO), "f"), "f：Input/output error"),
    (ImportError("x.so: failed to map segment"), "程序库载入不了"),
    (MemoryError(), "内存不足"),
    (sqlite3.OperationalError("database or disk is full"), "disk is full"),
    (msgspec.DecodeError("Input data was truncated"), "中间结果残缺"),
])  # fmt: skip
def test_it_is_told_in_one_line_with_what_to_do(error, found):
    assert isinstance(error, EXPECTED)
    told = str(as_told(error))
    assert found in told and "；改法：" in told and "\n" not in told
