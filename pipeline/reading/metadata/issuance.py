"""Issuance: a document's issuers, date and number, each from the best of the places that state it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.language import dates, document_numbers, official_words
from pipeline.language.lines import Line, unspaced
from pipeline.language.official_words import any_of
from pipeline.reading.metadata import letterheads, signature_blocks
from pipeline.reading.metadata.letterheads import Letterhead
from pipeline.reading.metadata.signature_blocks import Signature
from pipeline.reading.metadata.title_detection import DetectedTitle

_ABBREVIATED = 5  # characters: 省政府, 区政府 are shorter than any government's name in full
_NEAR = 8  # lines within which a short order or notice is signed, and from the end
_NOTE = re.compile(r"[（(].*[）)]$")
_BEHIND = re.compile(r"[（(](?:[^（()）]|[（(][^（()）]*[）)])*[）)]$")
_ASSEMBLY = re.compile(
    r"([\u3400-\u9fff]{2,12}?)(?:第[一二三四五六七八九十]+届)?(人民代表大会(?:常务委员会)?)"
)
_SESSION = re.compile(r"第[一二三四五六七八九十]+届(?=人民代表大会)")
_SPEAKING = re.compile(r"(.{2,90}?)(?:关于|转发|批转|印发)")
_ABBREVIATION = re.compile(r"[省市区县州](?:委|政府|人民政府|[^省市区县州]{1,8}[局委厅办室])")


@cache
def _adopted() -> re.Pattern[str]:
    """The verbs of a 题注: adopted or published."""
    words = official_words.letterheads()
    return re.compile(any_of(words.adopted, words.promulgated))


@cache
def _promulgated() -> re.Pattern[str]:
    return re.compile(any_of(official_words.letterheads().promulgated))


@cache
def _orders() -> re.Pattern[str]:
    return re.compile(any_of(official_words.letterheads().orders))


@cache
def _imprint() -> re.Pattern[str]:
    """The end of the line that names who printed a document."""
    return re.compile(any_of(official_words.signatures().printed) + "$")


@dataclass(frozen=True, slots=True)
class Issuance:
    """Number folded to one form; issuers in order; date as precise as stated; None where not stated."""

    number: str | None
    issuers: tuple[str, ...]
    date: str | None


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """The parts of a document that state its issuance; rows[body:] is the text itself."""

    rows: Sequence[Line]
    head: Letterhead
    printed: DetectedTitle | None
    title: str | None
    body: int

    def notes(self) -> list[Line]:
        """The 题注: adoption and publication in brackets, on lines of their own or behind the title."""
        near = [*self.head.rows, *self.rows[max(self.body - 3, 0) : self.body]]
        behind = self.printed.rows[-1:] if self.printed else ()
        tails = [Line(0, 0, hit[0]) for row in behind if (hit := _BEHIND.search(row.text))]
        rows = (*_whole(near), *tails)
        return [row for row in rows if _NOTE.fullmatch(row.text) and _adopted().search(row.text)]


def _whole(rows: Sequence[Line]) -> Iterator[Line]:
    """The rows; one that opens a bracket is continued by the next two, up to the closing bracket."""
    for place, row in enumerate(rows):
        text = row.text
        for more in rows[place + 1 : place + 3]:
            if not text.startswith(("（", "(")) or text.endswith(("）", ")")):
                break
            text += more.text
        yield Line(row.start, row.end, text)


def read(parts: DocumentParts, endings: Sequence[str]) -> Issuance:
    """Read a document's issuance.

    Args:
        parts: of the document.
        endings: of office names.
    """
    signatures = signature_blocks.find(parts.rows, endings)
    best = _signature(signatures, parts)
    names = next(filter(None, _issuers(parts, signatures, best, endings)), ())
    names = _in_full(names, parts.title)
    return Issuance(_number(parts), names, next(filter(None, _dates(parts, best)), None))


def _signature(signatures: Sequence[Signature], parts: DocumentParts) -> Signature | None:
    """The one before an enclosed text; else one at the end; with names rather than without."""
    limit = max(parts.body, parts.head.last + _NEAR)
    near = [s for s in signatures if s.first < limit and _is_full(s)]
    last = [s for s in signatures if s.first >= max(parts.body, len(parts.rows) - _NEAR)][::-1]
    ranked = [s for group in (near, last) for s in sorted(group, key=lambda s: not s.issuers)]
    return next((s for s in (*ranked, *signatures) if s in ranked or s.issuers), None)


def _is_full(signature: Signature) -> bool:
    """Whether it has names, or a day: a month alone above a text is seldom its date."""
    return bool(signature.issuers) or len(signature.date or "") == 10


def _number(parts: DocumentParts) -> str | None:
    """The number in the letterhead; in the page's record; in the 题注."""
    title = parts.printed.rows if parts.printed else ()
    listed = document_numbers.fold_number(parts.head.labels.get("number", ""))
    own = letterheads.number(parts.head.rows, title)
    return own or listed or letterheads.noted_number(parts.notes())


def _issuers(
    parts: DocumentParts,
    signatures: Sequence[Signature],
    best: Signature | None,
    endings: Sequence[str],
) -> Iterator[tuple[str, ...]]:
    """The offices in the signature; at the title's beginning; in order or letterhead; in the record."""
    listed = signature_blocks.offices(parts.head.labels.get("issuers", ""), endings)
    signed_by = best.issuers if best else ()
    if not any(map(_ABBREVIATION.match, signed_by)):
        yield signed_by
    speaking = _speaking(parts, endings)
    if not any(map(_ABBREVIATION.match, speaking)):
        yield speaking
    yield _ordering(parts.head.rows, listed, endings)
    yield from _heading(parts.head.rows, endings)
    yield signed_by
    yield speaking
    if best:
        yield from (s.issuers for s in signatures if s.date == best.date)
    yield from _noted(parts.notes())
    yield from (signature_blocks.offices(row.text, endings) for row in parts.head.rows)
    yield listed
    yield signature_blocks.offices(_printed(parts.rows)[0], endings)


def _heading(rows: Sequence[Line], endings: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The offices of letterheads: 某市人民政府文件."""
    for row in rows:
        whole = unspaced(row.text)
        for ending in official_words.letterheads().letterhead:
            if whole.endswith(ending):
                yield signature_blocks.offices(whole.removesuffix(ending), endings)


def _speaking(parts: DocumentParts, endings: Sequence[str]) -> tuple[str, ...]:
    """The offices before 关于 in the title, its lines and blanks as printed: they part joint issuers."""
    rows = parts.printed.rows if parts.printed and parts.printed.name == parts.title else ()
    for text in (" ".join(row.text for row in rows), parts.title or ""):
        hit = _SPEAKING.match(text)
        if hit and (offices := signature_blocks.offices(hit[1], endings)):
            return offices
    return ()


def _noted(notes: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """The office whose order or vote a 题注 states."""
    if noted := letterheads.noted_number(notes):
        yield (_orders().split(noted)[0],)
    for note in notes:
        parts = re.split("日", note.text)[1:]
        assemblies = [hit for part in parts if (hit := _ASSEMBLY.match(part.strip()))]
        if assemblies:  # the one that adopted it; the one that approved it comes behind
            yield (assemblies[0][1] + assemblies[0][2],)


def _ordering(
    rows: Sequence[Line], listed: tuple[str, ...], endings: Sequence[str]
) -> tuple[str, ...]:
    """The office that gives an order; 省政府令 is of the government that the record names in full."""
    place = letterheads.ordering(rows)
    if place is None:
        return ()
    numbers = document_numbers.find(" ".join(row.text for row in rows[place : place + 2]))
    code = numbers[0].issuer_code if numbers else ""
    above = signature_blocks.offices(rows[place - 1].text, endings) if place else ()
    if code and above and above != (code,):
        return (*above, code)
    full = listed if code.endswith("政府") and len(code) < _ABBREVIATED else ()
    return full or ((code,) if code else ())


def _in_full(names: tuple[str, ...], title: str | None) -> tuple[str, ...]:
    """省政府 in full, where the title names the province: 某省甲办法."""
    names = tuple(_SESSION.sub("", name) for name in names)
    place = re.match(r"[\u3400-\u9fff]{2,6}?([省市区县])", title or "")
    if not place:
        return names
    short = {f"{place[1]}政府", f"{place[1]}人民政府", "政府", "人民政府"}
    return tuple(f"{place[0]}人民政府" if name in short else name for name in names)


def _dates(parts: DocumentParts, best: Signature | None) -> Iterator[str | None]:
    """The date below the signature; in the 题注 or behind the title; in the record; in the imprint."""
    if best:
        yield best.date
    title = parts.printed.rows[-1:] if parts.printed else ()
    for row in (*parts.notes(), *title):
        if row.text.endswith(("）", ")")) and (days := dates.find(row.text)):
            yield _published(row.text, days)
    yield from (date.iso for date in dates.find(parts.head.labels.get("issued", "")))
    yield _printed(parts.rows)[1]


def _published(note: str, days: Sequence[dates.Date]) -> str:
    """The first day on which a 题注 says that the text was published, else its first day."""
    ends = [*(date.start for date in days[1:]), len(note)]
    published = (
        date.iso
        for date, end in zip(days, ends, strict=True)
        if _promulgated().search(note[date.end : end])
    )
    return next(published, days[0].iso)


def _printed(rows: Sequence[Line]) -> tuple[str, str | None]:
    """The office and the date of the imprint: 某市政府办公室2015年12月31日印发, at a text's end."""
    for row in rows[-_NEAR:]:
        if _imprint().search(row.text) and (days := dates.find(row.text)):
            return row.text[: days[-1].start], days[-1].iso
    return "", None
