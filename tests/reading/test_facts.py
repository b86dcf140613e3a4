"""Facts: one clause of a digest a fact, one fact a clause."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.core.records import Document
from pipeline.reading import facts
from support.records import FACT, clause, document


def digest(*marks: tuple[int, str]) -> Document:
    return document("d-1", text_kind="digest", marks=list(marks))


CLAUSE = clause("甲", "d-1__f-1", kind="item", article=None, path="摘编第一条", heading="资助上限")


def test_a_digest_clause_finds_its_fact():
    (fact,) = facts.link([digest((0, "f-1"))], {"d-1__f-1": CLAUSE}, {"f-1": FACT})
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
        facts.link([digest(*marks)], {"d-1__f-1": CLAUSE}, known)
