"""Compact text: a text without blanks and line wraps inside sentences, with offsets into the original."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language import numerals
from pipeline.language.normalization import fold

_HAN = "\u4e00-\u9fff"
_DIGIT = rf"\d{numerals.CHINESE}"
_BLANK = re.compile(rf"(?<=[{_HAN}\d%,;:()])[ \t]+(?=[{_HAN}(%])|(?<=[{_HAN},;:()])[ \t]+(?=\d)")
_BREAK = re.compile(rf"(?<=[{_HAN}\d])\n(?=[{_HAN}\d%])")
_MARKED = re.compile(r"\d{1,2}[.、)]|\(|[一二三四五六七八九十]+[、.]|第")
_PAGE = 16  # characters; a line that long may be cut by the edge of a page


@dataclass(frozen=True, slots=True)
class CompactText:
    """The text, folded; offsets[i] is where text[i] stands in the original."""

    text: str
    offsets: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """(start, end) in the original of text[start:end]."""
        return self.offsets[start], self.offsets[end - 1] + 1


def compact(text: str) -> CompactText:
    r"""Fold a text and take out blanks and line wraps inside sentences.

    >>> compact("不超过 5\n００万元").text
    '不超过500万元'
    """
    folded = fold(text)
    removed = {i for match in _BLANK.finditer(folded) for i in range(*match.span())}
    breaks = (match.start() for match in _BREAK.finditer(folded))
    removed |= {offset for offset in breaks if _is_wrapped(folded, offset)}
    if not removed:
        return CompactText(folded, range(len(folded)))
    offsets = [i for i in range(len(folded)) if i not in removed]
    return CompactText("".join(map(folded.__getitem__, offsets)), offsets)


def _is_wrapped(text: str, offset: int) -> bool:
    """Whether the line end at an offset cuts a numeral in two, or a line as wide as a page."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    if not re.search(rf"[{_HAN}]", line) or _MARKED.match(text, offset + 1):
        return False
    if re.search(rf"[{_DIGIT}]$", line):
        return bool(re.match(rf"[{_DIGIT},.]*[{_HAN}%]", text[offset + 1 : offset + 20]))
    return len(line) >= _PAGE and bool(re.match(rf"[{_HAN}]", line[-1]))
