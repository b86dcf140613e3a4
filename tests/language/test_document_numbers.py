"""Document numbers: every printed form gives one folded form, and no word before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import document_numbers
from support import cases

ONE = "沪府发〔2013〕40号"


@pytest.mark.parametrize(
    "opened, closed", ["〔〕", "（）", "()", "[]", "［］", "【】", "〈〉", "《》", "‘’", "〚〛"]
)
def test_all_brackets_are_one(opened, closed):
    for blank in ("", " ", "　"):
        text = f"见沪府发{opened}2013{closed}{blank}40{blank}号。"
        assert [n.folded for n in document_numbers.find(text)] == [ONE]


@cases.table("document_numbers.found", "text", "number")
def test_a_number_is_cut_to_its_issuer_and_folded(text, number):
    assert [n.folded for n in document_numbers.find(text)] == [number]
    assert document_numbers.fold_number(text) == number


@cases.table("document_numbers.none", "text")
def test_what_is_no_number_is_not_found(text):
    assert document_numbers.find(text) == []


def test_several_numbers_are_found_in_order():
    text = "沪府发〔2013〕40号和财库〔2022〕3号、国务院令第257号"
    assert [n.folded for n in document_numbers.find(text)] == [
        ONE,
        "财库〔2022〕3号",
        "国务院令第257号",
    ]


@given(st.text(alphabet="沪府发令公告第号年〔〕（）[] 0123456789一二十〇国务院，的\n", max_size=60))
def test_spans_are_slices_in_order(text):
    found = document_numbers.find(text)
    for each in found:
        assert text[each.start : each.end] == each.raw
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@given(st.text(alphabet="沪府发令公告第号年〔〕（）[] 0123456789一二十〇国务院，的", max_size=40))
def test_folding_twice_changes_nothing(text):
    for each in document_numbers.find(text):
        if each.issuer_code:
            assert each.folded in {n.folded for n in document_numbers.find(each.folded)}
