"""Document numbers: every printed form gives one folded form, and no word before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import document_numbers

ONE = "沪府发〔2013〕40号"


@pytest.mark.parametrize(
    "opened, closed", ["〔〕", "（）", "()", "[]", "［］", "【】", "〈〉", "《》", "‘’", "〚〛"]
)
def test_all_brackets_are_one(opened, closed):
    for blank in ("", " ", "　"):
        text = f"见沪府发{opened}2013{closed}{blank}40{blank}号。"
        assert [n.folded for n in document_numbers.find(text)] == [ONE]


@pytest.mark.parametrize("text, folded", [
    ("沪府发〔２０１３〕４０号", ONE),
    ("沪府发〔2013〕第40号", ONE),
    ("沪 府 发 〔 2 0 1 3 〕 4 0 号", ONE),
    ("沪府发〔二○一三〕四十号", ONE),
    ("沪府发〔2013〕040号", ONE),
    ("按照财库〔2022〕3号", "财库〔2022〕3号"),
    ("苏州市住房和城乡建设局苏住建规〔2011〕4号", "苏住建规〔2011〕4号"),
    ("关于某事的通知国发〔2009〕12号", "国发〔2009〕12号"),
    ("国家发展改革委发改价格〔2020〕7号", "发改价格〔2020〕7号"),
    ("继续执行沪府发〔2013〕40号", ONE),
    ("原沪劳保发〔2002〕5号", "沪劳保发〔2002〕5号"),
    ("工信部联企业〔2011〕3号", "工信部联企业〔2011〕3号"),
    ("人社部发〔2014〕1号", "人社部发〔2014〕1号"),
    ("厅字〔2018〕9号", "厅字〔2018〕9号"),
    ("京教委办〔2010〕3号", "京教委办〔2010〕3号"),
    ("财驻沪监〔2012〕5号", "财驻沪监〔2012〕5号"),
    ("（上海市人民政府令第17号）", "上海市人民政府令第17号"),
    ("上海市人民政府第17号令", "上海市人民政府令第17号"),
    ("根据国务院令第 257 号", "国务院令第257号"),
    ("国家发展改革委2019年第29号令", "国家发展改革委令2019年第29号"),
    ("中国人民银行令〔2016〕第3号", "中国人民银行令2016年第3号"),
    ("中华人民共和国主席令第五十八号", "主席令第58号"),
    ("东府令第135号", "东府令第135号"),
    ("沪府令17号", "沪府令第17号"),
    ("住房和城乡建设部令第5号", "住房和城乡建设部令第5号"),
    ("国家税务总局公告2019年第3号", "国家税务总局公告2019年第3号"),
    ("依据财政部 税务总局公告2019年第98号", "财政部公告2019年第98号"),
    ("财政部、税务总局公告2019年第98号", "财政部公告2019年第98号"),
    ("某省第十二届人民代表大会常务委员会公告第９号", "某省第十二届人民代表大会常务委员会公告第9号"),
    ("某市人民代表大会常务委员会公告〔十五届〕第二十三号", "某市人民代表大会常务委员会公告〔十五届〕第23号"),
    ("令第17号公布", "令第17号"),
    ("2013年5月28日上海市人民政府令第2号公布", "上海市人民政府令第2号"),
    ("二○一三年五月二十八日财库〔2022〕3号", "财库〔2022〕3号"),
    ("（1999年某市人民政府令第21号）", "某市人民政府令第21号"),
    ("日照市人民政府令第2号", "日照市人民政府令第2号"),
])  # fmt: skip
def test_a_number_is_cut_to_its_issuer_and_folded(text, folded):
    assert [n.folded for n in document_numbers.find(text)] == [folded]
    assert document_numbers.fold_number(text) == folded


@pytest.mark.parametrize("text", [
    "（2016） 31 号",  # without issuer, useless as a key
    "责令第3号泵停机", "某路40号", "（2015）沪高法民一字第12号", "咨询沪A〔2013〕40号码", "2013年40号", "",
])  # fmt: skip
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
