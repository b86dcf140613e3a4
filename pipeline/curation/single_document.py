"""Papers: one file that a researcher keeps, read whole: text, metadata, structure, terms, and what is odd."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.core.records import Clause, Document
from pipeline.language import document_titles
from pipeline.reading.formats import reader
from pipeline.reading.metadata import metadata
from pipeline.reading.metadata.metadata import Metadata
from pipeline.references import citations
from pipeline.references.catalogue import Catalogue
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.structure import clauses, numbering_checks, summary
from pipeline.structure.summary import Shape
from pipeline.validity import validity_clauses

_SENTENCE = re.compile("(?m)^.*?[。：:]")
_SPEAKING_OF = ("interpretation", "qa", "news")  # what they tell is another paper's


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
    reading = reader.read(file)
    text = reading.text
    told = metadata.read(text, reading.title, file.stem)
    document = _document(told, text, told.body)
    odd = [message for _, message in numbering_checks.warnings(_split(document.text))]
    effective, expires = period(told, text)
    return Paper(
        text,
        reading.format,
        told,
        replace(summary.shape(document.text), attachments=summary.shape(text).attachments),
        effective,
        expires,
        repeals(told, text),
        (*reading.warnings, *odd),
    )


def period(told: Metadata, text: str) -> tuple[str | None, str | None]:
    """First and last day as the paper states them or they follow from it; what it leaves open is None.

    The text that a notice encloses speaks before the notice.
    """
    if told.kind in _SPEAKING_OF:
        return None, None
    rules = validity_clauses.load(validity_clauses.PATH)
    first, last = None, None
    for document in (_document(told, text, told.body), _document(told, text, 0)):
        for event in validity_clauses.read(document, _split(document.text), rules):
            if event.kind == "施行":
                first = first or event.date
            elif event.kind in ("到期", "延长"):
                last = last or event.date
    return first, last


def repeals(told: Metadata, text: str) -> tuple[str, ...]:
    """The titles that the paper ends, in order; the number of one that it names by that alone."""
    if told.kind in _SPEAKING_OF:
        return ()
    document = _document(told, text, 0)
    own = {document.document_id: ProvisionIndex(_split(document.text))}
    found = citations.cite(
        document, own, Catalogue([], {}), document_titles.load(document_titles.PATH)
    )
    at = own[document.document_id].by_id
    begun = _SENTENCE.search(text)
    first = begun.start() if begun else 0  # a number above the first sentence is the paper's own
    names = [
        each.title or each.number or "" for each in found
        if each.relation == "废止" and (each.title or at[each.clause_id].start + each.start >= first)
    ]  # fmt: skip
    return tuple(name for name in dict.fromkeys(names) if name not in ("", told.title, told.number))


@lru_cache(maxsize=2)
def _split(text: str) -> list[Clause]:
    return clauses.split(_made(text))


def _document(told: Metadata, text: str, at: int) -> Document:
    """The text from a place on as a document of no corpus."""
    title = told.inner_title or told.title or ""
    return replace(_made(text[at:] or text), title=title, issued_date=told.issued, head=text[:at])


def _made(text: str) -> Document:
    return Document(
        "a", "", "", "", None, [], None, None, None, "official", None, "", "", summary.scheme(text), "", text
    )  # fmt: skip
