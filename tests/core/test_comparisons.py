"""Comparisons: what is wrong in comparisons.toml is told."""

import pytest

from pipeline.core import comparisons, regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA


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
