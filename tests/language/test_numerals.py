"""Numerals: every written form is read back; malformed numerals are not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import numerals
from support import cases

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


@cases.table("numerals.found", "text", "value")
def test_mixed_numerals(text, value):
    assert numerals.number(text) == pytest.approx(value)


@cases.table("numerals.none", "text")
def test_malformed_numerals_are_not_guessed(text):
    assert numerals.number(text) is None
