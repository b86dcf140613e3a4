"""The list of departments: full names by region, each once."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.database import departments


@pytest.mark.parametrize("text, found", [('"1" = ["甲局"]\n"2" = ["甲局"]', "重复"), ('"9" = ["甲局"]', "未知地区"),
                                         ('"1" = "甲局"', "不是列表"), ('"1" = [""]', "不是名称"), ('"1" = [', "TOML")])  # fmt: skip
def test_a_mistake_in_the_list_is_told(tmp_path, text, found):
    path = tmp_path / "departments.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=found):
        departments.load(path, {"1", "2"})


def test_a_department_is_the_office_of_its_region(tmp_path):
    path = tmp_path / "departments.toml"
    path.write_text('"1" = ["甲局", "乙局"]\n"2" = ["丙局"]', encoding="utf-8")
    assert departments.load(path, {"1", "2"}) == {"甲局": "1", "乙局": "1", "丙局": "2"}
