"""Kept results: a line for each task, computed again only where what it is made from changed.

The lines are kept in a file of their own, with the hashes of the modules and data files that they were made by.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.core import dependencies, jsonl


def compute(
    store: Path, keys: Sequence[str], fresh: Callable[[list[int]], Iterable[bytes]]
) -> list[bytes]:
    """The line of each task, from the last run where it kept one.

    Args:
        store: file of the kept lines, rewritten.
        keys: for each task a hash of its input, by `key`.
        fresh: computes some tasks, given by their places in `keys`: their lines, in that order.
    """
    kept = _read(store)
    missing = [place for place, name in enumerate(keys) if name not in kept]
    if missing:
        lines = zip(missing, fresh(missing), strict=True)
        kept |= {keys[place]: line for place, line in lines}
    head = json.dumps(dependencies.used_hashes(), ensure_ascii=False).encode() + b"\n"
    jsonl.write_lines(store, [head, *(name.encode() + b" " + kept[name] for name in keys)])
    return [kept[name] for name in keys]


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


def _read(store: Path) -> dict[str, bytes]:
    """The kept lines by key; none where modules or data files changed."""
    if not store.exists():
        return {}
    with store.open("rb") as lines:
        if not dependencies.are_current(json.loads(next(lines))):
            return {}
        return {name.decode(): line for name, line in (each.split(b" ", 1) for each in lines)}
