"""Normalisation: line ends and blanks made uniform; character forms folded one for one."""

import re
import unicodedata

_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Radicals that fonts show with the glyph of a simplified character, each followed by that character.
# Unicode itself (NFKC) maps the Kangxi radicals; two of them to other forms, so they are listed too.
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
    visible = ordinary(_UNSEEN.sub("", raw))
    lines = [line.rstrip() for line in _BREAKS.sub("\n", visible).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def ordinary(text: str) -> str:
    """Replace radicals by the characters they look like, one for one; browsers write them into PDFs.

    >>> ordinary("\u2f00\u2f3e\u2ea0，（ａ）")
    '一户民，（ａ）'
    """
    return text.translate(_ORDINARY)


def fold(text: str) -> str:
    """Fold full width to half width and brackets to one form; the length stays the same.

    >>> fold("首台（套）３０％，〔2019〕")
    '首台(套)30%,(2019)'
    """
    return _FOLDABLE.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return _FOLDED[match[0]]


def _fold_table() -> dict[str, str]:
    wide = map(chr, (*range(0xFF01, 0xFF5F), 0x3000))
    narrow = {sign: unicodedata.normalize("NFKC", sign) for sign in wide}
    return narrow | dict.fromkeys("〔［【〈", "(") | dict.fromkeys("〕］】〉", ")")


_FOLDED = _fold_table()
# Few characters of a text are in the table: finding them is quicker than str.translate, which looks all up.
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLDED))}]")
