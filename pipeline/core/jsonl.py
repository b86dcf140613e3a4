"""JSONL: files of rows, read as records and written atomically (to a part file, then renamed)."""

import gc
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from pipeline.core.records import document_of

Row = TypeVar("Row")
DecodeError = msgspec.DecodeError  # a line that is no row: the file was cut off
_encoder = msgspec.json.Encoder()


@cache
def _decoder(record: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(record)


def read(path: Path, record: type[Row], only: Callable[[bytes], bool] | None = None) -> list[Row]:
    """Read a file of rows as records, in file order; lists of records in them are records again.

    Args:
        path: the file.
        record: the record of its rows.
        only: which lines to read, told from the line as it stands; None = all.
    """
    with path.open("rb") as lines:
        return from_lines(filter(only, lines) if only else lines, record)


def each(
    path: Path, record: type[Row], only: Callable[[bytes], bool] | None = None
) -> Iterator[Row]:
    """The records of a file as `read` gives them, one after the other: memory holds no file of them."""
    key: Any = record
    decode = _decoder(key).decode
    with path.open("rb") as lines:
        yield from map(decode, filter(only, lines) if only else lines)


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """The records of some files, read anew whenever they are gone through."""

    paths: Sequence[Path]
    record: type[Row]

    def __iter__(self) -> Iterator[Row]:
        for path in self.paths:
            yield from each(path, self.record)


def from_lines(lines: Iterable[bytes], record: type[Row]) -> list[Row]:
    """Lines of a file of rows as records."""
    key: Any = record
    collecting = gc.isenabled()
    gc.disable()  # records refer to none before them: the collector would only walk through all, often
    try:
        return list(map(_decoder(key).decode, lines))
    finally:
        if collecting:
            gc.enable()


@cache
def _names(record: Any) -> list[str]:
    return columns(record)


def as_dict(row: Any) -> dict[str, Any]:
    """A record as a dict of its fields; unlike `dataclasses.asdict` without copying nested lists."""
    return {name: getattr(row, name) for name in _names(row.__class__)}


def as_line(row: Any) -> bytes:
    """One record as one line of JSON in UTF-8, keys in field order."""
    return _encoder.encode(row) + b"\n"


def write(path: Path, rows: Iterable[Any]) -> None:
    """Write records, one a line; the old file stays until the new one is complete."""
    write_lines(path, map(as_line, rows))


def counted(rows: Iterable[Row], count: Counter[Any], key: Callable[[Row], Any]) -> Iterator[Row]:
    """Rows on their way to a file, each counted under its key.

    >>> count = Counter()
    >>> [*counted("abb", count, str.upper)], sorted(count.items())
    (['a', 'b', 'b'], [('A', 1), ('B', 2)])
    """
    for row in rows:
        count[key(row)] += 1
        yield row


def write_text(path: Path, parts: Iterable[str]) -> None:
    """Write parts of a text; the old file stays until the new one is complete."""
    write_lines(path, (part.encode() for part in parts))


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines in UTF-8, each with its line end; the old file stays until the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part_path = path.with_name(path.name + ".part")
    try:
        with part_path.open("wb") as out:
            out.writelines(lines)
    except BaseException:
        part_path.unlink(missing_ok=True)  # a full disk is full no longer
        raise
    part_path.replace(path)


def columns(record: type) -> list[str]:
    """The field names of a record, which are its table's columns.

    >>> from pipeline.core.records import Region
    >>> columns(Region)
    ['region_id', 'name', 'level', 'parent_id']
    """
    return [field.name for field in fields(record)]


def document_of_line(line: bytes) -> str:
    """The id that the first field of a row begins with."""
    start = line.index(b'":"') + 3
    return document_of(line[start : line.index(b'"', start)].decode())


def of_documents(document_ids: Container[str]) -> Callable[[bytes], bool]:
    """For `read`: the rows whose first field begins with the id of one of some documents.

    >>> wanted = of_documents({"d"})
    >>> wanted(b'{"clause_id":"d__art_1","text":""}'), wanted(b'{"clause_id":"e__art_1","text":""}')
    (True, False)
    """
    return lambda line: document_of_line(line) in document_ids


def having(field: str, value: Any) -> Callable[[bytes], bool]:
    """For `read`: the rows with a value of a field, or in which a dict has it.

    >>> having("is_unit", 1)(b'{"clause_id":"d__art_1","is_unit":1}')
    True
    """
    part = _encoder.encode({field: value})[1:-1]  # in a string its quotes would be escaped
    return lambda line: part in line


def by_document(path: Path) -> Iterator[tuple[str, list[bytes]]]:
    """The lines of a file grouped by document, as (document id, lines).

    The rows of a document must be adjacent, and their first field must begin with its id.
    """
    with path.open("rb") as lines:
        for document_id, block in groupby(lines, key=document_of_line):
            yield document_id, list(block)
