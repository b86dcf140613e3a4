"""Lines: the lines of a text with their offsets; text without the blanks of spaced printing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HAN = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef〇○"
_BLANK = re.compile(rf"(?<=[{_HAN}])[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+(?=[{_HAN}])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the blanks at its ends; whole[start:end] == text."""

    start: int
    end: int
    text: str


def lines(text: str) -> Iterator[Line]:
    r"""Split a text into lines, in order; blank ones are left out.

    >>> list(lines("甲\n\n 乙 "))
    [Line(start=0, end=1, text='甲'), Line(start=4, end=5, text='乙')]
    """
    for hit in re.finditer(r"[^\n]+", text):
        stripped = hit[0].strip()
        if stripped:
            start = hit.start() + len(hit[0]) - len(hit[0].lstrip())
            yield Line(start, start + len(stripped), stripped)


def unspaced(text: str) -> str:
    """Drop the blanks beside Chinese characters.

    >>> unspaced("上 海 市 2016 年 Word 版")
    '上海市2016年Word版'
    """
    return _BLANK.sub("", text.strip())
