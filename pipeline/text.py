"""Plain text as the stages see it: same characters, tidy lines; folding never changes length."""

import re
import unicodedata
from itertools import pairwise

TERMINAL = "。！？；：.!?;:”’」』）)》】…"
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Radicals that fonts print with the sign of a simplified character, each before that character. Kangxi
# radicals are told by Unicode itself, but for two that it gives in a form that is not printed here.
_RADICALS = (
    "⼾户⾭青⺂乛⺃乚⺅亻⺉刂⺋㔾⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺣灬⺤爫⺦丬⺨犭⺫罒⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁"
    "⺹耂⺺肀⺼月⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_ORDINARY = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_ORDINARY |= dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))


def tidy(raw: str) -> str:
    r"""One kind of line end, no zero-width characters, no blanks at line ends, one blank line at most.

    >>> tidy("\ufeff甲。 \r\n\r\n\r\n乙。")
    '甲。\n\n乙。'
    """
    seen = ordinary(_UNSEEN.sub("", raw))
    lines = [line.rstrip() for line in _BREAKS.sub("\n", seen).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def ordinary(text: str) -> str:
    """Characters for the radicals that browsers write into a PDF in their place, one for one.

    >>> ordinary("\u2f00\u2f3e\u2ea0，（ａ）")
    '一户民，（ａ）'
    """
    return text.translate(_ORDINARY)


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


_SLACK = 3  # characters by which lines broken at one width differ
_SEVERAL = 3  # lines of about one width that show that they were broken there
_PAUSE = re.compile("[，、；。：]")
# A line that is a document's number or its date, and nothing else.
_ALONE = re.compile(
    r"[^\W\d_]{0,20}\s?[〔\[（(【]\s?(?:19|20)\d\d\s?年?[〕\]）)】]\s?第?\s?\d{1,5}\s?号|第\s?\d{1,5}\s?号"
    r"|(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[一二][〇○零Ｏ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_APART = re.compile(r"[|#]|附\s*件|抄送")
