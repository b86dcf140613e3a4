"""Kept results: a line for each task, computed again only where what it is made from changed.

The lines are kept in a file of their own, at its end the hashes of the modules and data files that they were
made by. They are read from there one by one, for all together may be larger than memory.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from pipeline.core import dependencies, jsonl

_Place = tuple[int, int]  # the first byte of a line in its file, and its length


@dataclass(frozen=True, slots=True)
class KeptLines(Sequence[bytes]):
    """The line of each task, read from the file where it is kept."""

    store: Path
    places: list[_Place]

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        with self.store.open("rb") as file:
            if isinstance(at, slice):
                return [_taken(file, place) for place in self.places[at]]
            return _taken(file, self.places[at])

    def __iter__(self) -> Iterator[bytes]:
        with self.store.open("rb") as file:
            for place in self.places:
                yield _taken(file, place)


def compute(
    store: Path, keys: Sequence[str], fresh: Callable[[list[int]], Iterable[bytes]]
) -> KeptLines:
    """The line of each task, from the last run where it kept one.

    Args:
        store: file of the kept lines, rewritten.
        keys: for each task a hash of its input, by `key`.
        fresh: computes some tasks, given by their places in `keys`: their lines, in that order.
    """
    kept = _read(store)
    missing = [place for place, name in enumerate(keys) if name not in kept]
    computed = iter(fresh(missing) if missing else ())
    places: list[_Place] = []

    def lines() -> Iterator[bytes]:
        start = 0
        with store.open("rb") if kept else nullcontext(io.BytesIO()) as old:
            for name in keys:
                line = _taken(old, kept[name]) if name in kept else next(computed)
                label = name.encode() + b" "
                places.append((start + len(label), len(line)))
                start += len(label) + len(line)
                yield label + line
        yield json.dumps(dependencies.used_hashes(), ensure_ascii=False).encode() + b"\n"

    jsonl.write_lines(store, lines())
    return KeptLines(store, places)


def key(*parts: object) -> str:
    """A hash of what a result is made from.

    >>> key("a", 1) == key("a", 1), key("a", "b") == key("ab")
    (True, False)
    """
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def document_hashes(*paths: Path) -> dict[str, str]:
    """A hash of the rows of each document in some files of rows."""
    hashes: dict[str, hashlib._Hash] = {}
    for number, path in enumerate(paths):
        for document_id, lines in jsonl.by_document(path):
            document_hash = hashes.setdefault(document_id, hashlib.sha256())
            document_hash.update(b"%d\n" % number)
            document_hash.update(b"".join(lines))
    return {document_id: value.hexdigest() for document_id, value in hashes.items()}


def _taken(file: io.BufferedIOBase, place: _Place) -> bytes:
    file.seek(place[0])
    return file.read(place[1])


def _read(store: Path) -> dict[str, _Place]:
    """Where the kept lines are, by key; none where modules or data files changed."""
    if not store.exists():
        return {}
    places: dict[str, _Place] = {}
    start, line = 0, b""
    with store.open("rb") as lines:
        for line in lines:
            label = line.find(b" ")
            places[line[:label].decode("utf-8", "replace")] = (
                start + label + 1,
                len(line) - label - 1,
            )
            start += len(line)
    try:  # the last line
        hashes = json.loads(line)
    except ValueError:  # cut off
        return {}
    return places if isinstance(hashes, dict) and dependencies.are_current(hashes) else {}
