"""Lines that were broken at a fixed width are joined; whole lines stay."""

import pytest

from pipeline.language import markers
from pipeline.language.unwrapping import join_wrapped

WRAPPED = (
    "第一条 为了规范首台套产品的认定和奖励工作，促进本市装备\n"
    "制造业的发展，根据有关法律、法规的规定，结合本市实际，制\n"
    "定本办法。\n"
    "第二条 符合下列条件的企业，可以按照规定向市经济信息化部\n"
    "门申请奖励。\n"
    "（一）具有独立法人资格。\n"
)


def test_lines_broken_at_a_fixed_width_are_joined():
    joined = join_wrapped(WRAPPED, markers.STARTS).split("\n")
    assert [line[:4] for line in joined if line] == ["第一条 ", "第二条 ", "（一）具"]
    assert "装备制造业" in joined[0] and "制定本办法。" in joined[0]


@pytest.mark.parametrize(
    "text",
    [
        "甲。\n乙。",
        "一、总体要求\n二、主要措施",
        "第一条 " + "甲" * 80 + "\n第二条 乙",
        # a title, a number, an address and a few short lines show no width
        "某市人民政府办公室转发市某局等部门关于加强某事管理意见的通知\n某政办发（2016） 31 号\n各县（市、区）人民政府，市政府各部门：\n甲。",
        # names of about one length are a list
        "某市甲乙丙丁戊己庚辛第一小学校\n某市甲乙丙丁戊己庚辛第二小学校\n某市甲乙丙丁戊己庚辛第三小学校\n某市甲乙丙丁戊己庚辛第四小学校",
    ],
)
def test_whole_lines_stay_as_they_are(text):
    assert join_wrapped(text, markers.STARTS) == text


@pytest.mark.parametrize(
    "before, after",
    [
        ("某市人民政府关于加强和改进全市首台套产品认定的通知", "某政办发〔2016〕31号"),
        ("某市人民政府办公室某市装备制造业领导小组〔2016〕第31号", "各县、市、区人民政府"),
        ("各县（市、区）人民政府，市政府各部门、市直属各单位：", "现将有关事项通知"),
        ("二〇一六年十二月二十一日", "某市人民政府"),
    ],
)
def test_numbers_dates_and_addressees_are_not_joined(before, after):
    joined = join_wrapped(f"{WRAPPED}{before}\n{after}\n", markers.STARTS)
    assert f"\n{before}\n{after}\n" in joined and "装备制造业" in joined
