"""Kept rows: rows computed again only for the documents that changed, the others taken from the last run.

A file `<name>.kept` beside the rows notes what they were made from: the input rows of each document, and
all modules and data files that the last run used, each by its hash.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pipeline.core import dependencies, jsonl
from pipeline.core.computation import processes

Row = TypeVar("Row")
_AT_ONCE = 8  # documents sent to a process at once


def compute_per_document(
    source: tuple[Path, type[Row]],
    target: Path,
    compute: Callable[[list[Row]], list[Any]],
    jobs: int = 1,
    hashed: Iterable[str] = (),
) -> tuple[int, int]:
    """Compute the target's rows document by document, reusing those whose inputs did not change.

    Args:
        source: file of rows whose first field begins with the document's id, and their record.
        target: file to write.
        compute: input rows of one document → its rows; a function of a module.
        jobs: processes.
        hashed: files of which the input rows hold the hash, so that a change of one concerns its
            document only.

    Returns:
        (documents computed, documents reused).
    """
    path, record = source
    notes = target.with_suffix(".kept")
    inputs = [(name, _hash(lines), lines) for name, lines in jsonl.by_document(path)]
    kept = _kept_blocks(target, notes)
    fresh = [lines for name, key, lines in inputs if (name, key) not in kept]
    computed = processes.ordered(partial(_block, record, compute), fresh, jobs, _AT_ONCE)
    blocks = [kept[name, key] if (name, key) in kept else next(computed) for name, key, _ in inputs]
    notes.unlink(missing_ok=True)  # so that notes never describe another version of the target
    jsonl.write_lines(target, (line for block in blocks for line in block))
    counts = [[name, key, len(block)] for (name, key, _), block in zip(inputs, blocks, strict=True)]
    jsonl.write_lines(notes, map(_note_line, [dependencies.used_hashes(hashed), *counts]))
    return len(fresh), len(inputs) - len(fresh)


def _hash(lines: list[bytes]) -> str:
    return hashlib.sha256(b"".join(lines)).hexdigest()


def _block(
    record: type[Row], compute: Callable[[list[Row]], list[Any]], lines: list[bytes]
) -> list[bytes]:
    """The output lines of one document."""
    return list(map(jsonl.as_line, compute(jsonl.from_lines(lines, record))))


def _note_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _kept_blocks(target: Path, notes: Path) -> dict[tuple[str, str], list[bytes]]:
    """The last run's rows by (document id, hash of its input); none where code or data changed."""
    if not (target.exists() and notes.exists()):
        return {}
    head, *counts = notes.read_text(encoding="utf-8").splitlines()
    used_hashes = json.loads(head)
    if not isinstance(used_hashes, dict):  # notes of another form
        return {}
    if not dependencies.are_current(used_hashes):
        return {}
    blocks: dict[tuple[str, str], list[bytes]] = {}
    with target.open("rb") as lines:
        for note in counts:
            document_id, key, count = json.loads(note)
            blocks[document_id, key] = list(islice(lines, count))
    return blocks
