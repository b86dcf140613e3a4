"""Metadata read from a document's own text: title, number, issuers, date, document kind, and body.

Read from its head and its end only: numbers and dates inside sentences are those of other documents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language import official_words
from pipeline.language.lines import Line, lines, unspaced
from pipeline.reading.metadata import (
    document_kinds,
    enclosures,
    issuance,
    letterheads,
    title_detection,
)
from pipeline.reading.metadata.issuance import DocumentParts
from pipeline.reading.metadata.letterheads import Letterhead
from pipeline.reading.metadata.title_detection import DetectedTitle

_SHORT = 60  # characters of a line that may be a heading
_LEAST = 5  # characters; a shorter title is a column's name
_LONGEST = 40  # characters of a heading
_FIRST = 14  # lines within which a title stands below a lead
_PUBLISHING = 4  # lines within which a sentence publishes the text
_NOTE = re.compile(r"[（(].*[）)]$")
_NAMED = "《((?:[^《》]|《[^《》]*》)+)》"
_PUBLISHED = re.compile(_NAMED + r"(?:[（(][^）)]*[）)])?[，,]?(?:已经|已由|业经|已于|已|经)")
_ISSUED = re.compile(rf"(?:现将|制[订定]了?){_NAMED}.{{0,20}}?(?:印发|发布|公布|转发|颁发)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document states about itself; None and () where it does not.

    `body` is the offset of the text that takes part in comparison: after the head, and after a notice
    that only encloses another text.
    """

    title: str | None
    inner_title: str | None
    number: str | None
    issuers: tuple[str, ...]
    issued: str | None
    kind: str
    body: int


def read(text: str, title_hint: str | None = None, file_name: str | None = None) -> Metadata:
    """Read a document's metadata.

    Args:
        text: tidy, without navigation.
        title_hint: the title that the file carries, as a web page's heading.
        file_name: the last resort for a title.
    """
    rows, title_words = list(lines(text)), title_detection.words()
    head = letterheads.read(rows)
    printed = _printed_title(rows, head)
    title = _title(printed, head, rows, title_hint, file_name)
    inner = enclosures.name(title, rows, head.last, title_words)
    body = enclosures.begins(rows, head.last, (inner, title))
    offices = official_words.offices()
    parts = DocumentParts(rows, head, printed, title, body)
    issued = issuance.read(parts, (*offices.common, *offices.named))
    short_lines = (row.text for row in head.rows if len(row.text) < _SHORT)
    return Metadata(
        title=title,
        inner_title=inner if inner != title else None,
        number=issued.number,
        issuers=issued.issuers,
        issued=issued.date,
        kind=document_kinds.kind(" ".join((title or "", *short_lines)), text),
        body=rows[body].start if body < len(rows) else len(text),
    )


def _printed_title(rows: Sequence[Line], head: Letterhead) -> DetectedTitle | None:
    """The title that the head prints."""
    title_words = title_detection.words()
    context = unspaced("".join(unspaced(row.text) for row in rows))
    order = letterheads.ordering(head.rows)
    rows_below = head.rows[0 if order is None else order + 1 :]
    below = letterheads.below_letterhead(rows_below)
    printed = title_detection.find(below, title_words, context)
    # Lines above the number are the letterhead, where lines of the title stand below it.
    after = letterheads.below_number(rows_below, printed.rows if printed else ())
    printed = title_detection.find(after, title_words, context) or printed
    if printed is None and rows and not head.rows:
        return title_detection.run_on(rows[0], title_words)
    return printed


def _title(
    printed: DetectedTitle | None,
    head: Letterhead,
    rows: Sequence[Line],
    hint: str | None,
    file_name: str | None,
) -> str | None:
    """The title as printed; in the page's record; in the first sentence; as page or file is called."""
    title_words = title_detection.words()
    hint = unspaced(hint) if hint else None
    listed = title_detection.joined([Line(0, 0, head.labels.get("title", ""))])
    for candidate in filter(None, (hint, listed)):
        contains = not printed or printed.name in candidate
        if contains and title_detection.is_title(candidate, title_words):
            return candidate
    if printed or len(listed) > _LEAST:
        return printed.name if printed else listed
    sentence = None
    if not document_kinds.is_news(
        " ".join(row.text for row in rows)
    ):  # a report has another's title
        sentence = _published_title(rows[head.last : head.last + _FIRST])
    return sentence or hint or _heading(head) or file_name


def _published_title(rows: Sequence[Line]) -> str | None:
    """The title that the first sentences publish or issue, or that stands below a reporter's lead."""
    for row in rows[:_PUBLISHING]:
        if hit := _PUBLISHED.search(row.text) or _ISSUED.search(row.text):
            return unspaced(hit[1])
    below = [row for row in rows[1:] if not letterheads.is_prose(row.text)]
    title = title_detection.find(below, title_detection.words(), "")
    return title.name if title and "关于" in title.name else None


def _heading(head: Letterhead) -> str | None:
    """The first line, where it can be a heading."""
    first = next((row for row in head.rows if not letterheads.is_letterhead(row)), None)
    heading = unspaced(first.text) if first else ""
    is_heading = _LEAST < len(heading) <= _LONGEST and not _NOTE.fullmatch(heading)
    return heading if is_heading else None
