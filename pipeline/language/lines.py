"""Printed: a text's lines with their places, and words without the blanks that print spreads them with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HAN = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef〇○"
_BLANK = re.compile(rf"(?<=[{_HAN}])[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+(?=[{_HAN}])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: text[start:end], blanks at both ends left out."""

    start: int
    end: int
    text: str


def lines(text: str) -> Iterator[Line]:
    """The lines of a text in order."""
    for hit in re.finditer(r"[^\n]+", text):
        words = hit[0].strip()
        if words:
            start = hit.start() + hit[0].index(words)
            yield Line(start, start + len(words), words)


def close(text: str) -> str:
    """The text without the blanks beside Chinese characters.

    >>> close("上 海 市 2016 年 Word 版")
    '上海市2016年Word版'
    """
    return _BLANK.sub("", text.strip())
