"""Dates of a text: to the precision stated, and only days that exist."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import dates, numerals


@pytest.mark.parametrize("text, found", [
    ("二○一六年三月一日", "2016-03-01"), ("二〇一六年", "2016"), ("二Ｏ一六年十二月", "2016-12"),
    ("2016年3月1日", "2016-03-01"), ("2016年3月", "2016-03"), ("2016-3-1", "2016-03-01"),
    ("2016.3.1", "2016-03-01"), ("2016/03/01", "2016-03-01"), ("２０１６年", "2016"),
    ("2016 年 3 月 1 日", "2016-03-01"), ("二 〇 一 六 年 三 月 三 十 一 日", "2016-03-31"),
    ("2016年元月1日", "2016-01-01"), ("自2016年3月1日起施行", "2016-03-01"),
])  # fmt: skip
def test_a_date_is_read_to_its_own_precision(text, found):
    assert [date.iso for date in dates.find(text)] == [found]


@pytest.mark.parametrize("text", [
    "2016年2月30日", "2016年13月", "2016-13-01", "自 年 月 日起施行", "2019年度", "12016年", "3.2016.1.2",
    "每年3月1日", "0571-2016-3-1", "",
])  # fmt: skip
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
