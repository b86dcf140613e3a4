"""What the match model finds in ten real regulations."""

import pytest

from pipeline.core import jsonl
from pipeline.core.records import Alignment, Clause
from support.building import built, excerpt

TITLES = (
    "上海市推进科技创新中心建设条例", "上海市促进科技成果转化条例", "上海市推进国际航运中心建设条例",
    "上海市价格管理条例", "上海市优化营商环境条例", "浙江省促进科技成果转化条例", "浙江省航道管理条例",
    "浙江省水上交通安全管理条例", "浙江省政府非税收入管理条例", "浙江省价格条例",
)  # fmt: skip


@pytest.fixture(scope="module")
def searched(realtext, tmp_path_factory):
    """The alignments of the regulations that three searches speak of, with their clauses."""
    folder = tmp_path_factory.mktemp("searched")
    corpus = excerpt(realtext, TITLES, folder / "corpus")
    built(corpus, folder, target="build/alignments.jsonl")
    units = {c.clause_id: c for c in jsonl.read(folder / "build/clauses.jsonl", Clause)}
    return jsonl.read(folder / "build/alignments.jsonl", Alignment), units


def top(searched, term: str) -> Alignment | None:
    """The likeliest pair whose two clauses both speak of a term."""
    found, units = searched
    both = [
        row for row in found if all(term in units[c].text for c in (row.clause_a, row.clause_b))
    ]
    return max(both, key=lambda row: row.confidence, default=None)


def test_a_search_for_first_sets_finds_the_rule_on_them(searched):
    row = top(searched, "首台（套）")
    assert row and row.status == "auto" and row.confidence > 0.9
    assert searched[1][row.clause_b].article == "25"


def test_a_search_for_administrative_charges_finds_who_sets_them(searched):
    row = top(searched, "行政事业性收费")
    assert row and [searched[1][c].article for c in (row.clause_a, row.clause_b)] == ["11", "9"]


def test_pilotage_has_no_counterpart_and_none_is_forced(searched):
    """浙江省航道管理条例 speaks of 引航道, an approach channel: that is no pilotage."""
    found, units = searched
    near = [row for row in found if "引航机构" in units[row.clause_a].text]
    assert near and all(row.status == "candidate" and row.confidence < 0.1 for row in near)
