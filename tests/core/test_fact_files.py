"""Facts and search records as they are kept: one record a line, one id once."""

import json

import pytest

from pipeline.core import fact_files
from pipeline.core.errors import CorpusError
from support.records import FACT

SEARCH = dict.fromkeys(fact_files.SEARCH_KEYS, "甲") | {"confidence": "high", "matters": []}


def folder(tmp_path, *rows, name="facts.jsonl"):
    (tmp_path / "facts").mkdir(exist_ok=True)
    text = "".join(
        row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) + "\n" for row in rows
    )
    (tmp_path / "facts" / name).write_text(text, encoding="utf-8")
    return (tmp_path,)


def test_facts_are_read_by_their_id(tmp_path):
    assert fact_files.read(folder(tmp_path, FACT)).facts == {"f-1": FACT}


@pytest.mark.parametrize(
    "rows, found",
    [
        ([FACT, FACT], "f-1 与"),
        ([{**FACT, "confidence": "low"}], "confidence = 'low'"),
        ([{**FACT, "statement": ""}], "statement 是空的"),
        ([{**FACT, "statement": ["甲"]}], "statement = ['甲'] 不是文字"),
        ([{**FACT, "unit": 3}], "unit = 3 不是文字"),
        ([{**FACT, "value": "九十"}], "value = '九十' 不是数"),
        ([{**FACT, "value": True}], "value = True 不是数"),
        ([{**FACT, "value": float("inf")}], "value = inf 不是数"),
        ([{**FACT, "colour": "red"}], "键不全或多余"),
        (["{not json\n"], "不是合法的 JSON"),
        (["3\n"], "键不全或多余"),
    ],
)
def test_a_wrong_fact_is_told_with_its_line(tmp_path, rows, found):
    with pytest.raises(CorpusError, match="第 [12] 行") as error:
        fact_files.read(folder(tmp_path, *rows))
    assert found in str(error.value)


def test_one_id_is_never_a_fact_and_a_search_record(tmp_path):
    folder(tmp_path, FACT)
    search = SEARCH | {"id": "f-1"}
    with pytest.raises(CorpusError, match="f-1 与"):
        fact_files.read(folder(tmp_path, search, name="searches-x.jsonl"))


def test_a_search_names_the_matters_that_it_was_made_for(tmp_path):
    search = SEARCH | {"matters": ["jumin-shuijia"]}
    assert fact_files.read(folder(tmp_path, search, name="searches-x.jsonl")).searches == {
        "甲": search
    }
    with pytest.raises(CorpusError, match="matters = 'jumin-shuijia'"):
        folder(tmp_path, SEARCH | {"matters": "jumin-shuijia"}, name="searches-x.jsonl")
        fact_files.read((tmp_path,))
