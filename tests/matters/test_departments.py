"""The list of departments: full names by region, each once, each with its English."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.matters import departments
from pipeline.matters.departments import Office

A = '"甲局" = "Bureau A"'


@pytest.mark.parametrize("text, found", [(f"[1]\n{A}\n[2]\n{A}", "重复"), (f"[9]\n{A}", "未知地区"), ('1 = "甲局"', "不是一节"),
                                         ('[1]\n"" = "A"', "名称是空的"), ('[1]\n"甲局" = "甲"', "有汉字"), ('[1]\n"甲局" = 1', "类型不对"),
                                         ("[1", "TOML")])  # fmt: skip
def test_a_mistake_in_the_list_is_told(tmp_path, text, found):
    path = tmp_path / "departments.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=found):
        departments.load({"1", "2"}, path)


def test_a_department_is_the_office_of_its_region(tmp_path):
    path = tmp_path / "departments.toml"
    path.write_text(f'[1]\n{A}\n[2]\n"丙局" = "Bureau C"', encoding="utf-8")
    known = departments.load({"1", "2"}, path)
    assert known == [Office("甲局", "1", "Bureau A"), Office("丙局", "2", "Bureau C")]
    departments.check_known(["丙局", "甲局"], known)
    with pytest.raises(CorpusError, match="没有 '乙局'；改法"):
        departments.check_known(["甲局", "乙局"], known)
