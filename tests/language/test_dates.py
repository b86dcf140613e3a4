"""Dates of a text: to the precision stated, and only days that exist."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import dates, numerals
from support import cases


@cases.table("dates.found", "text", "date")
def test_a_date_is_read_to_its_own_precision(text, date):
    assert [found.iso for found in dates.find(text)] == [date]


@cases.table("dates.none", "text")
def test_malformed_dates_are_not_found(text):
    assert dates.find(text) == []


def _chinese(day: datetime.date) -> str:
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    return f"{year}年{numerals.chinese(day.month)}月{numerals.chinese(day.day)}日"


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)))
def test_every_day_is_read_back_in_every_form(day):
    forms = [_chinese(day), f"{day.year}年{day.month}月{day.day}日", day.isoformat(), day.strftime("%Y.%m.%d"),
             f"{day.year}/{day.month}/{day.day}", f"{day.year} 年 {day.month} 月 {day.day} 日"]  # fmt: skip
    for form in forms:
        assert [date.iso for date in dates.find(f"自{form}起")] == [day.isoformat()], form


@given(st.text(alphabet="0123456789年月日-./ 一二三十〇○自起", max_size=40))
def test_spans_are_slices_in_order(text):
    found = dates.find(text)
    assert all(text[date.start : date.end] == date.raw for date in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
