"""Topics: weights decide, titles help, exclusions hold, and an editor's word is final."""

import pytest

from pipeline.extraction import taxonomy
from pipeline.extraction.topics import LABELLED, classify
from support.records import clause

TOML = """
[[topic]]
id = "points"
name = "积分"
definition = "居住证积分。"
keywords = [{term = "居住证积分", weight = 3}, {term = "积分", weight = 2}, {term = "持证人", weight = 1}]
exclude = ["积分榜"]

[[topic]]
id = "fees"
name = "收费"
definition = "收费。"
keywords = [{term = "收费", weight = 3}]
"""


def topics(tmp_path, toml: str = TOML):
    (tmp_path / "topics.toml").write_text(toml, encoding="utf-8")
    return taxonomy.load(tmp_path / "topics.toml", {"310000"})


@pytest.mark.parametrize(
    "text, title, expected",
    [
        ("居住证积分达标。", "某办法", ["points"]),
        ("积分达标的持证人。", "某办法", ["points"]),
        ("积分达标。", "某办法", []),
        ("积分达标。", "居住证积分办法", ["points"]),  # the title helps
        ("持证人应当配合。", "居住证积分办法", []),  # but never decides
        ("积分榜公布积分榜。", "居住证积分办法", []),
        ("居住证积分收费。", "某办法", ["fees", "points"]),
        ("无关的事。", "某办法", []),
    ],
)
def test_keywords_decide_by_weight(tmp_path, text, title, expected):
    found = classify(clause(text), title, None, topics(tmp_path))
    assert sorted(row.topic_id for row in found) == expected
    assert all(0 < row.score <= 1 and row.matched_terms for row in found)


def test_an_editors_label_is_final(tmp_path):
    (row,) = classify(clause("居住证积分收费。"), "某办法", "fees", topics(tmp_path))
    assert (row.topic_id, row.score, row.matched_terms[0]) == ("fees", 1.0, (LABELLED, 1))
