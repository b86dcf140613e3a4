"""Cuts: markers in mid-line that begin a provision of their own, where a page ran lines together.

…不重复享受。五、养老保险费补缴 is two provisions when 四、 came before. A marker is cut off where a
sentence ends before it and its number goes on from the last one; a citation does neither.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.lines import Line
from pipeline.markers import Marker, marker
from pipeline.text import fold

_N = "[零〇○一二三四五六七八九十百0-9]"
_HEAD = re.compile(
    rf"第\s*{_N}(?:\s*{_N})*\s*[章节条](?:之{_N}+)?|[一二三四五六七八九十]{{1,3}}\s?(?:、|\.(?!\d))|\([一二三四五六七八九十]{{1,3}}\)"
)
_CHAPTER_TITLE = re.compile(rf"[^。,;:、]{{1,25}}?(?=\s*第\s*{_N}(?:\s*{_N})*\s*[节条])")
# What follows the first number of a series in the same line.
_SECOND: Final = {
    "article": re.compile(r"第\s*[二2]\s*条"),
    "numbered": re.compile(r"(?<=[。;!?])\s*二\s?[、.]"),
    "item": re.compile(r"(?<=[。;!?])\s*\(二\)"),
    "chapter": re.compile(r"第\s*[一1]\s*[条节]"),
}
_TITLE = 60  # characters that a title before the first article has at most
_NUMBERS: Final = "一二三四五六七八九十、"
_BELOW: Final = {
    "attachment": ("part", "chapter", "section", "article", "numbered", "item"),
    "division": ("chapter", "section", "numbered", "item"),
    "part": ("chapter", "section", "item"),
    "chapter": ("section", "item", "numbered"),
    "section": ("item", "numbered"),
    "article": ("item", "numbered"),
    "numbered": ("item",),
}


def cut(text: str, lines: list[Line]) -> list[Line]:
    """Cut the lines that hold more than one provision."""
    found: list[Line] = []
    count = _Count({})
    ahead = _ahead(lines)
    for line, coming in zip(lines, ahead, strict=True):
        if line.marker:
            count.take(line.marker)
        if line.role:
            found.append(line)
            continue
        folded = fold(text[line.start : line.end])
        places = [0, *_places(folded, count, coming), line.end - line.start]
        for a, b in zip(places, places[1:], strict=False):
            piece = text[line.start + a : line.start + b].rstrip()
            begin = line.start + a
            found.append(Line(begin, begin + len(piece), line.marker if len(places) == 2 else marker(piece)))  # fmt: skip
    return found


def _ahead(lines: list[Line]) -> list[dict[str, str]]:
    """For each line, the number that the next line of each level is headed by."""
    coming: dict[str, str] = {}
    found = []
    for line in reversed(lines):
        found.append(dict(coming))
        if line.marker:
            coming[line.marker.level] = line.marker.number
    return found[::-1]


@dataclass(slots=True)
class _Count:
    """The last number seen at each level."""

    last: dict[str, str]

    def take(self, found: Marker) -> None:
        for level in _BELOW.get(found.level, ()):
            self.last.pop(level, None)
        self.last[found.level] = found.number

    def goes_on(self, found: Marker) -> bool:
        """Whether a marker's number is the next one of its level."""
        base, _, inserted = self.last.get(found.level, "0").partition("-")
        nexts = {str(int(base) + 1), f"{base}-{int(inserted or 0) + 1}"}
        return found.number in nexts


def _places(line: str, count: _Count, coming: dict[str, str]) -> list[int]:
    """Where in a line new provisions begin, after its own."""
    found: list[int] = []
    begun = 0  # where the piece being read begins
    for head in _HEAD.finditer(line):
        at = head.start()
        if at == 0 or at <= begun:
            continue
        here = marker(line[at : at + 80]) or _chapter(line, head)
        if here and _begins(line, begun, at, here, count, coming):
            found.append(at)
            count.take(here)
            begun = at
    return found


def _chapter(line: str, head: re.Match[str]) -> Marker | None:
    """第一章 总则 第一条 …: a chapter's heading that an article follows in the same line."""
    if "章" not in head[0] or not _CHAPTER_TITLE.match(line, head.end()):
        return None
    return marker(head[0])


def _begins(
    line: str, begun: int, at: int, here: Marker, count: _Count, coming: dict[str, str]
) -> bool:
    before = line[max(begun, at - 40) : at].rstrip()
    if not before or _open(line[max(begun, at - 2000) : at]) or not _numbered(line, at, here):
        return False
    if here.number == "1" or here.number == "1-1":
        return _starts(line, at, here, coming) and _opens(line, begun, at, here)
    if not count.goes_on(here) or coming.get(here.level) == here.number:
        return False
    return _ended(before) or (here.level == "article" and _heads(line[begun:at]))


def _numbered(line: str, at: int, here: Marker) -> bool:
    """Whether 三、 counts a provision; in 三、四级伤残 it does not."""
    after = line[at + here.end : at + here.end + 1]
    return here.level not in ("numbered", "item") or (bool(after) and after not in _NUMBERS)


def _starts(line: str, at: int, here: Marker, coming: dict[str, str]) -> bool:
    """Whether a second number follows the first one: in this line, or at the head of a line below."""
    second = _SECOND.get(here.level)
    in_line = second is not None and second.search(line, at + here.end) is not None
    return in_line or (here.level != "item" and coming.get(here.level) == "2")


def _opens(line: str, begun: int, at: int, here: Marker) -> bool:
    """Whether a first number may stand here: a sentence, a lead (如下：) or a title ends before it."""
    before = line[max(begun, at - 40) : at].rstrip()
    if here.level == "item":
        return before[-1] in ":。"
    titled = begun == 0 and at <= _TITLE and not re.search("[。,;]", line[:at])
    ended = _ended(before) or before[-1] in ":)》" or line[at - 1] == " "
    return ended or titled or (here.level == "article" and _heads(line[begun:at]))


def _ended(before: str) -> bool:
    """Whether a sentence ends here, closing quotes and brackets aside."""
    return before.rstrip('”’」』")')[-1:] in tuple("。;!?")


def _heads(piece: str) -> bool:
    """Whether all that stands before an article is the heading of its chapter or section."""
    found = marker(piece[:80])
    return found is not None and found.level in ("chapter", "section") and len(piece) <= 40


def _open(piece: str) -> bool:
    """Whether a quotation or a bracket is still open: what it holds is not this text's."""
    return piece.count("“") > piece.count("”") or piece.count("(") > piece.count(")")
