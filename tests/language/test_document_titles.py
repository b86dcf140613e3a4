"""Titles of documents: two spellings of one title, the patterns file."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.language import document_titles


@pytest.mark.parametrize("a, b", [
    ("中华人民共和国甲法", "甲法"), ("甲办法（试行）", "甲办法"), ("甲条例（2021年修正）", "甲条例"),
    ("某省实施〈甲法〉办法", "某省实施《甲法》办法"), ("甲·乙办法", "甲•乙 办法"), ("首台（套）办法", "首台(套)办法"),
])  # fmt: skip
def test_titles_fold_to_one(a, b):
    assert document_titles.key(a) == document_titles.key(b)


@pytest.mark.parametrize("change, found", [
    (("generic = [", "generics = ["), "不认识的键"),
    (("own = '", "own = '("), "正则表达式有误"),
    (('never = [', "never = [1, "), "never 不是词的列表"),
    (('name = "转发"', 'nom = "转发"'), "不认识的键 'nom'"),
])  # fmt: skip
def test_a_faulty_patterns_file_is_told(tmp_path, change, found):
    path = tmp_path / "citations.toml"
    path.write_text(
        document_titles.PATH.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8"
    )
    with pytest.raises(CorpusError, match=found):
        document_titles.load(path)
