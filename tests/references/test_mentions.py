"""Mentions: what a text names, and what for."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import document_titles
from pipeline.references import mentions
from support import cases

RULES = document_titles.load(document_titles.PATH)


WORDS = st.sampled_from([*"《》〈〉（）()、，。；\n“”号条款项一二十本办法", "第三条", "第二款", "沪府发〔2013〕40号", "同时废止", "前款",
                         "根据", "制定本", "《甲条例》", "同法", "以下简称", "| 甲 | 乙 |", "关于", "的通知"])  # fmt: skip


def named(text):
    return [(m.name, m.number) for m in mentions.find(text, RULES) if not m.own]


@cases.table("citations.mention", "text", "documents")
def test_what_a_text_names(text, documents):
    assert named(text) == [(one.get("title"), one.get("number")) for one in documents]


@cases.table("citations.relation", "text", "relation")
def test_what_it_is_named_for(text, relation):
    assert [m.relation for m in mentions.find(text, RULES) if not m.own] == [relation]


def test_all_that_is_repealed_together_is_repealed():
    text = "《甲办法》（沪府发〔2013〕40号）和市人民政府发布的《乙办法》、《丙规定》同时废止。"
    assert [m.relation for m in mentions.find(text, RULES)] == ["废止"] * 3


def test_the_same_law_is_that_of_the_paragraph_and_only_if_it_is_one():
    assert named("《甲法》第三条、同法第五条")[1] == ("甲法", None)
    assert len(named("《甲法》和《乙法》，同法第五条")) == 2


@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_text_gives_slices_in_order_that_do_not_overlap(text):
    found = mentions.find(text, RULES)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
