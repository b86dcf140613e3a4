"""Lines of a PDF: margins removed, and lines broken at the page width joined into paragraphs."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipeline.language import markers, official_words
from pipeline.reading.formats.blocks import Block, Table, cell_text, width

_NUMBER = re.compile(
    r"[-—－–·.~～\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／，,]?\s*(?:共\s*)?\d{1,4}\s*页)?(?:/\d+)?[-—－–·.~～\s]*"
)
_HAN = r"[\u2e80-\u9fff\uff00-\uffef“”‘’]"
_WIDE = re.compile(rf"(?<!\S){_HAN}(?: +{_HAN})+(?!\S)")
_EDGE = 0.12  # share of a page's height at top and bottom where headers and footers stand
_FEW = 8  # lines of a page below which its margins are those of its neighbours
_ENDS = "。！？；：.!?;:"  # signs that end a sentence or introduce a list
_OPEN = "见照按据在的于与和及、，,（(《“"  # ends of lines that go on with an attachment's name
_IMPRINT = re.compile(r"^[^，。；]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s?印发$")
_DATE = re.compile(
    r"(?<![自至于在])(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})\s?年.{1,4}月.{1,4}日$"
)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page; left, right and size in points, top and bottom as shares of the page's height."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


Page = list[PrintedLine | Table]


@cache
def _copies() -> re.Pattern[str]:
    """The label of a list of recipients: 抄送：."""
    names = ("\\s?".join(map(re.escape, word)) for word in official_words.signatures().copies)
    return re.compile(f"(?:{'|'.join(names)})[:：]")


def without_gaps(text: str) -> str:
    """The text without blanks inside words that are printed spaced out, character by character.

    >>> without_gaps("嘉 兴 市 文 件"), without_gaps("某市教育局 某市公安局")
    ('嘉兴市文件', '某市教育局 某市公安局')
    """
    return _WIDE.sub(lambda hit: hit[0].replace(" ", ""), text)


def without_margins(pages: list[Page]) -> list[Page]:
    """The pages without page numbers, and without lines that recur at the edge of most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_shape(line) for line in _outer(page)})
    trimmed = []
    for page in pages:
        margins = {
            id(line)
            for line in _outer(page)
            if _NUMBER.fullmatch(line.text) or counts[_shape(line)] > max(len(pages) / 2, 1)
        }
        trimmed.append([item for item in page if id(item) not in margins])
    return trimmed


def _outer(page: Page) -> list[PrintedLine]:
    """The first two and last two lines of a page, where they stand at its edge."""
    lines = [item for item in page if isinstance(item, PrintedLine)]
    outer = dict.fromkeys((*lines[:2], *lines[-2:]))
    return [line for line in outer if line.top < _EDGE or line.bottom > 1 - _EDGE]


def _shape(line: PrintedLine) -> str:
    """A line with every number as 0, for comparing headers and footers."""
    return re.sub(r"\d+", "0", line.text)


def joined(pages: list[Page]) -> list[Block]:
    """Lines joined into paragraphs, across pages too, with the tables between them."""
    blocks: list[Block] = []
    last: tuple[PrintedLine, float] | None = None  # the line before, and its page's right margin
    for number, page in enumerate(pages):
        left, right = _margins(pages, number)
        for item in page:
            if isinstance(item, Table):
                _add_table(blocks, item)
                last = None
                continue
            if last and _runs_on(*last, item, left, _is_open(str(blocks[-1]), item.text)):
                blocks[-1] = _glued(str(blocks[-1]), item.text)
            else:
                blocks.append(item.text)
            last = item, right
    return blocks


def _add_table(blocks: list[Block], table: Table) -> None:
    """Add a table; one that continues the table of the page before is joined to it, without its header."""
    before = blocks[-1] if blocks else None
    if not isinstance(before, Table) or width(before) != width(table):
        blocks.append(table)
        return
    header, first = ([cell_text(cell) for cell in each.rows[0]] for each in (before, table))
    blocks[-1] = Table([*before.rows, *table.rows[1 if first == header else 0 :]])


def _glued(before: str, text: str) -> str:
    """Two lines as one; between Latin words with a blank."""
    ends = before[-1:], text[:1]
    latin = all(sign.isascii() and sign.isalpha() for sign in ends)
    return f"{before} {text}" if latin else before + text


def _is_open(paragraph: str, text: str) -> bool:
    """Whether a paragraph continues with an indented line too.

    That is a paragraph in brackets which the line closes (a centred 题注), and a list of recipients
    of copies (抄送), which has a hanging indent.
    """
    opened = len(re.findall("[（(]", paragraph)) > len(re.findall("[）)]", paragraph))
    noted = paragraph[0] in "（(" and opened and text[-1] in "）)"
    return noted or bool(_copies().match(paragraph)) and paragraph[-1] not in _ENDS


def _runs_on(
    before: PrintedLine, right: float, line: PrintedLine, left: float, is_open: bool
) -> bool:
    """Whether a line continues the one before: that one fills the width, and this one begins nothing.

    A line that begins right of the middle is a signature or a date, and is not continued.
    """
    full = before.right > right - 2.2 * before.size and before.left < (left + right) / 2
    indented = line.left > left + 1.2 * line.size and not is_open
    alike = abs(line.size - before.size) < 0.15 * line.size
    return full and alike and not indented and not _starts(before.text, line.text)


def _starts(before: str, text: str) -> bool:
    """Whether a line starts something new: copies, the imprint, a numbered provision or an attachment."""
    if _copies().match(text) or _IMPRINT.search(text) or _IMPRINT.search(before):
        return True
    number = markers.read(text)
    if number is None:
        return False
    attached = number.level == "attachment" and before[-1] not in _OPEN
    return attached or before[-1] in _ENDS or bool(_DATE.search(before))


def _margins(pages: list[Page], number: int) -> tuple[float, float]:
    """The left and right margin of a page, in points.

    A page of few lines takes them from every other page near it, since facing pages may differ.
    """
    lines = [item for item in pages[number] if isinstance(item, PrintedLine)]
    if len(lines) < _FEW:
        near = pages[max(number - 2, number % 2) : number + 3 : 2]
        lines = [item for page in near for item in page if isinstance(item, PrintedLine)]
    if not lines:
        return 0.0, 0.0
    size = Counter(round(line.size) for line in lines).most_common(1)[0][0]
    body = [line for line in lines if round(line.size) == size]
    starts = Counter(round(line.left / 4) * 4 for line in body)
    least = max(2, len(body) / 12)
    left = min(start for start, count in starts.items() if count >= least or len(body) < 6)
    ends = sorted(line.right for line in body)
    return float(left), ends[int(len(ends) * 0.8)] if len(ends) > 4 else ends[-1]
