"""JSONL: files of rows, read as records and written atomically (to a part file, then renamed)."""

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
    """A record as a dict of its fields; unlike `dataclasses.asdict` without copying nested lists."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def line(row: Any) -> str:
    """One record as one line of JSON, keys in field order."""
    return json.dumps(as_dict(row), ensure_ascii=False, separators=(",", ":")) + "\n"


def write(path: Path, rows: Iterable[Any]) -> None:
    """Write records, one a line; the old file stays until the new one is complete."""
    write_lines(path, (line(row) for row in rows))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines of text, each with its line end; the old file stays until the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
    part.replace(path)


def columns(record: type) -> list[str]:
    """The field names of a record, which are its table's columns.

    >>> from pipeline.core.records import Region
    >>> columns(Region)
    ['region_id', 'name', 'level', 'parent_id']
    """
    return [field.name for field in fields(record)]


def digest(*paths: Path) -> str:
    """SHA-256 over the SHA-256 hashes of files, in the given order."""
    combined = hashlib.sha256()
    for path in paths:
        combined.update(hashlib.sha256(path.read_bytes()).digest())
    return combined.hexdigest()


def by_document(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines of a file grouped by document, as (document id, lines).

    The rows of a document must be adjacent, and their first field must begin with its id.
    """

    def owner(text: str) -> str:
        first_field = json.loads(text[: text.index(",")] + "}")
        return document_of(next(iter(first_field.values())))

    with path.open(encoding="utf-8") as lines:
        for document_id, block in groupby(lines, key=owner):
            yield document_id, list(block)


def per_document(
    source: Path,
    target: Path,
    compute: Callable[[list[str]], list[Any]],
    hashed: Iterable[str] = (),
) -> tuple[int, int]:
    """Compute the target's rows document by document, reusing those whose inputs did not change.

    Rows are reused when the document's input rows are the same as in the last run, and so are all
    modules and data files that the last run used; it noted them with their hashes.

    Args:
        source: file of rows whose first field begins with the document's id.
        target: file to write; `<name>.kept` beside it notes what its rows were made from.
        compute: input lines of one document → its rows.
        hashed: files of which the input rows hold the hash, so that a change of one concerns its
            document only.

    Returns:
        (documents computed, documents reused).
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
    notes.unlink(missing_ok=True)  # so that notes never describe another version of the target
    write_lines(target, (text for _, _, block in blocks for text in block))
    dependencies.note(own := set(hashed))
    used = {path: dependencies.sha256(path) for path in dependencies.used() if path not in own}
    counts = [
        json.dumps([document_id, key, len(block)]) + "\n" for document_id, key, block in blocks
    ]
    write_lines(notes, [json.dumps(used, ensure_ascii=False) + "\n", *counts])
    return fresh, len(blocks) - fresh


def _kept_blocks(target: Path, notes: Path) -> dict[tuple[str, str], list[str]]:
    """The last run's rows by (document id, hash of its input); none where code or data changed."""
    if not (target.exists() and notes.exists()):
        return {}
    head, *counts = notes.read_text(encoding="utf-8").splitlines()
    used = json.loads(head)
    if not isinstance(used, dict):  # notes of another form
        return {}
    if any(dependencies.sha256(path) != sha256 for path, sha256 in used.items()):
        return {}
    dependencies.note(used)
    blocks: dict[tuple[str, str], list[str]] = {}
    with target.open(encoding="utf-8") as lines:
        for note in counts:
            document_id, key, count = json.loads(note)
            blocks[document_id, key] = [next(lines) for _ in range(count)]
    return blocks
