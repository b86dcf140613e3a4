"""Quantities in English: 每年最高2000万元 is "at most 20 million yuan a year".

Only a text that is nothing but a quantity is converted. Words of a unit are those that matters and rules
have; another unit leaves the text Chinese, and the tests that walk the pages say so.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

# Units: one, several. 万 and 亿 (10⁴, 10⁸) before a unit are multiplied out.
UNITS = {
    "元": ("yuan", "yuan"),
    "年": ("year", "years"),
    "年租金": ("year's rent", "years' rent"),
    "个月": ("month", "months"),
    "天": ("day", "days"),
    "日": ("day", "days"),
    "个工作日": ("working day", "working days"),
    "工作日": ("working day", "working days"),
    "小时": ("hour", "hours"),
    "分钟": ("minute", "minutes"),
    "周岁": ("year of age", "years of age"),
    "岁": ("year of age", "years of age"),
    "分": ("point", "points"),
    "倍": ("time", "times"),
    "人": ("person", "people"),
    "项": ("item", "items"),
    "件": ("item", "items"),
    "个": ("", ""),
    "类": ("class", "classes"),
    "所": ("university", "universities"),
    "种": ("kind", "kinds"),
    "份": ("contract", "contracts"),
    "个行业": ("trade", "trades"),
    "个省（区、市）": ("province", "provinces"),
    "公里": ("kilometre", "kilometres"),
    "立方米": ("cubic metre", "cubic metres"),
    "平方米": ("square metre", "square metres"),
    "毫升": ("millilitre", "millilitres"),
    "亩": ("mu", "mu"),
    "千瓦时": ("kWh", "kWh"),
    "个百分点": ("percentage point", "percentage points"),
    "%": ("%", "%"),
    "‰": ("‰", "‰"),
}
PER = {
    "年": "a year",
    "月": "a month",
    "天": "a day",
    "日": "a day",
    "小时": "an hour",
    "半小时": "per half hour",
    "次": "each time",
    "人": "per person",
    "人次": "per visit",
    "户": "per household",
    "生": "per student",
    "学年": "per school year",
    "项": "per item",
    "科": "per subject",
    "科次": "per subject",
    "课次": "per course",
    "件": "per item",
    "具": "per body",
    "格": "per niche",
    "桶": "per barrel",
    "吨": "per tonne",
    "吨标煤": "per tonne of coal equivalent",
    "公里": "per kilometre",
    "立方米": "per cubic metre",
    "平方米": "per square metre",
    "亩": "per mu",
    "公顷": "per hectare",
    "单元": "per unit",
    "犬": "per dog",
    "辆": "per vehicle",
    "车次": "per trip",
    "期": "per period",
    "污染当量": "per pollution equivalent",
    "千瓦时": "per kWh",
    "千伏安": "per kVA",
    "千瓦": "per kW",
}
_BOUNDS = {"至多": "at most ", "最高": "at most ", "至少": "at least ", "": ""}
_POWERS = {"": 1, "万": 10**4, "亿": 10**8}
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, filter(None, words)), key=len, reverse=True))


_QUANTITY = re.compile(
    rf"(?P<per>(?:每(?:{_either(PER)}))*)(?P<bound>{_either(_BOUNDS)})?"
    rf"(?P<low>{_NUMBER})(?:(?P<plain>元)?[—–-](?P<high>{_NUMBER}))? ?(?P<power>[万亿]?)(?P<unit>{_either(UNITS)})(?P<more>以上)?"
)
_PER = re.compile(f"每({_either(PER)})")
_CALENDAR = re.compile(r"(19|20)\d\d年|\d{4}[—–-]\d{4}年")


@lru_cache(10_000)
def translate(text: str) -> str | None:
    """A quantity in English; None where the text is not one.

    >>> translate("每年至多2000万元"), translate("20—30%"), translate("每千瓦时0.5元")
    ('at most 20 million yuan a year', '20–30%', '0.5 yuan per kWh')
    >>> translate("1万元"), translate("2019年"), translate("某某")
    ('10,000 yuan', None, None)
    """
    match = _QUANTITY.fullmatch(text)
    if match is None or _CALENDAR.fullmatch(text):
        return None
    factor = _POWERS[match["power"]]
    factors = (1 if match["plain"] else factor, factor)  # 5000元—5万元
    values = [
        Decimal(value.replace(",", "")) * by
        for value, by in zip((match["low"], match["high"]), factors, strict=True)
        if value
    ]
    size = _sized(values, match["unit"])
    per = "".join(f" {PER[word]}" for word in _PER.findall(match["per"]))
    return f"{_BOUNDS[match['bound'] or '']}{size}{' or more' if match['more'] else ''}{per}"


def _sized(values: list[Decimal], unit: str) -> str:
    """One value, or the two ends of a range, with the unit: 10–30 million yuan."""
    scale, word = next(
        (
            (Decimal(power), name)
            for power, name in ((10**9, " billion"), (10**6, " million"))
            if abs(values[-1]) >= power
        ),
        (Decimal(1), ""),
    )
    if word and values[0] < scale:  # 500,000–30 million
        numbers = f"{_plain(values[0])}–{_plain(values[-1] / scale)}"
    else:
        numbers = "–".join(_plain(value / scale) for value in values)
    one, several = UNITS[unit]
    name = one if values == [1] else several
    joint = "" if name in ("%", "‰", "") else " "
    return f"{numbers}{word}{joint}{name}"


def _plain(value: Decimal) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".")
