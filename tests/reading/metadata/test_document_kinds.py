"""Words of document kinds, checked where a person may err."""

import re

import pytest

from pipeline.core.errors import CorpusError
from pipeline.reading.metadata import document_kinds

ENTRY = '[[kind]]\nid = "draft"\nwhere = "title"\nwords = ["草案"]\n'


@pytest.mark.parametrize(
    "change, found",
    [
        (('where = "title"', 'where = "head"'), "where = 'head'"),
        (('words = ["草案"]', "words = []"), "words 不是词的列表"),
        (('["草案"]', "[1]"), "words 不是词的列表"),
        (('words = ["草案"]', ""), "缺少 words"),
        (("words = ", "word = "), "不认识的键 'word'"),
        (("[[kind]]", "[[kinds]]"), "不认识的键 'kinds'"),
    ],
)
def test_a_faulty_file_is_refused_with_place_and_fix(tmp_path, change, found):
    path = tmp_path / "document_kinds.toml"
    path.write_text(ENTRY.replace(*change), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(found)) as refused:
        document_kinds.load(path)
    assert refused.value.where.startswith(str(path)) and refused.value.fix


def test_least_is_one_where_it_is_not_written(tmp_path):
    path = tmp_path / "document_kinds.toml"
    path.write_text(ENTRY, encoding="utf-8")
    (entry,) = document_kinds.load(path)
    assert entry.least == 1 and entry.match("某办法（草案）") and not entry.match("某办法")
