"""Regions: what is wrong in regions.toml is told."""

import pytest

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA


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
