"""Single document: one file outside a corpus, with its text, metadata, structure and validity."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.core.records import Clause, Document
from pipeline.language import document_titles
from pipeline.reading.formats import reader
from pipeline.reading.metadata import legal_levels, metadata
from pipeline.reading.metadata.metadata import Metadata
from pipeline.references import citations
from pipeline.references.catalogue import Catalogue
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.structure import clauses, completeness, layout, numbering_checks, summary
from pipeline.structure.layout import Layout
from pipeline.structure.summary import Shape
from pipeline.validity import validity_clauses

_SENTENCE = re.compile("(?m)^.*?[。：:]")
# Kinds of text that speak of another document: its dates and repeals are not their own.
_COMMENTARIES = ("interpretation", "qa", "news")


@dataclass(frozen=True, slots=True)
class SingleDocument:
    """The contents of one file.

    Dates are ISO text, to the day, the month or the year; None where the text states none.
    """

    text: str
    format: str
    metadata: Metadata
    scheme: str
    shape: Shape
    effective: str | None
    expires: str | None
    repeals: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text as a document, with its layout and clauses."""

    document: Document
    layout: Layout
    clauses: list[Clause]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """All of a file's text, and its body alone: without the head, or without the notice around it."""

    whole: ParsedText
    body: ParsedText


def read(file: Path) -> SingleDocument:
    """Read a file.

    Raises:
        CorpusError: the file cannot be read, and why.
    """
    reading = reader.read(file)
    text = reading.text
    document_metadata = metadata.read(text, reading.title, file.stem)
    parsed = parse(document_metadata, text)
    effective, expires = period(document_metadata, parsed)
    numbering = [message for _, message in numbering_checks.warnings(parsed.body.clauses)]
    reason = _unfinished(document_metadata, parsed.body)
    attachments = summary.attachment_names(parsed.whole.layout.lines)
    return SingleDocument(
        text=text,
        format=reading.format,
        metadata=document_metadata,
        scheme=summary.scheme(parsed.body.clauses),
        shape=replace(summary.shape(parsed.body.layout), attachments=attachments),
        effective=effective,
        expires=expires,
        repeals=repeals(document_metadata, parsed),
        warnings=(*reading.warnings, *numbering, *([reason] if reason else [])),
    )


def _unfinished(document_metadata: Metadata, body: ParsedText) -> str | None:
    """Why a policy text is taken to stop before its end; its level as for a local document."""
    if document_metadata.kind != "policy":
        return None
    title, number = body.document.title, document_metadata.number
    level = legal_levels.level(title, number, document_metadata.issuers, national=False)
    return completeness.unfinished(replace(body.document, level=level), body.clauses)


def parse(document_metadata: Metadata, text: str) -> ParsedFile:
    """Lay out a text and split it into clauses, and its body too where that is another text."""
    start = document_metadata.body
    whole = _parse(document_metadata, text)
    body = _parse(document_metadata, text[start:]) if 0 < start < len(text) else whole
    return ParsedFile(whole, replace(body, document=replace(body.document, head=text[:start])))


def _parse(document_metadata: Metadata, text: str) -> ParsedText:
    document = Document(
        document_id="a",
        title=document_metadata.inner_title or document_metadata.title or "",
        region_id="",
        applies_to=[],
        level="",
        number=None,
        issuers=[],
        issued_date=document_metadata.issued,
        effective_date=None,
        expires_date=None,
        text_kind="official",
        url=None,
        file="",
        sha256="",
        head="",
        text=text,
    )
    text_layout = layout.read(text)
    return ParsedText(document, text_layout, clauses.split(document, text_layout))


def period(document_metadata: Metadata, parsed: ParsedFile) -> tuple[str | None, str | None]:
    """First and last day in force, as the text states them or they follow from it; None where open.

    What an enclosed text states takes precedence over its notice.
    """
    if document_metadata.kind in _COMMENTARIES:
        return None, None
    rules = validity_clauses.load(validity_clauses.PATH)
    first, last = None, None
    for text in (parsed.body, parsed.whole):
        for event in validity_clauses.read(text.document, text.clauses, rules):
            if event.kind == "施行":
                first = first or event.date
            elif event.kind in ("到期", "延长"):
                last = last or event.date
    return first, last


def repeals(document_metadata: Metadata, parsed: ParsedFile) -> tuple[str, ...]:
    """The titles of the documents that the text repeals; the number of one cited without a title."""
    if document_metadata.kind in _COMMENTARIES:
        return ()
    document = parsed.whole.document
    own = {document.document_id: ProvisionIndex(parsed.whole.clauses)}
    references = citations.cite(
        document, own, Catalogue([], {}), document_titles.load(document_titles.PATH)
    )
    clauses_by_id = own[document.document_id].by_id
    sentence = _SENTENCE.search(document.text)
    first = sentence.start() if sentence else 0  # a number before the first sentence is its own
    names = [
        reference.title or reference.number or ""
        for reference in references
        if reference.relation == "废止"
        and (reference.title or clauses_by_id[reference.clause_id].start + reference.start >= first)
    ]
    own_names = ("", document_metadata.title, document_metadata.number)
    return tuple(name for name in dict.fromkeys(names) if name not in own_names)
