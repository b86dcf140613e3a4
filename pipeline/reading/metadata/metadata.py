"""Metadata: what a paper says of itself: title, number, issuers, dates, and whether it is policy at all.

Read from its head and its end only: numbers and dates inside its sentences speak of other papers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.core import toml_files
from pipeline.core.paths import DATA
from pipeline.language.lines import Line, close, lines
from pipeline.reading.metadata import enclosures, issuance, letterheads, title_detection
from pipeline.reading.metadata.issuance import Parts
from pipeline.reading.metadata.letterheads import Masthead
from pipeline.reading.metadata.title_detection import Title, TitleWords

_SHORT = 60  # characters of a line that may be a heading
_LEAST = 5  # characters; what is shorter is a column's name
_FIRST = 14  # lines in which a title stands below a lead
_ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条[ \u3000]")
_LAW = 5  # articles, cited ones among them
_NOTE = re.compile(r"[（(].*[）)]$")
_NAMED = "《((?:[^《》]|《[^《》]*》)+)》"
_PUBLISHED = re.compile(_NAMED + r"(?:[（(][^）)]*[）)])?[，,]?(?:已经|已由|业经|已于|已|经)")
_HANDED = re.compile(rf"(?:现将|制[订定]了?){_NAMED}.{{0,20}}?(?:印发|发布|公布|转发|颁发)")


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
    content: dict[str, Any] = toml_files.load(path)
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
    head = letterheads.read(rows, known.labels)
    flat = close("".join(close(row.text) for row in rows))
    order = letterheads.ordering(head.rows)
    start = 0 if order is None else order + 1
    below = letterheads.below_letterhead(head.rows[start:])
    printed = title_detection.find(below, known.title, flat)
    # What is above the number is the letterhead, where words of the title stand below it.
    after = letterheads.below_number(head.rows[start:], printed.rows if printed else ())
    printed = title_detection.find(after, known.title, flat) or printed
    if printed is None and rows and not head.rows:
        printed = title_detection.run_on(rows[0], known.title)
    title = _title(printed, head, rows, title_hint, file_name)
    inner = enclosures.name(title, rows, head.last, known.title)
    body = enclosures.begins(rows, head.last, (inner, title))
    issued = issuance.read(Parts(rows, head, printed, title, body), known.offices)
    return Metadata(
        title,
        inner if inner != title else None,
        issued.number,
        issued.issuers,
        issued.date,
        kind(
            " ".join((title or "", *(row.text for row in head.rows if len(row.text) < _SHORT))),
            text,
        ),
        rows[body].start if body < len(rows) else len(text),
    )


def _title(
    printed: Title | None,
    head: Masthead,
    rows: Sequence[Line],
    hint: str | None,
    file_name: str | None,
) -> str | None:
    """As printed; as the page lists it; as the first sentence publishes it; as the page or file is called."""
    shape = words().title
    hint = close(hint) if hint else None
    listed = title_detection.joined([Line(0, 0, head.labels.get("title", ""))])
    for known in (hint, listed):
        if (
            known
            and title_detection.is_title(known, shape)
            and (not printed or printed.name in known)
        ):
            return known
    if printed or len(listed) > _LEAST:
        return printed.name if printed else listed
    said = _said(rows[head.last : head.last + _FIRST])
    if is_news(" ".join(row.text for row in rows)):  # it speaks of a paper, and is none
        said = None
    return said or hint or _heading(head) or file_name


def _said(rows: Sequence[Line]) -> str | None:
    """The title that the first sentences publish or hand out, or that stands below a reporter's lead."""
    for row in rows[:4]:
        if hit := _PUBLISHED.search(row.text) or _HANDED.search(row.text):
            return close(hit[1])
    below = [row for row in rows[1:] if not letterheads.is_prose(row.text)]
    found = title_detection.find(below, words().title, "")
    return found.name if found and "关于" in found.name else None


def _heading(head: Masthead) -> str | None:
    """The first line, where it can be a heading."""
    first = next((row for row in head.rows if not letterheads.is_letterhead(row)), None)
    heading = close(first.text) if first else ""
    return heading if _LEAST < len(heading) <= 40 and not _NOTE.fullmatch(heading) else None


def kind(title: str, text: str) -> str:
    """policy, draft, interpretation, qa, guide or news.

    >>> kind("某市甲办法（征求意见稿）", ""), kind("《某市甲办法》解读", ""), kind("某市甲办法", "")
    ('draft', 'interpretation', 'policy')
    """
    known = words()
    for name, signs in known.kinds.items():
        if any(sign in title for sign in signs):
            return name
    return "news" if is_news(text) else "policy"


def is_news(text: str) -> bool:
    """Whether a text speaks as reports do, and is no text of articles, which may speak of reporters."""
    known = words()
    told = sum(sign in text for sign in known.news) >= known.news_least
    return told and len(_ARTICLE.findall(text)) < _LAW
