"""Topics: weights decide, titles help, exclusions hold, and an editor's word is final."""

import pytest

from pipeline.core import comparisons, regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Clause
from pipeline.extraction import taxonomy
from pipeline.extraction.topics import LABELLED, classify

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


def clause(text: str) -> Clause:
    return Clause("d__art_1", "d", None, 0, "article", "1", "第一条", None, text, 0, len(text), 1)


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


@pytest.mark.parametrize(
    "old, new, found",
    [
        ("weight = 3", "weight = 9", "weight = 9"),
        ('term = "积分"', 'term = "居住证积分"', "重复"),
        ('{term = "收费", weight = 3}', '"收费"', "写成"),
        ('id = "fees"', 'id = "points"', "id 重复"),
        ('name = "收费"', 'parent = "none"\nname = "收费"', "上级主题 'none'"),
        (
            'name = "收费"',
            'departments = {"999999" = ["某局"]}\nname = "收费"',
            "未知地区 '999999'",
        ),
    ],
)
def test_a_wrong_topic_is_told(tmp_path, old, new, found):
    with pytest.raises(CorpusError, match="topics.toml") as error:
        topics(tmp_path, TOML.replace(old, new, 1))
    assert found in str(error.value)


@pytest.mark.parametrize(
    "stack, found",
    [
        ('["330000"]', "以 target 开头"),
        ('["330400", "310000"]', "不含 baseline"),
        ('["330400", "1"]', "未知地区 '1'"),
    ],
)
def test_a_wrong_comparison_is_told(tmp_path, stack, found):
    path = tmp_path / "comparisons.toml"
    path.write_text(
        f'[[comparison]]\nid = "c"\ntitle = "甲"\nbaseline = "310000"\ntarget = "330400"\nstack = {stack}\n',
        encoding="utf-8",
    )
    with pytest.raises(CorpusError) as error:
        comparisons.load(path, regions.load(DATA / "regions.toml"), {"310000", "330400"})
    assert found in str(error.value)


@pytest.mark.parametrize(
    "change, found", [(("330000", "000001"), "不在前面"), (('"city"', '"town"'), "level = 'town'")]
)
def test_a_wrong_region_is_told(tmp_path, change, found):
    text = (DATA / "regions.toml").read_text(encoding="utf-8")
    where = text.index('parent = "330000"') if change[0] == "330000" else 0
    (tmp_path / "regions.toml").write_text(
        text[:where] + text[where:].replace(*change, 1), encoding="utf-8"
    )
    with pytest.raises(CorpusError, match=found):
        regions.load(tmp_path / "regions.toml")
