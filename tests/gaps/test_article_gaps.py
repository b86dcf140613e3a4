"""Gaps of articles: when two articles come to the same."""

from dataclasses import replace

import pytest

from pipeline.gaps import article_gaps
from support.points import points


@pytest.mark.parametrize("a, b, same", [
    ("第一条 占道的，处五千元以下罚款。", "第一条 占道的，处一千元以下罚款。", False),
    ("第一条 单位应当在三日内答复。", "第二条 单位应当在三日内答复。", True),
])  # fmt: skip
def test_articles_with_a_difference_that_weighs_are_not_the_same(a, b, same):
    assert article_gaps.are_same(points(a, b)) == same


def test_minor_points_alone_are_no_sameness():
    told = points("第一条 占道的，处五千元以下罚款。", "第一条 占道的，处一千元以下罚款。")
    minor = [replace(each, weight=1) for each in told]
    assert minor and not article_gaps.are_same(minor)
