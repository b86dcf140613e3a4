"""Points of two articles: what is told, with whose words, and what is never told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import cases
from support.points import IDS, PLACES, compared, points

SENTENCES = [
    "公园应当向公众免费开放",
    "经营者应当明码标价，不得收取未标明的费用",
    "违反前款规定的，处一千元以上一万元以下罚款",
    "市人民政府应当在三十日内公布名录",
    "（一）年满十八周岁",
    "（二）在本地连续居住满一年的",
    "鼓励社会资本参与建设",
    "有下列情形之一的，不予登记：",
]
ARTICLES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(
    lambda sentences: f"第一条 {'。'.join(sentences)}。"
)


@cases.rows("points.case", "says", "a", "b", "points", none=())
def test_articles_are_told_apart(row):
    told = points(row["a"], row["b"])
    for want in row["points"]:
        assert any(
            point.relation == want["relation"]
            and all(word_in(point, side, want[side]) for side in "ab" if side in want)
            for point in told
        ), [(point.relation, point.sentence) for point in told]
    assert not {point.relation for point in told} & set(row["none"])


def word_in(point, side, word):
    return any(word in quote for s, _, _, _, quote in point.quotes if s == side)


@given(ARTICLES, ARTICLES)
@settings(max_examples=60, deadline=None)
def test_every_point_quotes_the_sides_that_it_speaks_of_verbatim(a, b):
    told = points(a, b)
    assert told, "two articles with a sentence each are never silent"
    sides = {"differs": {"a", "b"}, "same": {"a", "b"}, "only_a": {"a"}, "only_b": {"b"}}
    for point in told:
        assert {side for side, *_ in point.quotes} == sides[point.relation]
        for side, clause_id, start, end, quote in point.quotes:
            assert clause_id == IDS["ab".index(side)]
            assert quote == (a if side == "a" else b)[start:end] != ""
        assert point.relation == "same" or all(place in point.sentence for place in PLACES)


@given(ARTICLES, ARTICLES)
@settings(max_examples=60, deadline=None)
def test_no_words_are_told_twice(a, b):
    told: dict[str, list[tuple[int, int]]] = {"a": [], "b": []}
    for point in points(a, b):
        for side, _, start, end, _ in point.quotes:
            for other in told[side]:
                common = min(end, other[1]) - max(start, other[0])
                assert common * 3 <= min(end - start, other[1] - other[0])
            told[side].append((start, end))


@given(ARTICLES)
@settings(max_examples=30, deadline=None)
def test_an_article_does_not_differ_from_itself(text):
    assert {point.relation for point in points(text, text)} == {"same"}


@given(ARTICLES, ARTICLES)
@settings(max_examples=30, deadline=None)
def test_one_side_alone_is_judged_alike_on_either_side(a, b):
    one = {c.run_a: c.probability for c in compared(a, b).candidates if c.relation == "only_a"}
    other = {c.run_b: c.probability for c in compared(b, a).candidates if c.relation == "only_b"}
    assert one == pytest.approx(other)


def test_a_ratio_is_told_of_like_figures_only():
    (fine,) = [
        point
        for point in points(
            "第一条 占道的，处五千元以下罚款。", "第一条 占道的，处一千元以下罚款。"
        )
        if point.relation == "differs"
    ]
    assert (fine.kind, fine.value_a, fine.value_b, fine.ratio) == ("penalty", 5000, 1000, 5)
    assert fine.weight == 3
    other = points("第一条 占道的，处五千元以下罚款。", "第一条 占道的，三日内改正。")
    assert all(point.ratio is None for point in other)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("公园应当免费开放。擅自占用的，由公园管理机构责令改正。", False),
        ("公园应当免费开放。擅自占用的，由公园管理机构处一千元罚款。", True),
    ],
)
def test_to_be_ordered_to_mend_is_called_no_penalty(text, is_told):
    """By 行政处罚法 (2021) an order to mend is none of the kinds of penalty of art. 9."""
    told = points(f"第一条 {text}", "第一条 公园应当免费开放。")
    extra = [point.sentence for point in told if point.relation == "only_a"]
    assert extra and all(("另设处罚" in sentence) == is_told for sentence in extra)


def test_definitions_of_two_terms_are_not_compared():
    a = "第一条 本条例所称公共数据，是指市级国家机关在履行职责过程中产生的数据。"
    b = "第一条 本条例所称网络平台，是指国家机关在履行职责过程中设立的系统。"
    assert all(point.relation != "differs" for point in points(a, b))


@given(ARTICLES, ARTICLES)
@settings(max_examples=60, deadline=None)
def test_an_unsure_point_claims_less_than_a_sure_one(a, b):
    """Of weight 1 are drafting details and what the engine is not sure of."""
    for point in points(a, b):
        if point.relation.startswith("only"):
            assert point.sentence.endswith("这一条未见相同规定") == (point.weight == 1)
        assert "规定不同" not in point.sentence or point.weight > 1


def test_sums_differ_where_both_sides_name_one():
    told = points("第一条 十名代表联名，可以提出议案。", "第一条 代表可以提出议案。")
    assert told and all("数额不同" not in point.sentence for point in told)


def test_ten_days_and_ten_working_days_surely_differ():
    (point,) = points(
        "第一条 申请人应当自收到意见之日起十日内提出书面申辩意见。",
        "第一条 申请人应当自收到意见之日起十个工作日内提出书面申辩意见。",
    )
    assert (point.relation, point.kind, point.weight, point.ratio) == (
        "differs",
        "deadline",
        3,
        None,
    )
    assert point.sentence.startswith("时限不同：")


def test_what_both_say_is_not_told_of_one_side():
    told = points(
        "第一条 召集村民会议，应当提前十日通知村民。",
        "第一条 召集村民会议，应当提前十日通知村民，应当同时就需要讨论的事项公开征求村民意见。",
    )
    extra = [point for point in told if point.relation == "only_b"]
    assert extra and all("提前十日" not in point.quotes[0][4] for point in extra)


def test_a_warning_is_not_compared_with_a_fine_where_a_fine_follows_it():
    told = points(
        "第一条 未登记寄件人的，由邮政部门给予警告，处一万元以上五万元以下罚款。",
        "第一条 未登记寄件人的，由邮政部门给予警告；情节较重的，处五千元以上五万元以下罚款。",
    )
    for point in told:
        quotes = [quote for *_, quote in point.quotes]
        assert len({"罚款" in quote for quote in quotes}) == 1, point.sentence
