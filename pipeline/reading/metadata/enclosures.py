"""Enclosures: the text that a notice only hands out, in the same file: which it is and where it begins."""

import re
from collections.abc import Sequence

from pipeline.language import document_titles, markers
from pipeline.language.lines import Line
from pipeline.reading.metadata import title_detection
from pipeline.reading.metadata.title_detection import TitleWords

_FAR = 40  # lines within which a text handed out begins
_NOTE = re.compile(r"[（(].*[）)]$")


def name(title: str | None, rows: Sequence[Line], start: int, words: TitleWords) -> str | None:
    """The name of the text that a title hands out, where that text is there.

    Args:
        title: of the notice.
        rows: the lines of the file.
        start: the first line behind the masthead.
        words: how titles look.
    """
    carried = document_titles.inner(title or "")
    if carried is None:
        return None
    for known in (carried, re.sub(r"(?:及|等|和).{0,12}$", "", carried)):
        if heading(rows, start, known):
            return known
    near = rows[start : start + _FAR]
    bare = carried[carried.find("关于") :]  # 转发市某局关于甲意见: the office is not printed again
    return _like(near, carried, words) or _like(near, bare, words)


def heading(rows: Sequence[Line], start: int, wanted: str) -> int | None:
    """The line behind those that print a name as a heading, from `start` on."""
    plain = _bare(wanted)
    for first in range(start, len(rows)):
        built = ""
        for last in range(first, min(first + 4, len(rows))):
            built += _bare(rows[last].text)
            if built == plain:
                return last + 1
            if not plain.startswith(built):
                break
    return None


def begins(rows: Sequence[Line], start: int, names: Sequence[str | None]) -> int:
    """The line where the text to compare begins: behind its heading and 题注, or behind the masthead.

    A notice that provides for itself and has the other text as an attachment is compared whole.
    """
    for known in names:
        if known and (place := heading(rows, start, known)) is not None:
            if _provides(rows[start:place]):
                return start
            while place < len(rows) and _NOTE.fullmatch(rows[place].text):
                place += 1
            return place
    return start


def _provides(rows: Sequence[Line]) -> bool:
    """Whether lines have provisions, and an attachment behind them."""
    levels = [found.level for row in rows if (found := markers.read(row.text))]
    return "attachment" in levels and any(
        level in ("numbered", "article") for level in levels[: levels.index("attachment")]
    )


def _like(rows: Sequence[Line], carried: str, words: TitleWords) -> str | None:
    """A heading of the same words in another order: 某市2016年甲意见, 某市甲2016年意见."""
    for first in range(len(rows)):
        for last in range(first + 1, min(first + 4, len(rows) + 1)):
            found = title_detection.joined(rows[first:last])
            if title_detection.is_title(found, words) and _letters(found) == _letters(carried):
                return found
    return None


def _letters(text: str) -> list[str]:
    return sorted(_bare(text).replace("的", ""))


def _bare(text: str) -> str:
    return re.sub(r"[\s《》〈〉#*（）()]", "", text)
