"""Unwrapping: join lines that were broken at a fixed width or inside a sentence."""

import re
from itertools import pairwise

TERMINAL = "。！？；：.!?;:”’」』）)》】…"
_SLACK = 3  # characters by which the lengths of lines broken at one width differ
_SEVERAL = 3  # full lines that end inside a sentence: so many show that the text was wrapped
_PAUSE = re.compile("[，、；。：]")
# A line that consists of a document number or a date.
_ALONE = re.compile(
    r"[^\W\d_]{0,20}\s?[〔\[（(【]\s?(?:19|20)\d\d\s?年?[〕\]）)】]\s?第?\s?\d{1,5}\s?号|第\s?\d{1,5}\s?号"
    r"|(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[一二][〇○零Ｏ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_APART = re.compile(r"[|#]|附\s*件|抄送")


def join_wrapped(text: str, starts: re.Pattern[str]) -> str:
    """Join lines that were broken at a fixed width, as in text copied from PDF and mail.

    A line is joined to the next when it fills the width and does not end a sentence, and the next one
    is neither indented nor a start. Texts whose paragraphs are whole lines stay as they are.

    Args:
        text: tidy text.
        starts: matches lines that begin a paragraph (markers, headings).
    """
    lines = text.split("\n")
    width = _wrapping_width(lines)
    if width is None:
        return text
    joined = lines[:1]
    for before, line in pairwise(lines):
        if _is_continued(before, line, width, starts):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)


def _wrapping_width(lines: list[str]) -> float | None:
    """The width at which lines were broken, in Chinese characters; None where the text is not wrapped.

    A text is wrapped when several of its widest lines, of about one width, end inside a sentence.
    """
    widths = sorted(_width(line) for line in lines if line)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    if not 16 <= width <= 60:  # each paragraph is one line
        return None
    full = [line for line in lines if line and abs(_width(line) - width) <= _SLACK]
    broken = sum(line[-1] not in TERMINAL and bool(_PAUSE.search(line)) for line in full)
    return width if broken >= max(_SEVERAL, len(full) / 2) else None


def _width(line: str) -> float:
    """The printed width of a line, in Chinese characters."""
    return len(line) - sum(map(str.isascii, line)) / 2


def _is_continued(before: str, line: str, width: float, starts: re.Pattern[str]) -> bool:
    full = _width(before) >= width - _SLACK and before[-1] not in TERMINAL
    is_start = not line or line[0] in " \u3000\t" or starts.match(line)
    return full and not is_start and not _ALONE.fullmatch(before) and not _ALONE.fullmatch(line)


def join_running(text: str, starts: re.Pattern[str]) -> str:
    """Join lines that end inside a sentence, as web pages and forced line ends leave them.

    A line is joined to the next when it holds an unfinished sentence and the next one can finish it.
    In the official texts used for testing, 68 of 71 such places were breaks inside a sentence.

    Args:
        text: tidy text.
        starts: matches lines that begin a paragraph (markers, headings).
    """
    joined: list[str] = []
    for line in text.split("\n"):
        if joined and _is_unfinished(joined[-1]) and _is_rest(line) and not starts.match(line):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)


def _is_unfinished(line: str) -> bool:
    """Whether a line ends inside a sentence."""
    is_sentence = len(line) >= 20 and any(mark in line for mark in "，。；")
    return is_sentence and _is_han(line[-1]) and not _APART.match(line)


def _is_rest(line: str) -> bool:
    """Whether a line can be the rest of a sentence."""
    return bool(line) and _is_han(line[0]) and any(mark in line for mark in "，。；：、")


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "鿿"
