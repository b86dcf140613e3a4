"""Issuance: who issued a paper, when and under which number; from where papers say it, best first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.language import dates, document_numbers
from pipeline.language.lines import Line, close
from pipeline.reading.metadata import letterheads, signature_blocks
from pipeline.reading.metadata.letterheads import Masthead
from pipeline.reading.metadata.signature_blocks import Signature
from pipeline.reading.metadata.title_detection import Title

_ABBREVIATED = 5  # 省政府, 区政府: shorter than any government's name in full
_NEAR = 8  # lines within which a short order or notice is signed, and from the end
_NOTE = re.compile(r"[（(].*[）)]$")
_BEHIND = re.compile(r"[（(](?:[^（()）]|[（(][^（()）]*[）)])*[）)]$")
_ADOPTED = re.compile(r"通过|公布|发布|颁布")
_ASSEMBLY = re.compile(
    r"([\u3400-\u9fff]{2,12}?)(?:第[一二三四五六七八九十]+届)?(人民代表大会(?:常务委员会)?)"
)
_PROMULGATED = re.compile(r"公布|发布|颁布")
_PRINTED = re.compile(r"印(?:发|刷)?$")
_SESSION = re.compile(r"第[一二三四五六七八九十]+届(?=人民代表大会)")
_SPEAKING = re.compile(r"(.{2,90}?)(?:关于|转发|批转|印发)")
_ABBREVIATION = re.compile(r"[省市区县州](?:委|政府|人民政府|[^省市区县州]{1,8}[局委厅办室])")


@dataclass(frozen=True, slots=True)
class Issuance:
    """Number folded to one form; issuers in order; date as precise as stated; None where not stated."""

    number: str | None
    issuers: tuple[str, ...]
    date: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a paper that tell of its issuance; rows[body:] is the text itself."""

    rows: Sequence[Line]
    head: Masthead
    printed: Title | None
    title: str | None
    body: int

    def notes(self) -> list[Line]:
        """The 题注: what tells in brackets, on lines of its own or behind the title, of adoption and publication."""
        near = [*self.head.rows, *self.rows[max(self.body - 3, 0) : self.body]]
        behind = self.printed.rows[-1:] if self.printed else ()
        tails = [Line(0, 0, hit[0]) for row in behind if (hit := _BEHIND.search(row.text))]
        return [
            row for row in (*_whole(near), *tails)
            if _NOTE.fullmatch(row.text) and _ADOPTED.search(row.text)
        ]  # fmt: skip


def _whole(rows: Sequence[Line]) -> Iterator[Line]:
    """The rows, with what is open in brackets read on over the next two."""
    for place, row in enumerate(rows):
        text = row.text
        for more in rows[place + 1 : place + 3]:
            if not text.startswith(("（", "(")) or text.endswith(("）", ")")):
                break
            text += more.text
        yield Line(row.start, row.end, text)


def read(parts: Parts, endings: Sequence[str]) -> Issuance:
    """Read a paper's issuance.

    Args:
        parts: of the paper.
        endings: how the names of offices end.
    """
    signed = signature_blocks.find(parts.rows, endings)
    best = _signature(signed, parts)
    names = next(filter(None, _issuers(parts, signed, best, endings)), ())
    names = _spelled(names, parts.title)
    return Issuance(_number(parts), names, next(filter(None, _dates(parts, best)), None))


def _signature(found: Sequence[Signature], parts: Parts) -> Signature | None:
    """The one before an enclosed text; else one at the end; with names rather than without."""
    near = [s for s in found if s.first < max(parts.body, parts.head.last + _NEAR) and _is_full(s)]
    last = [s for s in found if s.first >= max(parts.body, len(parts.rows) - _NEAR)][::-1]
    ranked = [s for group in (near, last) for s in sorted(group, key=lambda s: not s.issuers)]
    return next((s for s in (*ranked, *found) if s in ranked or s.issuers), None)


def _is_full(signature: Signature) -> bool:
    """Whether it has names, or a day: a month alone over a text is seldom its date."""
    return bool(signature.issuers) or len(signature.date or "") == 10


def _number(parts: Parts) -> str | None:
    """In the masthead; as the page lists it; in the 题注."""
    title = parts.printed.rows if parts.printed else ()
    listed = document_numbers.fold_number(parts.head.labels.get("number", ""))
    own = letterheads.number(parts.head.rows, title)
    return own or listed or letterheads.noted_number(parts.notes())


def _issuers(
    parts: Parts, signed: Sequence[Signature], best: Signature | None, endings: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """As signed; as the title begins; as order or letterhead name it; as the page lists it."""
    listed = signature_blocks.offices(parts.head.labels.get("issuers", ""), endings)
    signed_by = best.issuers if best else ()
    if not any(map(_ABBREVIATION.match, signed_by)):
        yield signed_by
    speaking = _speaking(parts, endings)
    if not any(map(_ABBREVIATION.match, speaking)):
        yield speaking
    yield _ordering(parts.head.rows, listed, endings)
    for row in parts.head.rows:
        letterhead = close(row.text)
        if letterhead.endswith("文件"):
            yield signature_blocks.offices(letterhead[:-2], endings)
    yield signed_by
    yield speaking
    if best:
        yield from (s.issuers for s in signed if s.date == best.date)
    yield from _noted(parts.notes())
    yield from (signature_blocks.offices(row.text, endings) for row in parts.head.rows)
    yield listed
    yield signature_blocks.offices(_printed(parts.rows)[0], endings)


def _speaking(parts: Parts, endings: Sequence[str]) -> tuple[str, ...]:
    """Who speaks in the title, its lines and blanks as printed: they part joint issuers."""
    rows = parts.printed.rows if parts.printed and parts.printed.name == parts.title else ()
    for text in (" ".join(row.text for row in rows), parts.title or ""):
        if (hit := _SPEAKING.match(text)) and (found := signature_blocks.offices(hit[1], endings)):
            return found
    return ()


def _noted(notes: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """Whose order or vote a 题注 tells of."""
    if noted := letterheads.noted_number(notes):
        yield (re.split("令|公告", noted)[0],)
    for note in notes:
        told = [
            hit for part in re.split("日", note.text)[1:] if (hit := _ASSEMBLY.match(part.strip()))
        ]
        if told:  # who adopted it; who approved it comes behind
            yield (told[0][1] + told[0][2],)


def _ordering(
    rows: Sequence[Line], listed: tuple[str, ...], endings: Sequence[str]
) -> tuple[str, ...]:
    """Whose order it is; 省政府令 is of the government that the page names in full."""
    place = letterheads.ordering(rows)
    if place is None:
        return ()
    found = document_numbers.find(" ".join(row.text for row in rows[place : place + 2]))
    code = found[0].issuer_code if found else ""
    above = signature_blocks.offices(rows[place - 1].text, endings) if place else ()
    if code and above and above != (code,):
        return (*above, code)
    full = listed if code.endswith("政府") and len(code) < _ABBREVIATED else ()
    return full or ((code,) if code else ())


def _spelled(names: tuple[str, ...], title: str | None) -> tuple[str, ...]:
    """省政府 in full, where the title names the province: 某省甲办法."""
    place = re.match(r"[\u3400-\u9fff]{2,6}?([省市区县])", title or "")
    names = tuple(_SESSION.sub("", name) for name in names)
    known = {f"{place[1]}政府", f"{place[1]}人民政府", "政府", "人民政府"} if place else set()
    return tuple(f"{place[0]}人民政府" if place and name in known else name for name in names)


def _dates(parts: Parts, best: Signature | None) -> Iterator[str | None]:
    """Under the signature; in the 题注 or behind the title; as the page lists it; as printed (印发)."""
    if best:
        yield best.date
    title = parts.printed.rows[-1:] if parts.printed else ()
    for row in (*parts.notes(), *title):
        if row.text.endswith(("）", ")")) and (found := dates.find(row.text)):
            yield _published(row.text, found)
    yield from (date.iso for date in dates.find(parts.head.labels.get("issued", "")))
    yield _printed(parts.rows)[1]


def _published(note: str, found: Sequence[dates.Date]) -> str:
    """The first day on which a 题注 says that the text was published, else its first day."""
    ends = [*(date.start for date in found[1:]), len(note)]
    told = [
        date.iso
        for date, end in zip(found, ends, strict=True)
        if _PROMULGATED.search(note[date.end : end])
    ]
    return told[0] if told else found[0].iso


def _printed(rows: Sequence[Line]) -> tuple[str, str | None]:
    """Who printed the paper and when: 某市政府办公室2015年12月31日印发, at its end."""
    for row in rows[-_NEAR:]:
        if _PRINTED.search(row.text) and (found := dates.find(row.text)):
            return row.text[: found[-1].start], found[-1].iso
    return "", None
