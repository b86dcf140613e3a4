"""Papers: one file that a researcher keeps, read whole: text, metadata, structure, terms, and what is odd."""

from dataclasses import dataclass
from pathlib import Path

from pipeline import clauses, formats, metadata, numbering, periods, shapes
from pipeline.metadata import Metadata
from pipeline.records import Document
from pipeline.shapes import Shape


@dataclass(frozen=True, slots=True)
class Paper:
    """What one file holds; dates are ISO text, as precise as is known, None where it does not say."""

    text: str
    format: str
    metadata: Metadata
    shape: Shape
    effective: str | None
    expires: str | None
    repeals: tuple[str, ...]
    warnings: tuple[str, ...]


def read(file: Path) -> Paper:
    """Read a file.

    Raises:
        CorpusError: no reader takes it, and why.
    """
    reading = formats.read(file)
    text = reading.text
    told = metadata.read(text, reading.title, file.stem)
    period = periods.read(text, told.issued)
    body = text[told.body :] or text
    odd = [message for _, message in numbering.warnings(clauses.split(_document(file, body)))]
    return Paper(
        text,
        reading.format,
        told,
        shapes.shape(text),
        period.effective,
        period.expires,
        tuple(title for title in periods.repeals(text) if title != told.title),
        (*reading.warnings, *odd),
    )


def _document(file: Path, text: str) -> Document:
    """The text as a document of no corpus, to look at its clauses."""
    scheme = shapes.scheme(text)
    return Document(
        "a", file.stem, "", "", None, [], None, None, None, "official", None, file.name, "", scheme, "", text
    )  # fmt: skip
