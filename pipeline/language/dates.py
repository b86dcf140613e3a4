"""Dates: the days, months and years in a text, in ISO form and to the precision given there."""

import calendar
import datetime
import re
from dataclasses import dataclass

from pipeline.language import numerals
from pipeline.language.normalization import fold

_SPACE = r"[ \u00a0\t]{0,3}"
_YEAR = rf"(?:[12](?:{_SPACE}\d){{3}}|[一二](?:{_SPACE}[〇○零oO0一二三四五六七八九]){{3}})"
_COUNT = rf"(?:\d(?:{_SPACE}\d)?|[一二三四五六七八九十](?:{_SPACE}[一二三四五六七八九十]){{0,2}})"
_WORDED = re.compile(  # 2016年3月1日, 二○一六年三月
    rf"(?<![\d.〇○零一二三四五六七八九十])({_YEAR}){_SPACE}年(?![度代])"
    rf"(?:{_SPACE}(元|{_COUNT}){_SPACE}月(?:{_SPACE}({_COUNT}){_SPACE}[日号])?)?"
)
_POINTED = re.compile(  # 2016-3-9, 2016.3.9, 2016/3/9
    r"(?<![\d.\-/])([12]\d{3})([-./])(\d{1,2})\2(\d{1,2})(?![\d\-/]|\.\d)"
)

_POINT = re.compile(r"\d[-./]\d")


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text: text[start:end] == raw; iso is YYYY, YYYY-MM or YYYY-MM-DD."""

    start: int
    end: int
    raw: str
    iso: str


def find(text: str) -> list[Date]:
    """Find the dates of a text in order; an impossible day, like 2月30日, is left out.

    >>> [date.iso for date in find("二○一六年三月一日通过，2016-3-9公布，自2016 年 5 月起施行，2016年2月30日")]
    ['2016-03-01', '2016-03-09', '2016-05']
    """
    folded = fold(text)
    if "年" not in folded and not _POINT.search(folded):
        return []
    worded = [(hit, iso(hit[1], hit[2], hit[3])) for hit in _WORDED.finditer(folded)]
    pointed = [(hit, iso(hit[1], hit[3], hit[4])) for hit in _POINTED.finditer(folded)]
    dates = [
        Date(hit.start(), hit.end(), text[hit.start() : hit.end()], value)
        for hit, value in worded + pointed
        if value
    ]
    return sorted(dates, key=lambda date: date.start)


def iso(year: str, month: str | None, day: str | None) -> str | None:
    """A date from its numerals, Chinese or Arabic; None where there is no such day since 1900.

    >>> iso("二○一六", "十二", None), iso("2016", "2", "30"), iso("2016", None, None)
    ('2016-12', None, '2016')
    """
    values = [_value(part) for part in (year, month, day) if part is not None]
    if None in values:
        return None
    numbers = [value for value in values if value is not None]
    try:
        day_one = datetime.date(*(numbers + [1, 1])[:3])
    except ValueError:
        return None
    return day_one.isoformat()[: (4, 7, 10)[len(numbers) - 1]] if day_one.year >= 1900 else None


def _value(numeral: str) -> int | None:
    plain = re.sub(r"\s", "", numeral)
    if plain == "元":
        return 1
    if plain.isdecimal():
        return int(plain)
    return numerals.integer(plain.replace("O", "〇").replace("o", "〇").replace("0", "〇"))


def last_day(date: str) -> str:
    """The last day of a date that may be a year or a month only.

    >>> last_day("2019"), last_day("2024-02"), last_day("2018-06-30")
    ('2019-12-31', '2024-02-29', '2018-06-30')
    """
    year, *rest = date.split("-")
    month = rest[0] if rest else "12"
    day = rest[1] if len(rest) > 1 else f"{calendar.monthrange(int(year), int(month))[1]:02}"
    return f"{year}-{month}-{day}"


def first_day(date: str) -> str:
    """The first day of a date that may be a year or a month only.

    >>> first_day("2019"), first_day("2024-02")
    ('2019-01-01', '2024-02-01')
    """
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def day_before(date: str) -> str:
    """The day before the first day of a date.

    >>> day_before("2019"), day_before("2024-03-01")
    ('2018-12-31', '2024-02-29')
    """
    day = datetime.date.fromisoformat(first_day(date)) - datetime.timedelta(days=1)
    return day.isoformat()


def in_words(date: str) -> str:
    """A date to the month, or the year where only that is known.

    >>> in_words("2018-04-01"), in_words("2020")
    ('2018年4月', '2020年')
    """
    year, *rest = date.split("-")
    return f"{year}年{int(rest[0])}月" if rest else f"{year}年"
