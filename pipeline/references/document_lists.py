"""Listings: catalogues of documents (清理目录), whose titles stand in cells and lines without 书名号."""

import re
from collections.abc import Iterator

from pipeline.core.records import Clause
from pipeline.language import document_numbers, document_titles
from pipeline.language.document_titles import CitationRules as Rules
from pipeline.language.markdown_tables import is_row
from pipeline.language.normalization import fold

_LINE = re.compile(r"[^\n]+")
_LISTED = re.compile(
    r"\s*(?:\d{1,3}[.、]|\(?[一二三四五六七八九十]{1,3}[)、.])?\s*"
    r"(?P<title>[^《》。;,:|\s][^《》。;:|]{5,90}?)\s?(?P<number>\([^()]*(?:\([^()]*\)[^()]*)*号[^()]*\))\s?[;。,]?"
)
_SHORT = 80
Entry = tuple[int, int, str, str]  # start, end, title, folded number


def find(text: str, rules: Rules) -> list[Entry]:
    """The documents that lines and table rows list by title and number without 书名号.

    >>> find("1.某市关于某事的通知（沪府发〔2013〕40号）", titles.load(titles.PATH))
    [(2, 25, '某市关于某事的通知', '沪府发〔2013〕40号')]
    """
    folded = fold(text)
    found: list[Entry] = []
    for hit in _LINE.finditer(folded):
        reader = _row if is_row(hit[0]) else _line
        found += reader(text, folded, hit.start(), hit.end(), rules)
    return found


def _line(text: str, folded: str, start: int, end: int, rules: Rules) -> Iterator[Entry]:
    hit = _LISTED.fullmatch(folded, start, end)
    if hit and document_titles.is_policy(hit["title"], rules):
        number = document_numbers.fold_number(text[hit.start("number") : hit.end("number")])
        if number:
            name = text[hit.start("title") : hit.end("title")]
            yield hit.start("title"), hit.end("number"), re.sub(r"\s", "", name), number


def _row(text: str, folded: str, start: int, end: int, rules: Rules) -> Iterator[Entry]:
    """A cell that is a title beside a cell that is a number."""
    cells = [
        (hit.start(), hit.end())
        for hit in re.compile(r"[^|\s](?:[^|\n]*[^|\s])?").finditer(folded, start, end)
    ]
    number, title = None, None
    for at, to in cells:
        spans = document_numbers.find(text[at:to])
        if number is None and len(spans) == 1 and spans[0].end - spans[0].start >= to - at - 2:
            number = spans[0].folded
        elif title is None and to - at >= 6 and document_titles.is_policy(folded[at:to], rules):
            title = (at, to)
    if number and title:
        name = text[title[0] : title[1]]
        if name.startswith("《") and name.endswith("》"):
            name = name[1:-1]
        yield title[0], title[1], re.sub(r"\s", "", name), number


def ended(clause: Clause, by_id: dict[str, Clause], before: list[Clause], rules: Rules) -> bool:
    """Whether what a clause lists is ended, by the nearest heading or lead that says what becomes of it.

    Args:
        clause: that lists documents.
        by_id: the document's clauses.
        before: the clauses before it, in reading order.
        rules: of the patterns file.
    """
    for words in _leads(clause, by_id, before):
        plain = fold(re.sub(r"\s", "", words))
        if rules.listed_kept.search(plain):
            return False
        if rules.listed_ended.search(plain):
            return True
    return False


def _leads(clause: Clause, by_id: dict[str, Clause], before: list[Clause]) -> Iterator[str]:
    """What stands over a clause, the nearest first: the own first line, short lines before, ancestors."""
    above: Clause | None = clause
    while above is not None:
        if above is not clause:
            yield above.text.split("\n", 1)[0][-_SHORT:]
        sisters = [c for c in before if c.parent_id == above.parent_id and c.start < above.start]
        for sister in sisters[:-4:-1]:
            if sister.end - sister.start <= _SHORT or sister.text.endswith(("：", ":")):
                yield sister.text[-_SHORT:]
        above = by_id.get(above.parent_id or "")
