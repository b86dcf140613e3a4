"""The old–new table of two versions of one document."""

import numpy as np
from test_match_model import KNOWN, MATCHER, OLD, WORDS, clauses, sheet

from pipeline.alignment import document_pairs, pair_scoring, revisions
from pipeline.alignment.document_pairs import Texts
from pipeline.core.records import Document

LATER = [
    OLD[0],
    "第二条 市交通部门负责共享单车的监督管理，组织实施本办法。",  # moved up, the same
    "第三条 运营企业应当按照核定的数量投放共享单车，不得超量投放，并按月报告投放数量。",
    "第四条 骑行者应当佩戴头盔，未满十二周岁的儿童不得骑行。",
    OLD[6].replace("第四条", "第三条").replace("五万元", "十万元"),
    OLD[7].replace("2020", "2024"),
]


def test_moved_changed_new_and_gone():
    words = {
        c.clause_id: WORDS.cut(c.text)
        for n, t in (("v1", OLD), ("v2", LATER))
        for c in clauses(n, t)
    }
    judged = pair_scoring.judge(sheet("v1", OLD), sheet("v2", LATER), MATCHER)
    found = list(
        revisions.table(clauses("v1", OLD), clauses("v2", LATER), judged, MATCHER.model, words)
    )
    told = {(row.clause_old or "-", row.clause_new or "-"): row.kind for row in found}
    assert told["v1__art_1", "v2__art_1"] == "unchanged"
    assert told["v1__art_3", "v2__art_2"] == "unchanged"  # whatever its number
    assert told["v1__art_4", "v2__art_3"] == "changed"
    assert told["v1__art_7", "v2__art_5"] == "changed"
    assert told["-", "v2__art_4"] == "added"
    assert told["v1__art_6", "-"] == "removed"
    both = [{row.clause_old for row in found}, {row.clause_new for row in found}]
    assert both[0] - {None} == {f"v1__art_{i}" for i in range(1, 9)}  # none is lost
    assert both[1] - {None} == {f"v2__art_{i}" for i in range(1, 7)}


def document(name: str, title: str, issued: str | None) -> Document:
    return Document(
        name, title, "310000", "地方性法规", None, [], issued, None, None, "official", None, "f", "0",
        "", "x",
    )  # fmt: skip


def texts(*documents: Document) -> Texts:
    terms = [WORDS.terms(WORDS.cut("".join(OLD)))] * len(documents)
    return Texts(list(documents), [WORDS.terms(WORDS.cut(d.title)) for d in documents], terms)


def test_versions_are_told_by_title_and_date():
    old = document("a", "上海市共享单车管理办法", "2009-02-24")
    new = document("b", "上海市共享单车管理办法", "2024-09-27")
    other = document("c", "上海市道路停车管理办法", "2024-09-27")
    found = document_pairs.revisions(texts(old, new, other), KNOWN)
    assert [(pair.document_a, pair.document_b) for pair in found] == [("a", "b")]
    undated = document("b", "上海市共享单车管理办法", None)
    assert document_pairs.revisions(texts(document("a", undated.title, None), undated), KNOWN) == []


def test_documents_of_one_matter_answer_each_other_whatever_the_place():
    left = texts(document("a", "上海市共享单车管理办法", None))
    right = texts(document("b", "嘉兴市共享单车管理办法", None))
    (pair,) = document_pairs.choose(left, right, KNOWN)
    assert pair.kind == "counterpart" and np.isclose(pair.titles, 1)
