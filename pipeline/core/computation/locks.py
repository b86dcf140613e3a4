"""Locks: of two builds that would write the same files, the second is refused in one line.

A lock is on an open file and ends with the processes that hold it, so that a build that was killed leaves none.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.core.errors import CorpusError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made where it is not there; its bytes stay.

    Processes that are forked hold it too, until the last of them ends.

    Raises:
        CorpusError: another process holds it.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # not on Windows

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken(path) from None
        # Its holder may have renamed it just now: then this is the lock of another file.
        if not (path.exists() and os.path.samestat(path.stat(), os.fstat(descriptor))):
            raise _taken(path)
        yield
    finally:
        os.close(descriptor)


def _taken(path: Path) -> CorpusError:
    fix = "等它结束再运行，或另给一个文件夹：make BUILD=… KB=…"
    return CorpusError(str(path.parent), "另一次构建正在写这里", fix)
