"""Facts, search records and digests: one record a fact, one clause a fact, and nothing twice."""

import json

import pytest

from pipeline.core import fact_files
from pipeline.core.errors import CorpusError
from pipeline.core.records import Clause, Document
from pipeline.curation import digests
from pipeline.reading import facts
from pipeline.reading.documents import split_head, take_marks

FACT = dict.fromkeys(fact_files.FACT_KEYS) | {
    "id": "f-1", "document": "d-1", "topic": "shoutai", "attribute": "资助上限", "statement": "最高3000万元。",
    "source": "某文件", "source_kind": "secondary", "confidence": "high",
}  # fmt: skip


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
    search = dict.fromkeys(fact_files.SEARCH_KEYS, "甲") | {"id": "f-1", "confidence": "high"}
    with pytest.raises(CorpusError, match="f-1 与"):
        fact_files.read(folder(tmp_path, search, name="searches-x.jsonl"))


def document(*marks: tuple[int, str]) -> Document:
    return Document(
        "d-1", "题", "310000", "其他", None, [], None, None, None, "digest", None, "f", "0", "", "x",
        list(marks),
    )  # fmt: skip


CLAUSE = Clause("d-1__f-1", "d-1", None, 0, "item", None, "摘编第一条", "资助上限", "甲", 0, 1, 1)


def test_a_digest_clause_finds_its_fact():
    (fact,) = facts.link([document((0, "f-1"))], {"d-1__f-1": CLAUSE}, {"f-1": FACT})
    assert (fact.clause_id, fact.source, fact.confidence) == ("d-1__f-1", "某文件", "high")


@pytest.mark.parametrize(
    "marks, known, found",
    [
        ([(0, "f-9")], {}, "没有对应的事实"),
        ([(0, "f-1"), (0, "f-1")], {"f-1": FACT}, "用了两次"),
        ([(0, "f-2")], {"f-2": FACT}, "不在编号条目末尾"),
    ],
)
def test_a_mark_without_its_fact_stops_the_build(marks, known, found):
    with pytest.raises(CorpusError, match=found):
        facts.link([document(*marks)], {"d-1__f-1": CLAUSE}, known)


ENTRY = {
    "id": "d-1",
    "title": "某办法",
    "number": "某发〔2019〕1号",
    "issuers": ["甲局", "乙局"],
    "issued": "2019",
}


def test_a_digest_reads_back_as_its_facts():
    text = digests.render(
        ENTRY, [FACT, {**FACT, "id": "f-2", "condition": "不含税", "note": "二手"}]
    )
    head, body = split_head(text, "某办法")
    assert "某发〔2019〕1号" in head and "不是官方文本" in head and "甲局、乙局" in head
    clauses, marks = take_marks(body.split("\n\n[^")[0])
    assert [fact for _, fact in marks] == ["f-1", "f-2"]
    assert "2. 资助上限：最高3000万元。（条件：不含税。）" in clauses
    assert "说明：二手" in text and "可信度高" in text


def test_hashes_are_written_where_they_belong_and_nothing_else_changes():
    toml = '# head\n\n[[document]]\nid = "a"\nsha256 = "old"\n# why\n\n[[document]]\nid = "b"\ntitle = "乙"\n'
    assert digests.with_hashes(toml, {"a": "new", "b": "two"}) == (
        '# head\n\n[[document]]\nid = "a"\nsha256 = "new"\n# why\n\n[[document]]\nid = "b"\ntitle = "乙"\nsha256 = "two"\n'
    )


def test_a_fact_of_an_unknown_document_is_told(tmp_path):
    (tmp_path / "sources.toml").write_text('[[document]]\nid = "d-2"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="没有文件 'd-1'"):
        digests.write(tmp_path, {"f-1": FACT})
