"""Numerals: every written form is read back; malformed numerals are not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import numerals

AMOUNTS = st.integers(min_value=0, max_value=10**12 - 1)


@given(AMOUNTS)
def test_chinese_round_trip(value):
    assert numerals.integer(numerals.chinese(value)) == value


@given(AMOUNTS)
def test_formal_numerals_read_the_same(value):
    formal = numerals.chinese(value).translate(
        str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    )
    assert numerals.integer(formal) == value


@given(AMOUNTS)
def test_arabic_round_trip(value):
    assert numerals.number(str(value)) == numerals.number(f"{value:,}") == value
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert numerals.number(wide) == value


@pytest.mark.parametrize("text, value", [
    ("两", 2), ("两百", 200), ("两千万", 20_000_000), ("十", 10), ("一十五", 15), ("一百零五", 105),
    ("三千五百万", 35_000_000), ("十二亿五千万", 1_250_000_000), ("1.5亿", 150_000_000), ("3千万", 30_000_000),
    ("12亿5000万", 1_250_000_000), ("2万亿", 2 * 10**12), ("二点五", 2.5), ("零点零八", 0.08), ("一点五亿", 150_000_000),
    ("１２０", 120), ("1,234.5", 1234.5),
])  # fmt: skip
def test_mixed_numerals(text, value):
    assert numerals.number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三五百万",
        "一百二十亿亿",
        "万",
        "百",
        "十百",
        "二千五",
        "三万五",
        "1O0",
        "l0",
        "1,00",
        "二点",
        "点五",
        "五两",
        "一万亿亿",
    ],
)
def test_malformed_numerals_are_not_guessed(text):
    assert numerals.number(text) is None
