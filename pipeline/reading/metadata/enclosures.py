"""Enclosures: the text that a notice only issues or forwards, in the same file: its title and where it begins."""

import re
from collections.abc import Sequence

from pipeline.language import document_titles, markers
from pipeline.language.lines import Line
from pipeline.reading.metadata import title_detection
from pipeline.reading.metadata.title_detection import TitleWords

_NEAR = 40  # lines within which an enclosure begins
_HEADING = 4  # lines of a heading
_NOTE = re.compile(r"[（(].*[）)]$")


def name(title: str | None, rows: Sequence[Line], start: int, words: TitleWords) -> str | None:
    """The title of the text that a notice encloses; None where that text is not in the file.

    Args:
        title: of the notice.
        rows: the lines of the file.
        start: the first line behind the letterhead.
        words: of printed titles.
    """
    enclosed = document_titles.inner(title or "")
    if enclosed is None:
        return None
    for candidate in (enclosed, re.sub(r"(?:及|等|和).{0,12}$", "", enclosed)):
        if heading(rows, start, candidate):
            return candidate
    near = rows[start : start + _NEAR]
    bare = enclosed[
        enclosed.find("关于") :
    ]  # 转发市某局关于甲意见: printed again without the office
    return _like(near, enclosed, words) or _like(near, bare, words)


def heading(rows: Sequence[Line], start: int, title: str) -> int | None:
    """The line behind those that print a title as a heading, from `start` on."""
    plain = _bare(title)
    for first in range(start, len(rows)):
        joined = ""
        for last in range(first, min(first + _HEADING, len(rows))):
            joined += _bare(rows[last].text)
            if joined == plain:
                return last + 1
            if not plain.startswith(joined):
                break
    return None


def begins(rows: Sequence[Line], start: int, titles: Sequence[str | None]) -> int:
    """The line where the text to compare begins: behind its heading and 题注, or behind the letterhead.

    A notice that has provisions of its own and the other text as an attachment is compared whole.
    """
    for title in titles:
        if title and (place := heading(rows, start, title)) is not None:
            if _provides(rows[start:place]):
                return start
            while place < len(rows) and _NOTE.fullmatch(rows[place].text):
                place += 1
            return place
    return start


def _provides(rows: Sequence[Line]) -> bool:
    """Whether lines have provisions, and an attachment behind them."""
    levels = [number.level for row in rows if (number := markers.read(row.text))]
    return "attachment" in levels and any(
        level in ("numbered", "article") for level in levels[: levels.index("attachment")]
    )


def _like(rows: Sequence[Line], title: str, words: TitleWords) -> str | None:
    """A heading of the same characters in another order: 某市2016年甲意见, 某市甲2016年意见."""
    for first in range(len(rows)):
        for last in range(first + 1, min(first + _HEADING, len(rows) + 1)):
            candidate = title_detection.joined(rows[first:last])
            if title_detection.is_title(candidate, words) and _signs(candidate) == _signs(title):
                return candidate
    return None


def _signs(text: str) -> list[str]:
    return sorted(_bare(text).replace("的", ""))


def _bare(text: str) -> str:
    return re.sub(r"[\s《》〈〉#*（）()]", "", text)
