"""The tables in tests/cases/: explained in Chinese, every section used by a test, mistakes told in one line."""

import re
import tomllib
from pathlib import Path

import pytest

from support import cases

SECTIONS = {
    f"{path.stem}.{section}"
    for path in sorted(cases.FOLDER.glob("*.toml"))
    for section in tomllib.loads(path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("path", sorted(cases.FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_a_table_says_how_to_add_a_case(path):
    head = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert all(line.startswith("#") for line in head.splitlines()) and "加一例：" in head
    for section in (name for name in SECTIONS if name.startswith(f"{path.stem}.")):
        assert f"[[{section.partition('.')[2]}]]" in head, section


def test_every_section_is_a_tests():
    sources = [path.read_text(encoding="utf-8") for path in Path("tests").rglob("test_*.py")]
    used = {name for source in sources for name in re.findall(r'"([a-z_]+\.[a-z_]+)"', source)}
    assert SECTIONS - used == set()


@pytest.mark.parametrize("row", ['text = "甲"', 'text = "甲"\ndate = "2016"\ndaet = "2016"'])
def test_a_row_with_a_key_too_few_or_too_many_is_told(tmp_path, monkeypatch, row):
    (tmp_path / "mistaken.toml").write_text(f"[[found]]\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(cases, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"第 1 个 \[\[found\]\].*改法：写 text、date"):
        cases.table("mistaken.found", "text", "date")
