"""Metadata: what a paper says of itself: title, number, issuers, dates, and whether it is policy at all.

Read from its head and its end only: numbers and dates inside its sentences speak of other papers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import dates, docnumbers, mastheads, signatures, tables, titles
from pipeline.printed import Line, close, lines
from pipeline.mastheads import Masthead
from pipeline.signatures import Signature
from pipeline.titles import Title, TitleWords
from pipeline.workspace import DATA

_NOTE = re.compile(r"[（(].*[）)]$")
_ADOPTED = re.compile(r"通过|公布|发布|颁布")
_ASSEMBLY = re.compile(
    r"([\u3400-\u9fff]{2,12}?)(?:第[一二三四五六七八九十]+届)?(人民代表大会(?:常务委员会)?)"
)
_NAMED = "《((?:[^《》]|《[^《》]*》)+)》"
_PUBLISHED = re.compile(_NAMED + r"(?:[（(][^）)]*[）)])?[，,]?(?:已经|已由|业经|已于|已|经)")
_NEAR = 8  # lines within which a short order or notice is signed
_FAR = 40  # lines within which a text handed out begins
_PRINTED = re.compile(r"印(?:发|刷)?$|印$")
_HANDED = re.compile(rf"(?:现将|制[订定]了?){_NAMED}.{{0,20}}?(?:印发|发布|公布|转发|颁发)")
_SPEAKING = re.compile(r"(.{2,60}?)(?:关于|转发|批转|印发)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a paper says of itself; None and () where it does not say.

    `body` is where the text begins that takes part in comparison: after the head, and after a notice
    that only hands out another text.
    """

    title: str | None
    inner_title: str | None
    number: str | None
    issuers: tuple[str, ...]
    issued: str | None
    kind: str
    body: int


@dataclass(frozen=True, slots=True)
class Words:
    """corpus/patterns/metadata.toml."""

    title: TitleWords
    offices: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]
    labels: dict[str, tuple[str, ...]]
    news: tuple[str, ...]
    news_least: int


@cache
def words(path: Path = DATA / "patterns" / "metadata.toml") -> Words:
    """The words that an expert keeps."""
    content: dict[str, Any] = tables.load(path)
    title = content["title"]
    return Words(
        TitleWords(tuple(title["endings"]), frozenset(title["never"]), tuple(title["tails"])),
        tuple(content["issuer"]["endings"]),
        {kind: tuple(found) for kind, found in content["kinds"].items()},
        {field: tuple(found) for field, found in content["labels"].items()},
        tuple(content["news"]["words"]),
        content["news"]["least"],
    )


def read(text: str, title_hint: str | None = None, file_name: str | None = None) -> Metadata:
    """Read a paper's metadata.

    Args:
        text: tidy, without navigation.
        title_hint: what the file calls itself, as a web page's heading.
        file_name: the last resort for a title.
    """
    known, rows = words(), list(lines(text))
    head = mastheads.read(rows, known.labels)
    flat = close("".join(close(row.text) for row in rows))
    order = mastheads.ordering(head.rows)
    start = 0 if order is None else order + 1
    candidates = [row for row in head.rows[start:] if not mastheads.is_letterhead(row)]
    printed = titles.find(candidates, known.title, flat)
    title = _title(printed, head, rows, flat, title_hint, file_name)
    inner = _inner(title, rows, head, flat)
    body = _body(rows, head, title, inner, flat)
    all_signed = signatures.find(rows, known.offices)
    signed = _signature(all_signed, rows, head, body)
    notes = _notes(rows, head, body)
    return Metadata(
        title,
        inner if inner != title else None,
        _number(head, printed, notes),
        _issuers(signed, all_signed, title, head, notes, rows),
        _issued(signed, printed, head, notes, rows),
        kind(title or "", text),
        rows[body].start if body < len(rows) else len(text),
    )


def _title(
    printed: Title | None,
    head: Masthead,
    rows: Sequence[Line],
    flat: str,
    hint: str | None,
    file_name: str | None,
) -> str | None:
    """As printed; as the page lists it; as the first sentence publishes it; as the page or file is called."""
    shape = words().title
    hint = close(hint) if hint else None
    if hint and titles.is_title(hint, shape) and (not printed or printed.name in hint):
        return hint
    if printed:
        return printed.name
    if (listed := close(head.labels.get("title", ""))) and len(listed) > 3:
        return listed
    for row in rows[head.last : head.last + 4]:
        if hit := _PUBLISHED.search(row.text) or _HANDED.search(row.text):
            return close(hit[1])
    heading = close(head.rows[0].text) if head.rows else ""
    if not hint and 6 <= len(heading) <= 40 and not _NOTE.fullmatch(heading):
        return heading
    return hint or (close(file_name) if file_name else None)


def _inner(title: str | None, rows: Sequence[Line], head: Masthead, flat: str) -> str | None:
    """The name of the text that the paper hands out, where that text is there."""
    carried = titles.carried(title or "")
    if carried is None:
        return None
    for name in (carried, re.sub(r"(?:及|等|和).{0,12}$", "", carried)):
        if _heading(rows, head.last, name):
            return name
    return _like(rows[head.last : head.last + _FAR], carried)


def _like(rows: Sequence[Line], carried: str) -> str | None:
    """A heading that names the same text in other words order: 某市2016年甲意见, 某市甲2016年意见."""
    for first in range(len(rows)):
        for last in range(first + 1, min(first + 4, len(rows) + 1)):
            name = titles.joined(rows[first:last])
            if titles.is_title(name, words().title) and name != carried:
                if sorted(_bare(name)) == sorted(_bare(carried)):
                    return name
    return None


def _heading(rows: Sequence[Line], start: int, name: str) -> tuple[int, int] | None:
    """The lines from `start` on that print a name as a heading."""
    wanted = _bare(name)
    for first in range(start, len(rows)):
        built = ""
        for last in range(first, min(first + 4, len(rows))):
            built += _bare(rows[last].text)
            if built == wanted:
                return first, last + 1
            if not wanted.startswith(built):
                break
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\s《》〈〉#*（）()]", "", text)


def _body(
    rows: Sequence[Line], head: Masthead, title: str | None, inner: str | None, flat: str
) -> int:
    """The line where the text to compare begins."""
    for name in (inner, title):
        found = _heading(rows, head.last, name) if name else None
        if found:
            place = found[1]
            while place < len(rows) and _NOTE.fullmatch(rows[place].text):
                place += 1
            return place
    return head.last


def _signature(
    found: list[Signature], rows: Sequence[Line], head: Masthead, body: int
) -> Signature | None:
    """The one before the text handed out; else one at the end, with names rather than without."""
    near = [s for s in found if s.first < max(body, head.last + _NEAR)]
    named = [s for s in found if s.issuers]
    last = [s for s in found if s.first >= max(body, len(rows) - _NEAR)][::-1]
    order = [
        *sorted(near, key=lambda s: not s.issuers),
        *sorted(last, key=lambda s: not s.issuers),
        *named,
    ]
    return order[0] if order else None


def _notes(rows: Sequence[Line], head: Masthead, body: int) -> list[Line]:
    """The 题注: lines in brackets that tell of adoption and publication."""
    near = [*head.rows, *rows[max(body - 3, 0) : body]]
    return [row for row in near if _NOTE.fullmatch(row.text) and _ADOPTED.search(row.text)]


def _number(head: Masthead, printed: Title | None, notes: Sequence[Line]) -> str | None:
    listed = docnumbers.fold_number(head.labels.get("number", ""))
    return (
        mastheads.number(head.rows, printed.rows if printed else ())
        or listed
        or mastheads.noted_number(notes)
    )


def _issuers(
    signed: Signature | None,
    all_signed: Sequence[Signature],
    title: str | None,
    head: Masthead,
    notes: Sequence[Line],
    rows: Sequence[Line],
) -> tuple[str, ...]:
    """As signed; as the title begins; as a 令 or 题注 names it; as the page lists it."""
    if signed and signed.issuers:
        return signed.issuers
    endings = words().offices
    listed = signatures.offices(head.labels.get("issuers", ""), endings)
    if title and (hit := _SPEAKING.match(title)):
        if found := signatures.offices(hit[1], endings):
            return found
    if (place := mastheads.ordering(head.rows)) is not None:
        if found := docnumbers.find(" ".join(row.text for row in head.rows[place : place + 2])):
            return (
                listed
                if found[0].issuer_code[:1] in "省市区县" and listed
                else (found[0].issuer_code,)
            )
    for row in head.rows:
        letterhead = close(row.text)
        if letterhead.endswith("文件") and (found := signatures.offices(letterhead[:-2], endings)):
            return found
    if signed and (same := [s for s in all_signed if s.issuers and s.date == signed.date]):
        return same[0].issuers
    for note in notes:
        if hit := _ASSEMBLY.search(re.sub(r".*日", "", note.text, count=1)):
            return (hit[1] + hit[2],)
    return listed or signatures.offices(_printed(rows)[0], endings)


def _printed(rows: Sequence[Line]) -> tuple[str, str | None]:
    """Who printed the paper and when: 某市政府办公室2015年12月31日印发, at its end."""
    for row in rows[-6:]:
        if _PRINTED.search(row.text) and (found := dates.find(row.text)):
            return row.text[: found[-1].start], found[-1].iso
    return "", None


def _issued(
    signed: Signature | None,
    printed: Title | None,
    head: Masthead,
    notes: Sequence[Line],
    rows: Sequence[Line],
) -> str | None:
    """The date under the signature; of the 题注; as the page lists it; as printed (印发) at the end."""
    if signed:
        return signed.date
    for row in (*notes, *(printed.rows[-1:] if printed else ())):
        if (found := dates.find(row.text)) and row.text.endswith(("）", ")")):
            return found[0].iso
    if found := dates.find(head.labels.get("issued", "")):
        return found[0].iso
    return _printed(rows)[1]


def kind(title: str, text: str) -> str:
    """policy, draft, interpretation, qa, guide or news.

    >>> kind("某市甲办法（征求意见稿）", ""), kind("《某市甲办法》解读", ""), kind("某市甲办法", "")
    ('draft', 'interpretation', 'policy')
    """
    known = words()
    for name, signs in known.kinds.items():
        if any(sign in title for sign in signs):
            return name
    if sum(sign in text for sign in known.news) >= known.news_least:
        return "news"
    return "policy"
