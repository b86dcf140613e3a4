"""Cuts: markers in mid-line that begin a provision of their own, where a page ran lines together.

…不重复享受。五、养老保险费补缴 is two provisions when 四、 came before. A marker is cut off where a
sentence ends before it and its number goes on from the last one; a citation does neither.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from pipeline.language.markers import LONGEST, Marker, citing, marker
from pipeline.language.normalization import fold
from pipeline.structure.marked_lines import Line

_N = "[零〇○一二三四五六七八九十百0-9]"
_HEAD = re.compile(
    rf"第\s*{_N}(?:\s*{_N})*\s*[章节条](?:之{_N}+)?|[一二三四五六七八九十]{{1,3}}\s?(?:、|\.(?!\d))|\([一二三四五六七八九十]{{1,3}}\)"
)
_ARTICLE = re.compile(rf"第\s*{_N}(?:\s*{_N})*\s*条")
_CHAPTER_TITLE = re.compile(rf"[^。,;:]{{1,25}}?(?=\s*第\s*{_N}(?:\s*{_N})*\s*[节条])")
# What follows the first number of a series in the same line.
_SECOND: Final = {
    "article": re.compile(r"第\s*[二2]\s*条"),
    "numbered": re.compile(r"(?<=[。;!?])\s*二\s?[、.]"),
    "item": re.compile(r"(?<=[。;!?])\s*\(二\)"),
}
# What an article is cited after, where a blank stands before its number.
_LEADING = re.compile(r"(?:根据|依照|依据|按照|适用|违反|符合|本[\w]{2}|[》、和或至到与及第,(])$")
_MANY = 300  # articles that follow in one line
_FAR = 2000  # characters; a quotation mark that never closes must not hide the text
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
        places = [0, *_Reader(folded, count, coming).places(), line.end - line.start]
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

    def base(self, level: str) -> int:
        """The last number of a level, without what was put in later; 0 where there was none."""
        return _base(self.last.get(level, "0"))

    def goes_on(self, found: Marker) -> bool:
        """Whether a marker's number is the next one of its level."""
        base, _, inserted = self.last.get(found.level, "0").partition("-")
        nexts = {str(int(base) + 1), f"{base}-{int(inserted or 0) + 1}"}
        return found.number in nexts


class _Reader:
    """Reads one line from left to right; `begun` is where the provision being read begins."""

    def __init__(self, line: str, count: _Count, coming: dict[str, str]) -> None:
        self.line = line
        self.count = count
        self.coming = coming
        self.begun = 0
        self.seconds = {
            level: max((hit.end() for hit in second.finditer(line)), default=-1)
            for level, second in _SECOND.items()
        }
        # Where an article follows the end of a sentence, and which.
        self.chain = [
            (hit.start(), _base(found.number))
            for hit in _ARTICLE.finditer(line)
            if _ended(line[max(0, hit.start() - 10) : hit.start()].rstrip())
            and (found := marker(line[hit.start() : hit.start() + 80]))
        ]

    def places(self) -> list[int]:
        """Where new provisions begin, after the line's own."""
        found = []
        for head in _HEAD.finditer(self.line):
            at = head.start()
            part = self.line[at : at + 80]
            if "章" in head[0] or "节" in head[0]:
                here = self._chapter(head)
            else:
                here = marker(part) or citing(part)
            if here and (not at or self._begins(at, here, doubtful=marker(part) is None)):
                found += [at] if at else []
                self.count.take(here)
                self.begun = at
        return found

    def _chapter(self, head: re.Match[str]) -> Marker | None:
        """第一章 总则 第一条 …: a chapter's heading that an article follows in the same line."""
        return marker(head[0]) if _CHAPTER_TITLE.match(self.line, head.end()) else None

    def _begins(self, at: int, here: Marker, doubtful: bool) -> bool:
        before = self._before(at)
        if not before or self._inside(at) or not self._counts(at, here):
            return False
        if here.level in ("chapter", "section"):
            after = here.number == "1" or _base(here.number) > self.count.base(here.level)
            return after and (_ended(before) or self._headed(at) or self._opens(at, here))
        if here.level == "article" and here.number != "1":
            return self._article(at, here, doubtful)
        if here.number == "1":
            below = here.level != "item" and self.coming.get(here.level) == "2"
            return (below or self.seconds[here.level] > at) and self._opens(at, here)
        return self.count.goes_on(here) and self.coming.get(here.level) != here.number and _ended(before)  # fmt: skip

    def _article(self, at: int, here: Marker, doubtful: bool) -> bool:
        """Whether an article after the first one begins here."""
        if self.coming.get("article") == here.number:
            return False
        before, number = self._before(at), _base(here.number)
        after = self._after(at)
        if not self.count.goes_on(here):  # the copy lacks an article
            lacking = self.count.base("article") + 1
            return (
                _ended(before) and not doubtful and number > lacking
                and after[:2] == [number + 1, number + 2] and lacking not in after
            )  # fmt: skip
        if doubtful:
            return _ended(before) and after[:1] == [number + 1]
        spaced = self.line[at - 1] == " " and after[:1] == [number + 1]
        return _ended(before) or self._headed(at) or (spaced and not _LEADING.search(before))

    def _after(self, at: int) -> list[int]:
        """The numbers of the articles that follow in this line, and of the next one below."""
        later = self.chain[bisect_right(self.chain, (at, 10**9)) :][:_MANY]
        below = self.coming.get("article")
        return [number for _, number in later] + ([_base(below)] if below else [])

    def _before(self, at: int) -> str:
        return self.line[max(self.begun, at - 40) : at].rstrip()

    def _inside(self, at: int) -> bool:
        """Whether a quotation or a bracket is still open: what it holds is not this text's."""
        piece = self.line[max(self.begun, at - _FAR) : at]
        return piece.count("“") > piece.count("”") or piece.count("(") > piece.count(")")

    def _counts(self, at: int, here: Marker) -> bool:
        """Whether 三、 counts a provision; in 三、四级伤残 it does not."""
        after = self.line[at + here.end : at + here.end + 1]
        return here.level not in ("numbered", "item") or (bool(after) and after not in _NUMBERS)

    def _opens(self, at: int, here: Marker) -> bool:
        """Whether a first number may stand here: a sentence, a lead (如下：) or a title ends before it."""
        before = self._before(at)
        if here.level == "item":
            return before[-1] in ":。"
        titled = not self.begun and at <= _TITLE and not re.search("[。,;]", self.line[:at])
        ended = _ended(before) or before[-1] in ":)》" or self.line[at - 1] == " "
        return ended or titled or (here.level == "article" and self._headed(at))

    def _headed(self, at: int) -> bool:
        """Whether all that stands before an article is the heading of its chapter or section."""
        if at - self.begun > LONGEST:
            return False
        found = marker(self.line[self.begun : at])
        return found is not None and found.level in ("chapter", "section")


def _base(number: str) -> int:
    return int(number.partition("-")[0])


def _ended(before: str) -> bool:
    """Whether a sentence ends here, closing quotes and brackets aside."""
    return before.rstrip('”’」』")')[-1:] in tuple("。;!?")
