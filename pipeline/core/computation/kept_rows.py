"""Kept rows: rows computed again only for the documents that changed, the others taken from the last run.

A file `<name>.kept` beside the rows notes what they were made from: all modules and data files that the last
run used, the input rows of each document, each by its hash; and at its end how many bytes the rows have.
Rows are read and written as they come, so that memory does not grow with the corpus.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar

from pipeline.core import dependencies, jsonl
from pipeline.core.computation import processes

Row = TypeVar("Row")
_AT_ONCE = 8  # documents sent to a process at once


def compute_per_document(
    source: tuple[Path, type[Row]],
    target: Path,
    compute: Callable[[list[Row]], list[Any]],
    workers: processes.Workers = 1,
    hashed: Iterable[str] = (),
) -> tuple[int, int]:
    """Compute the target's rows document by document, reusing those whose inputs did not change.

    Args:
        source: file of rows whose first field begins with the document's id, and their record.
        target: file to write.
        compute: input rows of one document → its rows; a function of a module.
        workers: as of `processes.ordered`.
        hashed: files of which the input rows hold the hash: a change of one concerns its document only.

    Returns:
        (documents computed, documents reused).
    """
    (path, record), notes = source, target.with_suffix(".kept")
    inputs = [(name, _hash(lines)) for name, lines in jsonl.by_document(path)]
    kept = _kept_blocks(target, notes)
    fresh = _lines_of(path, (key not in kept for key in inputs))
    computed = processes.ordered(partial(_block, record, compute), fresh, workers, _AT_ONCE)
    counts: list[tuple[str, str, int]] = []

    def lines() -> Iterator[bytes]:
        with target.open("rb") if kept else nullcontext(io.BytesIO()) as old:
            for key in inputs:
                block = _taken(old, *kept[key]) if key in kept else next(computed)
                counts.append((*key, len(block)))
                yield from block
        notes.unlink(missing_ok=True)  # so that notes never describe another version of the target

    jsonl.write_lines(target, lines())
    parts = [dependencies.used_hashes(hashed), *counts, target.stat().st_size]
    jsonl.write_lines(notes, map(_note_line, parts))
    reused = sum(key in kept for key in inputs)
    return len(inputs) - reused, reused


def _lines_of(path: Path, wanted: Iterable[bool]) -> Iterator[list[bytes]]:
    """The lines of the documents of a file that are wanted."""
    for is_wanted, (_, lines) in zip(wanted, jsonl.by_document(path), strict=True):
        if is_wanted:
            yield lines


def _hash(lines: list[bytes]) -> str:
    return hashlib.sha256(b"".join(lines)).hexdigest()


def _block(
    record: type[Row], compute: Callable[[list[Row]], list[Any]], lines: list[bytes]
) -> list[bytes]:
    """The output lines of one document."""
    return list(map(jsonl.as_line, compute(jsonl.from_lines(lines, record))))


def _note_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _taken(old: IO[bytes], start: int, count: int) -> list[bytes]:
    old.seek(start)
    return list(islice(old, count))


def _kept_blocks(target: Path, notes: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """Where the last run's rows are by (document id, hash of its input): the first byte, and how many.

    None where code or data changed, or where the notes or the rows were cut off.
    """
    if not (target.exists() and notes.exists()):
        return {}
    try:
        used_hashes, *counts, size = map(json.loads, notes.read_bytes().splitlines())
    except ValueError:
        return {}
    if not isinstance(used_hashes, dict) or size != target.stat().st_size:
        return {}
    if not dependencies.are_current(used_hashes):
        return {}
    blocks: dict[tuple[str, str], tuple[int, int]] = {}
    start = 0
    with target.open("rb") as lines:
        for document_id, key, count in counts:
            blocks[document_id, key] = start, count
            start += sum(map(len, islice(lines, count)))
    return blocks
