"""Run-on lines: cut lines in which several provisions were run together.

…不重复享受。五、养老保险费补缴 holds two provisions where 四、 came before: a marker in mid-line
begins a provision where a sentence ends before it and its number continues the series, which is not
so for a citation.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.language import markers
from pipeline.language.markers import LONGEST, Marker
from pipeline.language.normalization import fold
from pipeline.structure.marked_lines import MarkedLine

_N = "[零〇○一二三四五六七八九十百0-9]"
_HEAD = re.compile(
    rf"第\s*{_N}(?:\s*{_N})*\s*[章节条](?:之{_N}+)?|[一二三四五六七八九十]{{1,3}}\s?(?:、|\.(?!\d))|\([一二三四五六七八九十]{{1,3}}\)"
)
_ARTICLE = re.compile(rf"第\s*{_N}(?:\s*{_N})*\s*条")
_CHAPTER_TITLE = re.compile(rf"[^。,;:]{{1,25}}?(?=\s*第\s*{_N}(?:\s*{_N})*\s*[节条])")
# The second number of a series that begins in the same line.
_SECOND: Final = {
    "article": re.compile(r"第\s*[二2]\s*条"),
    "numbered": re.compile(r"(?<=[。;!?])\s*二\s?[、.]"),
    "item": re.compile(r"(?<=[。;!?])\s*\(二\)"),
}
# What stands before a citation of an article, where a blank separates it from the number.
_LEADING = re.compile(r"(?:根据|依照|依据|按照|适用|违反|符合|本[\w]{2}|[》、和或至到与及第,(])$")
_MOST_ARTICLES = 300  # that are looked at in one line
_LONGEST_QUOTE = 2000  # characters; without a limit, an unclosed quotation mark would hide the rest
_LONGEST_TITLE = 60  # characters before the first article
_NUMERALS: Final = "一二三四五六七八九十、"
# Level → levels below it that begin to count anew.
_BELOW: Final = {
    "attachment": ("part", "chapter", "section", "article", "numbered", "item"),
    "division": ("chapter", "section", "numbered", "item"),
    "part": ("chapter", "section", "item"),
    "chapter": ("section", "item", "numbered"),
    "section": ("item", "numbered"),
    "article": ("item", "numbered"),
    "numbered": ("item",),
}


def cut(lines: list[MarkedLine]) -> list[MarkedLine]:
    """Cut the lines that hold more than one provision."""
    pieces: list[MarkedLine] = []
    counters = _Counters()
    for line, next_numbers in zip(lines, _next_numbers(lines), strict=True):
        if line.marker:
            counters.take(line.marker)
        if line.role:
            pieces.append(line)
        else:
            pieces += _pieces(line, _Cutter(fold(line.text), counters, next_numbers).offsets())
    return pieces


def _pieces(line: MarkedLine, offsets: list[int]) -> Iterator[MarkedLine]:
    """The parts of a line that is cut at these offsets; the line itself where there are none."""
    if not offsets:
        yield line
        return
    for begin, end in pairwise([0, *offsets, len(line.text)]):
        text = line.text[begin:end].rstrip()
        start = line.start + begin
        yield MarkedLine(start, start + len(text), text, markers.read(text))


def _next_numbers(lines: list[MarkedLine]) -> list[dict[str, str]]:
    """For each line, level → the number of the next line that begins with a marker of that level."""
    upcoming: dict[str, str] = {}
    numbers = []
    for line in reversed(lines):
        numbers.append(dict(upcoming))
        if line.marker:
            upcoming[line.marker.level] = line.marker.number
    return numbers[::-1]


@dataclass(slots=True)
class _Counters:
    """The last number of each level."""

    last: dict[str, str] = field(default_factory=dict)

    def take(self, marker: Marker) -> None:
        for level in _BELOW.get(marker.level, ()):
            self.last.pop(level, None)
        self.last[marker.level] = marker.number

    def base(self, level: str) -> int:
        """The last number of a level, 十二 for 第十二条之一; 0 where there was none."""
        return _base(self.last.get(level, "0"))

    def is_next(self, marker: Marker) -> bool:
        """Whether a marker has the next number of its level."""
        base, _, inserted = self.last.get(marker.level, "0").partition("-")
        return marker.number in (str(int(base) + 1), f"{base}-{int(inserted or 0) + 1}")


class _Cutter:
    """Reads a line from left to right; `begin` is where the current provision begins."""

    def __init__(self, line: str, counters: _Counters, next_numbers: dict[str, str]) -> None:
        self.line = line
        self.counters = counters
        self.next_numbers = next_numbers
        self.begin = 0
        # Level → where the last second number of a series ends in this line; -1 where there is none.
        self.seconds = {
            level: max((hit.end() for hit in second.finditer(line)), default=-1)
            for level, second in _SECOND.items()
        }
        # Offset and number of each article in this line that follows the end of a sentence.
        self.articles = [
            (hit.start(), _base(marker.number))
            for hit in _ARTICLE.finditer(line)
            if _ends_sentence(line[max(0, hit.start() - 10) : hit.start()].rstrip())
            and (marker := markers.read(line[hit.start() : hit.start() + 80]))
        ]

    def offsets(self) -> list[int]:
        """Where further provisions begin, after the first one of the line."""
        offsets = []
        for head in _HEAD.finditer(self.line):
            at = head.start()
            text = self.line[at : at + 80]
            plain = markers.read(text)
            if "章" in head[0] or "节" in head[0]:
                marker = self._chapter(head)
            else:
                marker = plain or markers.read_citation(text)
            if marker and (not at or self._begins(at, marker, is_doubtful=plain is None)):
                offsets += [at] if at else []
                self.counters.take(marker)
                self.begin = at
        return offsets

    def _chapter(self, head: re.Match[str]) -> Marker | None:
        """第一章 总则 第一条 …: the heading of a chapter, with an article behind it in the same line."""
        return markers.read(head[0]) if _CHAPTER_TITLE.match(self.line, head.end()) else None

    def _begins(self, at: int, marker: Marker, is_doubtful: bool) -> bool:
        """Whether a provision begins at an offset."""
        before = self._before(at)
        if not before or self._is_enclosed(at) or not self._is_number(at, marker):
            return False
        if marker.level in ("chapter", "section"):
            last = self.counters.base(marker.level)
            is_later = marker.number == "1" or _base(marker.number) > last
            is_end = _ends_sentence(before) or self._follows_heading(at)
            return is_later and (is_end or self._may_open(at, marker))
        if marker.level == "article" and marker.number != "1":
            return self._begins_article(at, marker, is_doubtful)
        next_number = self.next_numbers.get(marker.level)
        if marker.number == "1":
            continues_below = marker.level != "item" and next_number == "2"
            continues = continues_below or self.seconds[marker.level] > at
            return continues and self._may_open(at, marker)
        is_next = self.counters.is_next(marker) and next_number != marker.number
        return is_next and _ends_sentence(before)

    def _begins_article(self, at: int, marker: Marker, is_doubtful: bool) -> bool:
        """Whether an article other than the first begins at an offset."""
        if self.next_numbers.get("article") == marker.number:
            return False
        before, number = self._before(at), _base(marker.number)
        following = self._following_articles(at)
        if not self.counters.is_next(marker):  # the copy lacks an article
            missing = self.counters.base("article") + 1
            is_gap = number > missing and missing not in following
            continues = following[:2] == [number + 1, number + 2]
            return is_gap and continues and not is_doubtful and _ends_sentence(before)
        continues = following[:1] == [number + 1]
        if is_doubtful:
            return continues and _ends_sentence(before)
        is_apart = self.line[at - 1] == " " and continues and not _LEADING.search(before)
        return is_apart or _ends_sentence(before) or self._follows_heading(at)

    def _following_articles(self, at: int) -> list[int]:
        """The numbers of the articles that follow in this line, and of the next one below it."""
        behind = bisect_right(self.articles, (at, 10**9))
        numbers = [number for _, number in self.articles[behind : behind + _MOST_ARTICLES]]
        below = self.next_numbers.get("article")
        return numbers + ([_base(below)] if below else [])

    def _before(self, at: int) -> str:
        return self.line[max(self.begin, at - 40) : at].rstrip()

    def _is_enclosed(self, at: int) -> bool:
        """Whether an offset lies in a quotation or in brackets, whose contents begin no provision."""
        text = self.line[max(self.begin, at - _LONGEST_QUOTE) : at]
        return text.count("“") > text.count("”") or text.count("(") > text.count(")")

    def _is_number(self, at: int, marker: Marker) -> bool:
        """Whether 三、 numbers a provision; in 三、四级伤残 it does not."""
        after = self.line[at + marker.end : at + marker.end + 1]
        return marker.level not in ("numbered", "item") or (bool(after) and after not in _NUMERALS)

    def _may_open(self, at: int, marker: Marker) -> bool:
        """Whether a first number may stand here: after a sentence, a lead (如下：) or a title."""
        before = self._before(at)
        if marker.level == "item":
            return before[-1] in ":。"
        is_title = not self.begin and at <= _LONGEST_TITLE
        is_title = is_title and not re.search("[。,;]", self.line[:at])
        is_end = _ends_sentence(before) or before[-1] in ":)》" or self.line[at - 1] == " "
        return is_end or is_title or (marker.level == "article" and self._follows_heading(at))

    def _follows_heading(self, at: int) -> bool:
        """Whether the text before an article is only the heading of its chapter or section."""
        if at - self.begin > LONGEST:
            return False
        marker = markers.read(self.line[self.begin : at])
        return marker is not None and marker.level in ("chapter", "section")


def _base(number: str) -> int:
    return int(number.partition("-")[0])


def _ends_sentence(text: str) -> bool:
    """Whether a text ends with the end of a sentence, closing quotes and brackets aside."""
    return text.rstrip('”’」』")')[-1:] in tuple("。;!?")
