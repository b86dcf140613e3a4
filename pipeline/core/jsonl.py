"""JSONL: files of rows, read as records and written atomically (to a part file, then renamed).

Rows can be recomputed only for the documents that changed, the others taken over from the last run.
"""

import hashlib
import json
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from pipeline.core import dependencies
from pipeline.core.records import document_of

Row = TypeVar("Row")


def read(path: Path, record: type[Row], only: Callable[[str], bool] | None = None) -> list[Row]:
    """Read a file of rows as records, in file order; lists of records in them are records again.

    Args:
        path: the file.
        record: the record of its rows.
        only: which lines to read, told from the line as it stands; None = all.
    """
    nested = _nested(record)
    with path.open(encoding="utf-8") as lines:
        rows = map(json.loads, filter(only, lines) if only else lines)
        if not nested:
            return [record(**row) for row in rows]
        return [
            record(**row | {name: [of(**part) for part in row[name]] for name, of in nested})
            for row in rows
        ]


def _nested(record: type) -> list[tuple[str, Any]]:
    """The fields of a record that are lists of records, with the records."""
    hints = get_type_hints(record)
    parts = [(field.name, get_args(hints[field.name])) for field in fields(record)]
    return [(name, args[0]) for name, args in parts if len(args) == 1 and is_dataclass(args[0])]


def as_dict(row: Any) -> dict[str, Any]:
    """A record as a dict of its fields; unlike `dataclasses.asdict` without copying nested lists."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def as_line(row: Any) -> str:
    """One record as one line of JSON, keys in field order."""
    return (
        json.dumps(as_dict(row), ensure_ascii=False, separators=(",", ":"), default=as_dict) + "\n"
    )


def write(path: Path, rows: Iterable[Any]) -> None:
    """Write records, one a line; the old file stays until the new one is complete."""
    write_lines(path, (as_line(row) for row in rows))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines of text, each with its line end; the old file stays until the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part_path = path.with_name(path.name + ".part")
    with part_path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
    part_path.replace(path)


def columns(record: type) -> list[str]:
    """The field names of a record, which are its table's columns.

    >>> from pipeline.core.records import Region
    >>> columns(Region)
    ['region_id', 'name', 'level', 'parent_id']
    """
    return [field.name for field in fields(record)]


def of_documents(document_ids: Container[str]) -> Callable[[str], bool]:
    """For `read`: the rows whose first field begins with the id of one of some documents.

    >>> wanted = of_documents({"d"})
    >>> wanted('{"clause_id":"d__art_1","text":"…"}'), wanted('{"clause_id":"e__art_1","text":"…"}')
    (True, False)
    """

    def is_wanted(line: str) -> bool:
        start = line.index('":"') + 3
        return document_of(line[start : line.index('"', start)]) in document_ids

    return is_wanted


def by_document(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines of a file grouped by document, as (document id, lines).

    The rows of a document must be adjacent; their first field must begin with its id and hold no comma.
    """

    def document_id_of_line(line: str) -> str:
        first_field = json.loads(line[: line.index(",")] + "}")
        return document_of(next(iter(first_field.values())))

    with path.open(encoding="utf-8") as lines:
        for document_id, block in groupby(lines, key=document_id_of_line):
            yield document_id, list(block)


def compute_per_document(
    source: Path,
    target: Path,
    compute: Callable[[list[str]], list[Any]],
    hashed: Iterable[str] = (),
) -> tuple[int, int]:
    """Compute the target's rows document by document, reusing those whose inputs did not change.

    Rows are reused when the document's input rows are the same as in the last run, and so are all
    modules and data files that the last run used: their hashes are in the `.kept` file.

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
    kept_blocks = _kept_blocks(target, notes)
    blocks, fresh_count = [], 0
    for document_id, lines in by_document(source):
        key = hashlib.sha256("".join(lines).encode()).hexdigest()
        block = kept_blocks.get((document_id, key))
        if block is None:
            block = [as_line(row) for row in compute(lines)]
            fresh_count += 1
        blocks.append((document_id, key, block))
    notes.unlink(missing_ok=True)  # so that notes never describe another version of the target
    write_lines(target, (line for _, _, block in blocks for line in block))
    counts = [
        json.dumps([document_id, key, len(block)]) + "\n" for document_id, key, block in blocks
    ]
    write_lines(notes, [json.dumps(_used_hashes(hashed), ensure_ascii=False) + "\n", *counts])
    return fresh_count, len(blocks) - fresh_count


def _used_hashes(document_files: Iterable[str]) -> dict[str, str | None]:
    """The hashes of the files that this run used; those of single documents are noted without one."""
    left_out = set(document_files)
    dependencies.note(left_out)
    return {path: dependencies.sha256(path) for path in dependencies.used() if path not in left_out}


def _kept_blocks(target: Path, notes: Path) -> dict[tuple[str, str], list[str]]:
    """The last run's rows by (document id, hash of its input); none where code or data changed."""
    if not (target.exists() and notes.exists()):
        return {}
    head, *counts = notes.read_text(encoding="utf-8").splitlines()
    used_hashes = json.loads(head)
    if not isinstance(used_hashes, dict):  # notes of another form
        return {}
    if any(dependencies.sha256(path) != sha256 for path, sha256 in used_hashes.items()):
        return {}
    dependencies.note(used_hashes)
    blocks: dict[tuple[str, str], list[str]] = {}
    with target.open(encoding="utf-8") as lines:
        for note in counts:
            document_id, key, count = json.loads(note)
            blocks[document_id, key] = [next(lines) for _ in range(count)]
    return blocks
