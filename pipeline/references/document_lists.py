"""Document lists (清理目录): titles and numbers in table cells and lines, without 书名号."""

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
_CELL = re.compile(r"[^|\s](?:[^|\n]*[^|\s])?")
_SHORT = 80  # characters of a clause that may be a heading of the list after it
Entry = tuple[int, int, str, str]  # start, end, title, folded number


def find(text: str, rules: Rules) -> list[Entry]:
    """The documents that lines and table rows list by title and number without 书名号.

    Args:
        text: of a document.
        rules: which titles are those of policy.

    >>> find("1.某市关于某事的通知（沪府发〔2013〕40号）", document_titles.load(document_titles.PATH))
    [(2, 25, '某市关于某事的通知', '沪府发〔2013〕40号')]
    """
    folded = fold(text)
    entries: list[Entry] = []
    for line in _LINE.finditer(folded):
        reader = _read_row if is_row(line[0]) else _read_line
        entries += reader(text, folded, line.start(), line.end(), rules)
    return entries


def _read_line(text: str, folded: str, start: int, end: int, rules: Rules) -> Iterator[Entry]:
    match = _LISTED.fullmatch(folded, start, end)
    if match and document_titles.is_policy(match["title"], rules):
        number = document_numbers.fold_number(text[slice(*match.span("number"))])
        if number:
            title = re.sub(r"\s", "", text[slice(*match.span("title"))])
            yield match.start("title"), match.end("number"), title, number


def _read_row(text: str, folded: str, start: int, end: int, rules: Rules) -> Iterator[Entry]:
    """A cell that is a title beside a cell that is a number."""
    number, title = None, None
    for cell in _CELL.finditer(folded, start, end):
        numbers = document_numbers.find(text[slice(*cell.span())])
        length = len(cell[0])
        if number is None and len(numbers) == 1 and numbers[0].end - numbers[0].start >= length - 2:
            number = numbers[0].folded
        elif title is None and length >= 6 and document_titles.is_policy(cell[0], rules):
            title = cell.span()
    if number and title:
        name = text[slice(*title)]
        if name.startswith("《") and name.endswith("》"):
            name = name[1:-1]
        yield *title, re.sub(r"\s", "", name), number


def is_ended(clause: Clause, by_id: dict[str, Clause], before: list[Clause], rules: Rules) -> bool:
    """Whether the documents that a clause lists are repealed, by the nearest heading that tells their fate.

    Args:
        clause: that lists documents.
        by_id: the document's clauses.
        before: the clauses before it, in reading order.
        rules: of the patterns file.
    """
    for heading in _headings(clause, by_id, before):
        plain = fold(re.sub(r"\s", "", heading))
        if rules.listed_kept.search(plain):
            return False
        if rules.listed_ended.search(plain):
            return True
    return False


def _headings(clause: Clause, by_id: dict[str, Clause], before: list[Clause]) -> Iterator[str]:
    """The possible headings of a clause, the nearest first: short clauses before it, ancestors' first lines."""
    above: Clause | None = clause
    while above is not None:
        if above is not clause:
            yield above.text.split("\n", 1)[0][-_SHORT:]
        sisters = [c for c in before if c.parent_id == above.parent_id and c.start < above.start]
        for sister in sisters[:-4:-1]:
            if sister.end - sister.start <= _SHORT or sister.text.endswith(("：", ":")):
                yield sister.text[-_SHORT:]
        above = by_id.get(above.parent_id or "")
