"""Contents: a 目录 lists the headings that come again; its lines are no headings."""

import re

from pipeline.language.markers import LONGEST
from pipeline.structure.marked_lines import Line, bare, words

_TITLE = re.compile(r"目录[:：]?")
_LEADER = re.compile(r"(?:[.．…·・]{2,}|\s{2,}|\t).{0,3}\d{1,3}\s*$")  # dots and a page number
_CHAPTERS = ("division", "part", "chapter", "section")
_HEADS = (*_CHAPTERS, "numbered", "item", "article", "attachment")


def mark(text: str, lines: list[Line]) -> list[Line]:
    """Tell the lines of tables of contents from headings."""
    found, at = list(lines), 0
    while at < len(lines):
        end = _end(text, lines, at)
        for i in range(at, end):
            found[i] = lines[i].told("contents")
        at = max(end, at + 1)
    return found


def _end(text: str, lines: list[Line], at: int) -> int:
    """Where a table of contents that begins at a line ends; the same place where none begins."""
    line = words(text, lines[at])
    titled = _TITLE.match(bare(line)) if not lines[at].role and len(bare(line)) < 400 else None
    if titled and len(bare(line)) > titled.end():  # 目录：第一章 总则；第二章 …
        return at + 1 if bare(line).count("第") > 1 else at
    first = at + 1 if titled else at
    levels = _HEADS if titled else _CHAPTERS
    end = first
    while end < len(lines) and _entry(text, lines[end], levels) and not _again(lines, first, end):
        end += 1
    if end == len(lines) or end - first < (1 if titled else 3):
        return at
    return end if any(_again(lines, first, i) for i in range(end, len(lines))) else at


def _entry(text: str, line: Line, levels: tuple[str, ...]) -> bool:
    said, found = words(text, line), line.marker
    if _LEADER.search(said):
        return True
    heads = found is not None and found.level in levels
    return heads and len(said) <= LONGEST and said[-1] not in "。；"


def _again(lines: list[Line], first: int, at: int) -> bool:
    """Whether a line has the marker of the first entry."""
    a, b = lines[first].marker, lines[at].marker
    return at > first and a is not None and b is not None and (a.level, a.number) == (b.level, b.number)  # fmt: skip
