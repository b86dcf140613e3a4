"""Mentions: what a text names, and what for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import document_titles
from pipeline.references import mentions

RULES = document_titles.load(document_titles.PATH)


WORDS = st.sampled_from([*"《》〈〉（）()、，。；\n“”号条款项一二十本办法", "第三条", "第二款", "沪府发〔2013〕40号", "同时废止", "前款",
                         "根据", "制定本", "《甲条例》", "同法", "以下简称", "| 甲 | 乙 |", "关于", "的通知"])  # fmt: skip


def named(text):
    return [(m.name, m.number) for m in mentions.find(text, RULES) if not m.own]


@pytest.mark.parametrize("text, found", [
    ("按照《甲市水价条例》执行。", [("甲市水价条例", None)]),
    ("依照《关于修改〈甲条例〉的决定》修正。", [("关于修改〈甲条例〉的决定", None)]),
    ("依照《关于修改《甲条例》的决定》修正。", [("关于修改《甲条例》的决定", None)]),
    ("按《甲条例》实施细则办理。", [("《甲条例》实施细则", None)]),
    ("按甲省实施《乙法》办法办理。", [("甲省实施《乙法》办法", None)]),
    ("见《甲办法》（沪府发〔2013〕40号）。", [("甲办法", "沪府发〔2013〕40号")]),
    ("见《甲办法》(沪府发[2013] 40 号，以下简称《办法》)，《办法》另有规定的除外。",
     [("甲办法", "沪府发〔2013〕40号"), ("甲办法", None)]),
    ("见《甲办法》（武政[2004]66号）（以下简称《办法》）。《办法》另有规定的除外。",
     [("甲办法", "武政〔2004〕66号"), ("甲办法", None)]),
    ("见沪府发〔2013〕40号《甲办法》。", [("甲办法", "沪府发〔2013〕40号")]),
    ("2013年5月28日某市人民政府令第2号发布的《甲办法》", [("甲办法", "某市人民政府令第2号")]),
    ("按照财库〔2022〕3号文件执行。", [(None, "财库〔2022〕3号")]),
    ("依据财政部 税务总局公告2019年第98号。", [(None, "财政部公告2019年第98号")]),
    ("《甲法》《乙条例》和《丙规定》", [("甲法", None), ("乙条例", None), ("丙规定", None)]),
    ("持《上海市居住证》并填写《申请表》，凭《不动产权证书》办理，刊于《某某日报》。", []),
    ("《办法》另有规定的除外。", []),  # which one is not said
    ("《甲办法", []), ("甲》办法", []), ("《》", []), ("《》第三条", []), ("令第17号", []),
])  # fmt: skip
def test_what_a_text_names(text, found):
    assert named(text) == found


@pytest.mark.parametrize("text, relation", [
    ("根据《甲法》，结合本市实际，制定本办法。", "依据"),
    ("为了贯彻《甲法》，制定如下规定：", "依据"),
    ("违反规定的，依照《甲法》第三条处罚。", "引用"),
    ("按照《甲法》执行。", "引用"),
    ("《甲办法》同时废止。", "废止"),
    ("某市人民政府2003年发布的《甲办法》自2020年1月1日起停止执行。", "废止"),
    ("决定废止《甲办法》。", "废止"),
    ("决定对《甲办法》作如下修改：", "修订"),
    ("现将修改后的《甲办法》印发给你们。", "引用"),
    ("现将《甲办法》转发给你们。", "转发"),
])  # fmt: skip
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
