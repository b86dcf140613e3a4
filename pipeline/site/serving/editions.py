"""Editions: a rebuilt kb.db replaces the old one in the running site; each request reads one edition.

`make` renames a new file over kb.db. Datasette opens a connection for each of its threads when that
thread first needs one, by the file's name: after a rename some threads would read the old file and some
the new one. An edition is therefore opened under a name of its own.
"""

import asyncio
import fcntl
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from datasette.app import Datasette
from datasette.database import Database
from datasette.inspect import inspect_hash
from datasette.utils.internal_db import populate_schema_tables

from pipeline.site import kb

CHECK_EVERY = 1.0  # seconds between two checks for a new file
_COUNT_LIMIT = 10_000  # ms for counting one table, once for each edition

_Identity = tuple[int, int, int, int]  # device, inode, modification time in ns, size in bytes


class Edition(Database):  # type: ignore[misc]
    """One build of kb.db, under a name that refers to it as long as it is open.

    The name is a hard link in a hidden folder beside kb.db: it costs nothing, and connections, hash and
    download all read the same bytes through it. /proc/self/fd/N does not work: SQLite resolves that
    symbolic link and opens the name behind it, which is the new file. Where no link can be made (a
    folder without write permission, a file system without links), it is a copy in the system's
    temporary folder. Both ways work on Linux and on macOS.
    """

    def __init__(self, ds: Datasette, source: Path, name: str, route: str) -> None:
        self._folder = _folder_with(source)
        # A folder whose lock is free was left by a process that died.
        self._lock = os.open(self._folder.name, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        super().__init__(ds, path=str(Path(self._folder.name) / source.name), is_mutable=False)
        self.name, self.route = name, route

    def close(self) -> None:
        """Close the connections and remove the name."""
        if not self._closed:
            super().close()
            self._folder.cleanup()
            os.close(self._lock)


class EditionedDatabases(Mapping[str, Database]):
    """Datasette's databases by name, in the edition with which the current request began."""

    def __init__(self, ds: Datasette) -> None:
        original = kb.database(ds)
        self._ds, self.source = ds, Path(original.path)
        self._name, self._route = original.name, original.route
        self._newest: dict[str, Database] = dict(ds.databases)
        self._readers: Counter[Database] = Counter()
        self._pinned: ContextVar[dict[str, Database] | None] = ContextVar("pinned", default=None)
        self._identity: _Identity | None = None
        self._is_checking, self._next_check = False, 0.0

    def __getitem__(self, name: str) -> Database:
        return (self._pinned.get() or self._newest)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pinned.get() or self._newest)

    def __len__(self) -> int:
        return len(self._pinned.get() or self._newest)

    def copy(self) -> dict[str, Database]:
        """A dict, which Datasette requires."""
        return dict(self)

    @asynccontextmanager
    async def pin(self) -> AsyncIterator[None]:
        """Keep one edition during a request; the last request of an old edition closes it."""
        await self.refresh()
        if self._pinned.get():  # a request within a request
            yield
            return
        databases, edition = self._newest, self._newest[self._name]
        self._readers[edition] += 1
        token = self._pinned.set(databases)
        try:
            yield
        finally:
            self._pinned.reset(token)
            self._readers[edition] -= 1
            await self._close_if_done(edition)

    async def refresh(self) -> None:
        """Open kb.db if it has been replaced; a file that cannot be read is reported once."""
        if self._is_checking or time.monotonic() < self._next_check:
            return
        self._next_check = time.monotonic() + CHECK_EVERY
        identity = _identity(self.source)
        if identity is None or identity == self._identity:
            return
        self._is_checking = True
        try:
            await self._swap()
        except (OSError, ValueError, sqlite3.Error) as error:
            print(f"{self.source}：不能读，仍用原来的库（{error}）", file=sys.stderr, flush=True)
        finally:
            self._identity, self._is_checking = identity, False

    async def _swap(self) -> None:
        """Open the new file, and show it once its counts and schema are ready."""
        new = await asyncio.to_thread(_open, self._ds, self.source, self._name, self._route)
        try:
            await new.table_counts(limit=_COUNT_LIMIT)
            # Datasette itself would see no change: two builds have the same schema version.
            version = (await new.execute("pragma schema_version")).single_value()
            await populate_schema_tables(self._ds.get_internal_database(), new, version)
        except BaseException:
            new.close()
            raise
        old = self._newest[self._name]
        self._newest = {**self._newest, self._name: new}
        await self._close_if_done(old)

    async def _close_if_done(self, edition: Database) -> None:
        if edition is not self._newest[self._name] and not self._readers[edition]:
            del self._readers[edition]
            await asyncio.to_thread(edition.close)


def sweep(source: Path) -> None:
    """Remove the folders left by sites that were killed."""
    for parent in (source.parent, Path(tempfile.gettempdir())):
        for folder in parent.glob(f"{_prefix(source)}*"):
            with suppress(OSError):
                lock = os.open(folder, os.O_RDONLY)
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)
                finally:
                    os.close(lock)


def _prefix(source: Path) -> str:
    return f".{source.name}-"


def _identity(path: Path) -> _Identity | None:
    """The identity of a file, which changes when it is replaced; None while there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def _folder_with(source: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder that holds the file as it is now, under the same name."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=_prefix(source), dir=source.parent)
    except OSError:
        folder = tempfile.TemporaryDirectory(prefix=_prefix(source))
    try:
        os.link(source.resolve(strict=True), Path(folder.name) / source.name)
    except FileNotFoundError:
        folder.cleanup()
        raise
    except OSError:
        folder.cleanup()
        folder = tempfile.TemporaryDirectory(prefix=_prefix(source))
        shutil.copyfile(source, Path(folder.name) / source.name)
    return folder


def _open(ds: Datasette, source: Path, name: str, route: str) -> Edition:
    """An edition, checked to be a complete knowledge base."""
    edition = Edition(ds, source, name, route)
    try:
        _check(Path(edition.path))
        edition.cached_hash = inspect_hash(Path(edition.path))  # here, so that no page waits for it
    except BaseException:
        edition.close()
        raise
    return edition


def _check(path: Path) -> None:
    """Check a file against its SQLite header and for the table `builds`.

    The header has the page size at offset 16, where 1 stands for 65536, and the number of pages at
    offset 28 (https://www.sqlite.org/fileformat2.html#the_database_header).

    Raises:
        ValueError: it is not an SQLite file, is truncated, or has no build.
        sqlite3.Error: it cannot be read, or is not a knowledge base.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if header[:16] != b"SQLite format 3\0":
        raise ValueError("不是 SQLite 文件")
    page_size, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
    if path.stat().st_size < pages * (65536 if page_size == 1 else page_size):
        raise ValueError("文件不完整")
    conn = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    try:
        if conn.execute("select count(build_id) from builds").fetchone() == (0,):
            raise ValueError("没有构建编号")
    finally:
        conn.close()
