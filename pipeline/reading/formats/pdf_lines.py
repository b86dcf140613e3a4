"""Lines on the pages of a PDF: margins taken off, and what was broken at the page's width joined."""

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.language import markers
from pipeline.reading.formats.blocks import Block, Table, cell_text, width

_NUMBER = re.compile(
    r"[-—－–·.~～\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／，,]?\s*(?:共\s*)?\d{1,4}\s*页)?(?:/\d+)?[-—－–·.~～\s]*"
)
_HAN = r"[\u2e80-\u9fff\uff00-\uffef“”‘’]"
_WIDE = re.compile(rf"(?<!\S){_HAN}(?: +{_HAN})+(?!\S)")
_EDGE = 0.12  # share of a page's height at top and bottom where headers and footers stand
_FEW = 8  # lines of a page below which its neighbours say where its margins are
_ENDS = "。！？；：.!?;:"
_OPEN = "见照按据在的于与和及、，,（(《“"  # ends of lines whose sentence goes on with the name of an attachment
_COPIES = re.compile(r"(?:抄\s?送|主\s?送|抄\s?报|分\s?送)[:：]")
_IMPRINT = re.compile(r"^[^，。；]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s?印发$")
_DATE = re.compile(
    r"(?<![自至于在])(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})\s?年.{1,4}月.{1,4}日$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; x in points, top and bottom as shares of the page's height."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


Page = list[Line | Table]


def without_gaps(text: str) -> str:
    """Text whose words set wide, character by character, are whole again.

    >>> without_gaps("嘉 兴 市 文 件"), without_gaps("某市教育局 某市公安局")
    ('嘉兴市文件', '某市教育局 某市公安局')
    """
    return _WIDE.sub(lambda hit: hit[0].replace(" ", ""), text)


def without_margins(pages: list[Page]) -> list[Page]:
    """Pages without their numbers, and without lines that come again at the edge of most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line) for line in _outer(page)})
    out = []
    for page in pages:
        gone = {
            id(line)
            for line in _outer(page)
            if _NUMBER.fullmatch(line.text) or edges[_shape(line)] > max(len(pages) / 2, 1)
        }
        out.append([each for each in page if id(each) not in gone])
    return out


def _outer(page: Page) -> list[Line]:
    """The first and last lines of a page, where they stand at its edge."""
    lines = [each for each in page if isinstance(each, Line)]
    outer = dict.fromkeys((*lines[:2], *lines[-2:]))
    return [line for line in outer if line.top < _EDGE or line.bottom > 1 - _EDGE]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def joined(pages: list[Page]) -> list[Block]:
    """Lines as paragraphs, over the ends of pages too; tables between them."""
    out: list[Block] = []
    last: tuple[Line, float] | None = None  # the line before, and how far its page's lines reach
    for number, page in enumerate(pages):
        left, right = _margins(pages, number)
        for each in page:
            if isinstance(each, Table):
                _add_table(out, each)
                last = None
                continue
            if last and _runs_on(last[0], last[1], each, left, _is_open(str(out[-1]), each.text)):
                out[-1] = _glued(str(out[-1]), each.text)
            else:
                out.append(each.text)
            last = each, right
    return out


def _add_table(out: list[Block], table: Table) -> None:
    """Add a table; one that goes on from the page before is one table, its header told once."""
    before = out[-1] if out else None
    if not isinstance(before, Table) or width(before) != width(table):
        out.append(table)
        return
    again = [cell_text(cell) for cell in table.rows[0]] == [cell_text(c) for c in before.rows[0]]
    out[-1] = Table([*before.rows, *table.rows[1 if again else 0 :]])


def _glued(before: str, text: str) -> str:
    latin = (
        before[-1:].isascii()
        and before[-1:].isalpha()
        and text[:1].isascii()
        and text[:1].isalpha()
    )
    return f"{before} {text}" if latin else before + text


def _is_open(paragraph: str, text: str) -> bool:
    """Whether a paragraph goes on where lines are indented too.

    So does one that is all in a bracket, which the line closes (a 题注 set in the middle), and a list
    of those whom copies go to, which hangs.
    """
    opened = len(re.findall("[（(]", paragraph)) > len(re.findall("[）)]", paragraph))
    noted = paragraph[0] in "（(" and opened and text[-1] in "）)"
    return noted or bool(_COPIES.match(paragraph)) and paragraph[-1] not in _ENDS


def _runs_on(before: Line, right: float, line: Line, left: float, is_open: bool) -> bool:
    """Whether a line is the rest of the one before: that one is full, and this one begins nothing.

    What begins right of the middle is a signature or a date, and has no rest.
    """
    full = before.right > right - 2.2 * before.size and before.left < (left + right) / 2
    indented = line.left > left + 1.2 * line.size and not is_open
    alike = abs(line.size - before.size) < 0.15 * line.size
    return full and alike and not indented and not _heads(before.text, line.text)


def _heads(before: str, text: str) -> bool:
    """Whether a line begins something: copies, the imprint, by its number a provision or an attachment."""
    if _COPIES.match(text) or _IMPRINT.search(text) or _IMPRINT.search(before):
        return True
    found = markers.read(text)
    if found is None:
        return False
    attached = found.level == "attachment" and before[-1] not in _OPEN
    return attached or before[-1] in _ENDS or bool(_DATE.search(before))


def _margins(pages: list[Page], number: int) -> tuple[float, float]:
    """Where the lines of a page begin and end; facing pages may differ, so only every other counts."""
    lines = [each for each in pages[number] if isinstance(each, Line)]
    if len(lines) < _FEW:
        near = pages[max(number - 2, number % 2) : number + 3 : 2]
        lines = [each for page in near for each in page if isinstance(each, Line)]
    if not lines:
        return 0.0, 0.0
    size = Counter(round(line.size) for line in lines).most_common(1)[0][0]
    body = [line for line in lines if round(line.size) == size]
    starts = Counter(round(line.left / 4) * 4 for line in body)
    left = min(
        start for start, count in starts.items() if count >= max(2, len(body) / 12) or len(body) < 6
    )
    ends = sorted(line.right for line in body)
    return float(left), ends[int(len(ends) * 0.8)] if len(ends) > 4 else ends[-1]
