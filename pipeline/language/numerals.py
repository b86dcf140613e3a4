"""Numerals: Chinese, Arabic and mixed numerals as numbers; a malformed one is None, never a guess."""

import re
import unicodedata
from functools import lru_cache

DIGITS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    **{"〇": 0, "○": 0, "两": 2},
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE = "零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = "(?:百|千)?(?:万亿|万|亿)|百|千(?![瓦米克伏卡])"
# What looks like a numeral; `number` decides whether it is one.
NUMERAL = rf"{_ARABIC}亿{_ARABIC}万|{_ARABIC}(?:{_SCALE})?|(?:(?!千[瓦米克伏卡])[{CHINESE}])+(?:点[{CHINESE}]+)?"
_LONGEST = 30  # characters; what is longer is an account number or a torn table
_MIXED = re.compile(rf"({_ARABIC})亿({_ARABIC})万")
_SCALED = re.compile(rf"({_ARABIC})((?:百|千)?)((?:万亿|万|亿)?)")


def number(text: str) -> float | None:
    """Read a numeral.

    >>> number("三千五百万"), number("1.5亿"), number("二点五"), number("3,000")
    (35000000.0, 150000000.0, 2.5, 3000.0)
    >>> [number(broken) for broken in ("三五百万", "一百二十亿亿", "二千五", "三万五")]
    [None, None, None, None]
    >>> number("1" * 400), number("一" * 400)
    (None, None)
    """
    if len(text) > _LONGEST:
        return None
    text = unicodedata.normalize("NFKC", text)
    if mixed := _MIXED.fullmatch(text):  # 12亿5000万
        return _plain(mixed[1]) * 10**8 + _plain(mixed[2]) * 10**4
    if arabic := _SCALED.fullmatch(text):
        factor = TENS.get(arabic[2], 1)
        for myriad in arabic[3]:
            factor *= MYRIADS[myriad]
        return round(_plain(arabic[1]) * factor, 6)
    whole, point, fraction = text.partition("点")
    value = integer(whole)
    if value is None:
        return None
    return _fractional(value, fraction) if point else float(value)


def _plain(text: str) -> float:
    return float(text.replace(",", ""))


def _fractional(value: int, fraction: str) -> float | None:
    """The number `value`点`fraction`, where the fraction may end in 万 or 亿: 一点五亿."""
    factor = MYRIADS.get(fraction[-1:], 1)
    digits = fraction if factor == 1 else fraction[:-1]
    if not digits or any(c not in DIGITS for c in digits):
        return None
    return round(float(f"{value}.{''.join(str(DIGITS[c]) for c in digits)}") * factor, 6)


@lru_cache(maxsize=10_000)
def integer(text: str) -> int | None:
    """Read a Chinese integer below 10^12; digit strings (二〇一九) are read as digits.

    >>> integer("一百零三"), integer("十二"), integer("二〇一九"), integer("一千二百亿")
    (103, 12, 2019, 120000000000)
    """
    if not text or len(text) > _LONGEST or any(c not in CHINESE for c in text):
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text)) if "两" not in text else None
    total = 0
    for sign, value in (("亿", 10**8), ("万", 10**4)):
        if sign in text:
            head, _, text = text.partition(sign)
            section = _section(head)
            if sign in text or not section:
                return None
            total += section * value
    rest = _section(text) if text else 0
    if rest is None or (total and len(text) == 1):  # 三万五 is ambiguous: 35,000 or 30,005
        return None
    return total + rest


def _section(text: str) -> int | None:
    """A numeral below 10,000: pairs of digit and unit, the units falling; 零 only fills a gap."""
    total, last_unit, digit, filled = 0, 10_000, None, True
    for c in text:
        if c in TENS:
            unit = TENS[c]
            if digit is None and not (unit == 10 and total == 0):
                return None
            if unit >= last_unit:
                return None
            total, last_unit, digit = total + (1 if digit is None else digit) * unit, unit, None
            filled = unit == 10
        elif c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
            filled = filled or digit == 0
        else:
            return None
    return total + (digit or 0) if filled or digit is None else None


def chinese(value: int) -> str:
    """Write an integer below 10^12 in Chinese, the inverse of `integer`.

    >>> chinese(103), chinese(12), chinese(10_0005), chinese(120_000_000_000)
    ('一百零三', '十二', '十万零五', '一千二百亿')
    """
    if value == 0:
        return "零"
    out = ""
    for factor, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, value = divmod(value, factor)
        if section:
            gap = bool(out) and section < 1000
            out += ("零" if gap else "") + _written(section) + sign
    return out[1:] if out.startswith("一十") else out


def _written(section: int) -> str:
    out, gap = "", False
    for factor, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, section = divmod(section, factor)
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        else:
            gap = True
    return out
