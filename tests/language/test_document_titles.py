"""Titles of documents: two spellings of one title, the patterns file."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.language import document_titles
from support import cases


@cases.table("citations.same_title", "a", "b")
def test_titles_fold_to_one(a, b):
    assert document_titles.key(a) == document_titles.key(b)


@pytest.mark.parametrize("change, found", [
    (("same = '", "sames = '"), "不认识的键"),
    (("own = '", "own = '("), "正则表达式有误"),
    (('name = "转发"', 'nom = "转发"'), "不认识的键 'nom'"),
])  # fmt: skip
def test_a_faulty_patterns_file_is_told(tmp_path, change, found):
    text = document_titles.PATH.read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "citations.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(CorpusError, match=found):
        document_titles.load(path)
