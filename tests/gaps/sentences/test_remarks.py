"""Remarks: a reader learns since when a rule holds and what limits it, and never a year that was later."""

import pytest

from pipeline.gaps.sentences import remarks
from support.matters import EARLIER, NEWEST, rule


def told(note, first="2010", day=NEWEST) -> list[str]:
    return remarks.of_rule(rule("东海市", 3.0, note=note, in_force_from=first), day, day == NEWEST)


@pytest.mark.parametrize(
    "first, note, said",
    [
        ("2010-04-01", "", ["2010年4月起"]),
        ("2020", "公示的价格，起始日未载", ["至迟2020年已有", "公示的价格"]),
        ("2024-05-01", "条例2024年5月施行，设立更早", ["至迟2024年5月已有", "条例2024年5月施行，设立更早"]),
        ("2020", "至迟2020年已有", ["至迟2020年已有"]),
        ("2023", "2023年口径，限三级医院", ["2023年口径，限三级医院"]),
        ("2021-11-25", "每年计；2021年修正文本第二十八条", ["据2021年修正文本", "每年计"]),
        ("2009-01-01", "2009年修订本", ["据2009年修订本"]),
    ],
)  # fmt: skip
def test_since_when_is_said_once_and_only_as_surely_as_the_note_knows(first, note, said):
    assert told(note, first) == said


@pytest.mark.parametrize(
    "note, warning",
    [
        ("按月发；是否续期未核", "是否续期未核"),
        ("按月发；全文未读到", "全文未读到"),
        ("按月发；限本地户籍", "限本地户籍"),
        ("按月发；只限市区", "只限市区"),
        ("按月发；缴费年限满十五年", None),
        ("按月发；上限另有规定", None),
        ("按月发；办理期限五日", None),
    ],
)
def test_a_warning_further_on_in_a_note_is_told_and_nothing_else(note, warning):
    assert told(note)[1:] == ["按月发", *filter(None, [warning])]


def test_a_doubt_does_not_hide_whom_a_rule_is_for():
    assert told("按月发；金额为推算，限本地户籍")[2:] == ["金额为推算", "限本地户籍"]


def test_on_an_earlier_day_only_the_phrase_of_a_later_year_is_left_out():
    assert told("每人计，2026年起提高，封顶；2024年后未核，期满未核", day=EARLIER) == [
        "2010年起", "每人计，封顶", "期满未核",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "note, said",
    [
        ("按月发；2023年口径，最近可核年度", "2023年度，最近可核"),
        ("按月发；2026年度未查得，最近可核年度", "最近可核年度"),
        ("按月发；2023—2026年未查得，最近可核年度", "最近可核年度"),
    ],
)
def test_the_latest_year_that_could_be_checked_is_named_where_the_note_names_it(note, said):
    assert told(note)[2] == said


def test_a_phrase_is_never_cut_within_brackets():
    said = "".join(
        told("按投资额（不含土地，厂房，设备安装及其他各项辅助工程）的比例；另有（限首套，限本地）")
    )
    assert said.count("（") == said.count("）")
