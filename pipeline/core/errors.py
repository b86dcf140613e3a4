"""The error that a user sees: where it is, what was found, how to fix it."""

import errno
import sqlite3

from pipeline.core import jsonl

# Of the system → what is wrong, how to fix it.
_OF_SYSTEM = {
    errno.ENOSPC: ("磁盘已满", "腾出空间再运行，已有的 kb.db 没有动"),
    errno.EDQUOT: ("磁盘配额已满", "腾出空间再运行，已有的 kb.db 没有动"),
    errno.EFBIG: ("文件超过系统允许的大小", "放宽限度（ulimit -f）再运行，已有的 kb.db 没有动"),
    errno.EROFS: ("文件系统是只读的", "换一个可写的文件夹：make BUILD=… KB=…"),
    errno.EACCES: ("没有权限", "改权限，或换一个可写的文件夹：make BUILD=… KB=…"),
    errno.EPERM: ("没有权限", "改权限，或换一个可写的文件夹：make BUILD=… KB=…"),
    errno.ENOENT: ("文件不在了", "多半是构建中被移走；放回后再运行"),
    errno.ENOMEM: ("内存不足", "关闭别的程序，或用 JOBS=1"),
}


class CorpusError(Exception):
    """A file, an entry or an argument that cannot be used; printed as one line, exit status 1.

    >>> print(CorpusError("corpus/sources.toml [a]", "issued = 'x' 不是日期", "写成 2019-01-01"))
    corpus/sources.toml [a]：issued = 'x' 不是日期；改法：写成 2019-01-01
    """

    def __init__(self, where: str, found: str, fix: str) -> None:
        super().__init__(f"{where}：{found}；改法：{fix}".replace("\n", " "))
        self.where, self.found, self.fix = where, found, fix

    def __reduce__(self) -> tuple[type["CorpusError"], tuple[str, str, str]]:
        return CorpusError, (self.where, self.found, self.fix)  # from one process to another


# What may stop a build without being a fault of the code: `as_told` tells it.
EXPECTED = (CorpusError, OSError, MemoryError, ImportError, sqlite3.Error, jsonl.DecodeError)


def as_told(error: BaseException) -> CorpusError:
    """A user's mistake as it is; what the system or a torn file did, as the user is told it."""
    if isinstance(error, CorpusError):
        return error
    if isinstance(error, OSError):
        found, fix = _OF_SYSTEM.get(error.errno or 0, (error.strerror or str(error), "再运行一次"))
        return CorpusError(str(error.filename or "构建"), found, fix)
    if isinstance(error, MemoryError):
        return CorpusError("构建", *_OF_SYSTEM[errno.ENOMEM])
    if isinstance(error, ImportError):  # where memory is short, libraries cannot be mapped
        fix = "多半是内存不足：关闭别的程序，或用 JOBS=1；否则删去 .venv，再运行 make"
        return CorpusError("构建", f"程序库载入不了（{error}）", fix)
    if isinstance(error, sqlite3.Error):
        fix = "看看磁盘和权限，再运行一次；已有的 kb.db 没有动"
        return CorpusError("kb.db.part", f"写不成（{error}）", fix)
    return CorpusError("构建", f"中间结果残缺（{error}）", "make clean 后重新构建")
