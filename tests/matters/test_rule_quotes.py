"""Quotes of rules: whole sentences, verbatim, at their offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matters import rule_quotes
from support.records import clause

HEADING = "资助上限"


def digest(body: str):
    return clause(f"2. {HEADING}：{body}", heading=HEADING)


@pytest.mark.parametrize(
    "body, figure, quote",
    [
        ("最高3000万元。", "3000万元", "最高3000万元。"),
        # a semicolon, a comma or a decimal point ends no sentence: a figure is never cut off
        ("按合同额的20%至30%给予资助；单项最高3000万元。", "3000万元", "按合同额的20%至30%给予资助；单项最高3000万元。"),
        ("每立方米1.92元，次年3.3元。", "3.3元", "每立方米1.92元，次年3.3元。"),
        # the sentence that holds it, of several
        ("甲类最高20万元。乙类最高50万元。丙类不奖。", "50万元", "乙类最高50万元。"),
        ("甲类最高20万元。乙类最高50万元", "50万元", "乙类最高50万元"),
        ("第一档5元！第二档7元？", "7元", "第二档7元？"),
        # a condition that a digest appends is quoted only where the figure stands in it
        ("奖励20万元。（条件：成立三年以上）", "20万元", "奖励20万元。"),
        ("按实际缴纳减半。（条件：年缴费超过20万元的单位）", "20万元", "按实际缴纳减半。（条件：年缴费超过20万元的单位）"),
        # no figure: all that the rule says
        ("实行积分管理。积分满一百的可以落户。（条件：持证）", None, "实行积分管理。积分满一百的可以落户。"),
    ],
)  # fmt: skip
def test_the_sentence_that_holds_the_figure_is_quoted_whole(body, figure, quote):
    one = digest(body)
    start, end, words = rule_quotes.quote(one, one.text.index(figure) if figure else None)
    assert words == quote == one.text[start:end]


def test_a_clause_without_heading_is_quoted_from_its_beginning():
    one = clause("持居住证可以申请积分。")
    assert rule_quotes.quote(one) == (0, len(one.text), one.text)


@given(st.text(alphabet="甲乙3万元。；！？，：\n （条件：）", max_size=60), st.data())
def test_a_quote_is_verbatim_and_cuts_nothing_that_it_proves(body, data):
    one = digest(f"{body}丙")
    at = data.draw(st.integers(one.text.index(HEADING) + len(HEADING) + 1, len(one.text) - 1))
    start, end, words = rule_quotes.quote(one, at)
    assert one.text[start:end] == words == words.strip()
    assert HEADING not in words
    if not one.text[at].isspace() and at >= rule_quotes.body(one)[0]:
        assert start <= at < end
        if end < len(one.text):
            assert one.text[end - 1] in "。！？" or one.text[end:].lstrip(" \u3000")[:1] in (
                "\n",
                "（",
            )
