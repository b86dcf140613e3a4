"""JSON lines in and out; a file is written beside and renamed, so it is whole or not there."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from pipeline.core import dependencies
from pipeline.core.records import document_of

Row = TypeVar("Row")


def read(path: Path, record: type[Row]) -> list[Row]:
    """Read a file of rows as records, in file order."""
    with path.open(encoding="utf-8") as lines:
        return [record(**json.loads(line)) for line in lines]


def as_dict(row: Any) -> dict[str, Any]:
    """A record as a table's row; shallow, for `dataclasses.asdict` copies every nested list."""
    return {f.name: getattr(row, f.name) for f in fields(row)}


def line(row: Any) -> str:
    """One record as one line of JSON, keys in field order."""
    return json.dumps(as_dict(row), ensure_ascii=False, separators=(",", ":")) + "\n"


def write(path: Path, rows: Iterable[Any]) -> None:
    """Write records, one a line; the old file stays until the new one is whole."""
    write_lines(path, (line(row) for row in rows))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines of text in the same careful way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
    part.replace(path)


def columns(record: type) -> list[str]:
    """The field names of a record, which are its table's columns.

    >>> from pipeline.records import Region
    >>> columns(Region)
    ['region_id', 'name', 'level', 'parent_id']
    """
    return [f.name for f in fields(record)]


def digest(*paths: Path) -> str:
    """SHA-256 over the bytes of files, in the given order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def by_document(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines of a file in blocks of one document; rows of a document stand together."""

    def owner(text: str) -> str:
        row_id = json.loads(text[: text.index(",")] + "}")
        return document_of(next(iter(row_id.values())))

    with path.open(encoding="utf-8") as lines:
        for document_id, block in groupby(lines, key=owner):
            yield document_id, list(block)


def per_document(
    source: Path, target: Path, compute: Callable[[list[str]], list[Any]]
) -> tuple[int, int]:
    """Make the target's rows document by document, keeping those that nothing changed for.

    Rows are kept when the document's input rows are the same, and so are all modules and data files
    that were used when they were made: these are noted, with their hashes, by the run itself.

    Args:
        source: file of rows whose first field begins with the document's id.
        target: file to write; beside it, `<name>.kept` notes what its rows were made from.
        compute: input lines of one document → its rows.

    Returns:
        (documents computed, documents kept).
    """
    notes = target.with_suffix(".kept")
    kept = _kept_blocks(target, notes)
    blocks, fresh = [], 0
    for document_id, lines in by_document(source):
        key = hashlib.sha256("".join(lines).encode()).hexdigest()
        block = kept.get((document_id, key))
        if block is None:
            block, fresh = [line(row) for row in compute(lines)], fresh + 1
        blocks.append((document_id, key, block))
    notes.unlink(missing_ok=True)  # never notes that speak of another target
    write_lines(target, (text for _, _, block in blocks for text in block))
    used = {path: dependencies.sha256(path) for path in dependencies.used()}
    counts = (json.dumps([d, key, len(block)]) + "\n" for d, key, block in blocks)
    write_lines(notes, (json.dumps(used, ensure_ascii=False) + "\n", *counts))
    return fresh, len(blocks) - fresh


def _kept_blocks(target: Path, notes: Path) -> dict[tuple[str, str], list[str]]:
    """The rows of the last run by (document, hash of its input); none where code or data changed."""
    if not (target.exists() and notes.exists()):
        return {}
    head, *counts = notes.read_text(encoding="utf-8").splitlines()
    used = json.loads(head)
    if not isinstance(used, dict) or any(dependencies.sha256(p) != h for p, h in used.items()):
        return {}
    dependencies.note(used)
    blocks: dict[tuple[str, str], list[str]] = {}
    with target.open(encoding="utf-8") as lines:
        for note in counts:
            document_id, key, count = json.loads(note)
            blocks[document_id, key] = [next(lines) for _ in range(count)]
    return blocks
