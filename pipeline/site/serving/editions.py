"""A rebuilt kb.db is taken up by the running site; a request reads one edition from end to end.

`make` renames a new file over kb.db. Datasette opens a connection for each of its threads when
that thread first needs one, by the file's name: after a rename some threads would answer from the
old file and some from the new. An edition is therefore opened under a name of its own.
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

CHECK_EVERY = 1.0  # seconds: soon enough for a reader, and a busy site does not stat all day
_COUNTING = 10_000  # ms for counting one table, once an edition

_Identity = tuple[int, int, int, int]


class Edition(Database):  # type: ignore[misc]
    """One build of kb.db, under a name that leads to it for as long as it is open.

    The name is a hard link in a hidden folder beside kb.db: it costs nothing, and connections,
    hash and download all find the same bytes by it. /proc/self/fd/N would not do: SQLite reads
    that symbolic link and opens the name it shows, which is the new file. Where no link can be
    made (a folder closed to us, a file system without links) a copy in the system's temporary
    folder serves as well. Both ways work on Linux and on macOS.
    """

    def __init__(self, ds: Datasette, source: Path, name: str, route: str) -> None:
        self._folder = _folder_with(source)
        # Whoever finds this lock free knows that the folder was left by a process that died.
        self._lock = os.open(self._folder.name, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        super().__init__(ds, path=str(Path(self._folder.name) / source.name), is_mutable=False)
        self.name, self.route = name, route

    def close(self) -> None:
        """Close the connections and give up the name."""
        if not self._closed:
            super().close()
            self._folder.cleanup()
            os.close(self._lock)


class Shelf(Mapping[str, Database]):
    """Datasette's databases, in the edition that the request in hand began with."""

    def __init__(self, ds: Datasette) -> None:
        plain = kb.database(ds)
        self._ds, self.source = ds, Path(plain.path)
        self._name, self._route = plain.name, plain.route
        self._all: dict[str, Database] = dict(ds.databases)
        self._readers: Counter[Database] = Counter()
        self._reading: ContextVar[dict[str, Database] | None] = ContextVar("reading", default=None)
        self._seen: _Identity | None = None
        self._looking, self._next_look = False, 0.0

    def __getitem__(self, name: str) -> Database:
        return (self._reading.get() or self._all)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reading.get() or self._all)

    def __len__(self) -> int:
        return len(self._reading.get() or self._all)

    def copy(self) -> dict[str, Database]:
        """A plain copy, which Datasette asks for."""
        return dict(self)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Hold one edition while a request is answered; the last reader of an old one closes it."""
        await self.look()
        if self._reading.get():  # a page that asks for another page
            yield
            return
        held, edition = self._all, self._all[self._name]
        self._readers[edition] += 1
        token = self._reading.set(held)
        try:
            yield
        finally:
            self._reading.reset(token)
            self._readers[edition] -= 1
            await self._close_if_done(edition)

    async def look(self) -> None:
        """Take up a kb.db that has been replaced; a file that cannot be read is told once."""
        if self._looking or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + CHECK_EVERY
        found = _identity(self.source)
        if found is None or found == self._seen:
            return
        self._looking = True
        try:
            await self._swap()
        except (OSError, ValueError, sqlite3.Error) as error:
            print(f"{self.source}：不能读，仍用原来的库（{error}）", file=sys.stderr, flush=True)
        finally:
            self._seen, self._looking = found, False

    async def _swap(self) -> None:
        """Open the new file; only when all that is known of it is ready, show it."""
        new = await asyncio.to_thread(_opened, self._ds, self.source, self._name, self._route)
        try:
            await new.table_counts(limit=_COUNTING)
            # Datasette compares schema versions, which two builds have in common.
            version = (await new.execute("pragma schema_version")).single_value()
            await populate_schema_tables(self._ds.get_internal_database(), new, version)
        except BaseException:
            new.close()
            raise
        old = self._all[self._name]
        self._all = {**self._all, self._name: new}
        await self._close_if_done(old)

    async def _close_if_done(self, edition: Database) -> None:
        if edition is not self._all[self._name] and not self._readers[edition]:
            del self._readers[edition]
            await asyncio.to_thread(edition.close)


def sweep(source: Path) -> None:
    """Remove the folders that sites left when they were killed."""
    for place in (source.parent, Path(tempfile.gettempdir())):
        for folder in place.glob(f"{_prefix(source)}*"):
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
    """What a replaced file differs in; None while there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _folder_with(source: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder that holds the file as it is now, under its own name."""
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


def _opened(ds: Datasette, source: Path, name: str, route: str) -> Edition:
    """An edition that has proved to be a whole knowledge base."""
    edition = Edition(ds, source, name, route)
    try:
        _prove(Path(edition.path))
        edition.cached_hash = inspect_hash(Path(edition.path))  # here, or a page would wait for it
    except BaseException:
        edition.close()
        raise
    return edition


def _prove(path: Path) -> None:
    """Hold a file against its own header and the one table that every build has.

    Raises:
        ValueError: it is no SQLite file, or not all of it is here.
        sqlite3.Error: it cannot be read, or is no knowledge base.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if header[:16] != b"SQLite format 3\0":
        raise ValueError("不是 SQLite 文件")
    size, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
    if path.stat().st_size < pages * (65536 if size == 1 else size):
        raise ValueError("文件不完整")
    conn = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    try:
        if conn.execute("select count(build_id) from builds").fetchone() == (0,):
            raise ValueError("没有构建编号")
    finally:
        conn.close()
