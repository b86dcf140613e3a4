"""Tables of contents: the lines of a 目录 repeat headings that follow and are no headings themselves."""

import re

from pipeline.language.markers import LONGEST
from pipeline.structure.marked_lines import MarkedLine, bare

_TITLE = re.compile(r"目录[:：]?")
_LEADER = re.compile(
    r"(?:(?<![.．…·・])[.．…·・]{2,}|(?<!\s)\s{2,}|\t).{0,3}\d{1,3}\s*$"
)  # dots and a page number
_CHAPTERS = ("division", "part", "chapter", "section")
_HEADINGS = (*_CHAPTERS, "numbered", "item", "article", "attachment")


def mark(lines: list[MarkedLine]) -> list[MarkedLine]:
    """Mark the lines of tables of contents."""
    marked, at = list(lines), 0
    while at < len(lines):
        end = _end(lines, at)
        for i in range(at, end):
            marked[i] = lines[i].with_role("contents")
        at = max(end, at + 1)
    return marked


def _end(lines: list[MarkedLine], at: int) -> int:
    """The line after a table of contents that begins at a line; `at` itself where none begins."""
    line = bare(lines[at].text)
    titled = _TITLE.match(line) if not lines[at].role and len(line) < 400 else None
    if titled and len(line) > titled.end():  # 目录：第一章 总则；第二章 …
        return at + 1 if line.count("第") > 1 else at
    first = at + 1 if titled else at
    levels = _HEADINGS if titled else _CHAPTERS
    end = first
    while end < len(lines) and _is_entry(lines[end], levels) and not _recurs(lines, first, end):
        end += 1
    if end == len(lines) or end - first < (1 if titled else 3):
        return at
    return end if any(_recurs(lines, first, i) for i in range(end, len(lines))) else at


def _is_entry(line: MarkedLine, levels: tuple[str, ...]) -> bool:
    if _LEADER.search(line.text):
        return True
    is_heading = line.marker is not None and line.marker.level in levels
    return is_heading and len(line.text) <= LONGEST and line.text[-1] not in "。；"


def _recurs(lines: list[MarkedLine], first: int, at: int) -> bool:
    """Whether a line after the first entry has the same marker as it."""
    entry, line = lines[first].marker, lines[at].marker
    if at <= first or entry is None or line is None:
        return False
    return (entry.level, entry.number) == (line.level, line.number)
