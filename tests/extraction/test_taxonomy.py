"""Topics as they are kept: what is wrong in topics.toml is told."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.extraction import taxonomy

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
