"""Rows of some documents, read from where they lie in a file: memory holds those alone that are asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.core import jsonl
from pipeline.core.records import Document

Row = TypeVar("Row")
Task = TypeVar("Task")
_MOST = 800  # documents whose rows are in memory at once


@dataclass(frozen=True, slots=True)
class DocumentRows(Generic[Row]):
    """A file of rows whose first field begins with the id of a document, or that have other keys.

    Attributes:
        path: the file.
        record: of its rows.
        places: document, or key, → the first byte and the length of each of its runs of lines.
    """

    path: Path
    record: type[Row]
    places: dict[str, list[tuple[int, int]]]

    def of(
        self, document_ids: Iterable[str], only: Callable[[bytes], bool] | None = None
    ) -> list[Row]:
        """The rows of some documents, in file order.

        Args:
            document_ids: of the documents; one without rows has none.
            only: which lines, told from the line as it stands; None = all.
        """
        places = sorted({place for name in document_ids for place in self.places.get(name, ())})
        with self.path.open("rb") as file:
            lines: list[bytes] = []
            for start, length in places:
                file.seek(start)
                lines += filter(only, file.read(length).splitlines(keepends=True))
        return jsonl.from_lines(lines, self.record)

    def of_document(self, document_id: str) -> list[Row]:
        """The rows of one document."""
        return self.of([document_id])


def index(
    path: Path, record: type[Row], keys: Callable[[bytes], frozenset[str]] | None = None
) -> DocumentRows[Row]:
    """Note where the rows of each document are.

    Args:
        path: the file.
        record: of its rows.
        keys: of a line, where rows are not asked for by their document.
    """
    keys = keys or (lambda line: frozenset((jsonl.document_of_line(line),)))
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    start = 0
    with path.open("rb") as lines:
        for names, run in groupby(lines, key=keys):
            length = sum(map(len, run))
            for name in names:
                places[name].append((start, length))
            start += length
    return DocumentRows(path, record, dict(places))


def heads(path: Path) -> list[Document]:
    """All documents of a file, without their texts."""
    return [
        replace(document, head="", text="", marks=[]) for document in jsonl.each(path, Document)
    ]


def portions(
    tasks: Iterable[Task], documents_of: Callable[[Task], Iterable[str]], most: int = _MOST
) -> Iterator[list[Task]]:
    """Tasks in portions, each of no more than so many documents, so that their rows fit into memory.

    Args:
        tasks: those of one document near each other, so that few rows are read several times.
        documents_of: the ids of the documents of a task.
        most: documents of a portion.

    >>> [*portions(["ab", "ac", "bd"], list, 3)]
    [['ab', 'ac'], ['bd']]
    """
    portion: list[Task] = []
    documents: set[str] = set()
    for task in tasks:
        names = {*documents_of(task)}
        if portion and len(documents | names) > most:
            yield portion
            portion, documents = [], set()
        portion.append(task)
        documents |= names
    if portion:
        yield portion
