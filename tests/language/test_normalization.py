"""Normalisation: what it changes and what it keeps."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.normalization import fold, tidy


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)
