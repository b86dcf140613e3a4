"""Automatic numbers of Word: 第一条, （一）, 1. that are properties of a paragraph, not text."""

import re
from dataclasses import dataclass, field

from pipeline.language import numerals

_CLOSED = "、.．）)，,：:"  # ends of a number that need no blank behind them
_CHINESE = re.compile("chinese|japanese|taiwanese|ideograph(Digital|Traditional)")
_CIRCLED = range(1, 21)
_LETTERS = range(1, 27)


@dataclass(frozen=True, slots=True)
class Level:
    """The number format of one level of a list."""

    start: int
    form: str  # the name in .docx: decimal, chineseCounting, …
    text: str  # %1 stands for the number of the first level
    after: int | None = None  # how many of the first levels restart it; None: all levels above it


@dataclass(slots=True)
class Lists:
    """The lists of one document, with their counters."""

    levels: dict[str, dict[int, Level]]  # list → level → its format
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # restarts, each used once
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # list → level → last number

    def label(self, key: str, level: int, restart: str = "") -> str:
        """Count one paragraph, and return its number as Word shows it."""
        levels = self.levels.get(key, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(key, {})
        start = self.starts.pop((restart, level), None)
        counts[level] = counts.get(level, levels[level].start - 1) + 1 if start is None else start
        for deeper in [other for other in counts if other > level]:
            after = levels[deeper].after
            if after is None or level < after:
                del counts[deeper]
        return _written(levels, level, counts)


def _written(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
    """The number of a level with those of the levels above it, in the level's format."""
    text = levels[level].text
    if levels[level].form in ("bullet", "none") or "%" not in text:
        return "" if levels[level].form == "bullet" else text
    for upper in range(level + 1):
        if upper in levels:
            value = counts.get(upper, levels[upper].start)
            text = text.replace(f"%{upper + 1}", numeral(value, levels[upper].form))
    return text if text[-1] in _CLOSED else text + " "


def numeral(value: int, form: str) -> str:
    """A number in one of Word's forms.

    >>> [numeral(21, form) for form in ("chineseCountingThousand", "decimal", "upperLetter")]
    ['二十一', '21', 'U']
    >>> numeral(3, "decimalEnclosedCircle"), numeral(4, "lowerRoman")
    ('③', 'iv')
    """
    if _CHINESE.match(form) and value > 0:
        return numerals.chinese(value)
    if form.startswith("decimalEnclosedCircle") and value in _CIRCLED:
        return chr(ord("①") + value - 1)
    if form in ("upperLetter", "lowerLetter") and value in _LETTERS:
        return chr(ord("A" if form[0] == "u" else "a") + value - 1)
    if form in ("upperRoman", "lowerRoman") and 0 < value < 40:
        units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
        roman = "X" * (value // 10) + units[value % 10]
        return roman if form[0] == "u" else roman.lower()
    return str(value)
