"""The comparison table of two versions of one document, and which documents are paired."""

import numpy as np
from test_match_model import MATCHER, OLD, REFERENCE, WORDS, clauses
from test_match_model import document as features

from pipeline.alignment import document_pairs, pair_scoring, revisions
from pipeline.alignment.document_pairs import DocumentTerms
from pipeline.core.records import Document

LATER = [
    OLD[0],
    "第二条 市交通部门负责共享单车的监督管理，组织实施本办法。",  # moved up, the same
    "第三条 运营企业应当按照核定的数量投放共享单车，不得超量投放，并按月报告投放数量。",
    "第四条 骑行者应当佩戴头盔，未满十二周岁的儿童不得骑行。",
    OLD[6].replace("第四条", "第三条").replace("五万元", "十万元"),
    OLD[7].replace("2020", "2024"),
]


def test_moved_changed_added_and_removed_articles():
    words = {
        c.clause_id: WORDS.cut(c.text)
        for n, t in (("v1", OLD), ("v2", LATER))
        for c in clauses(n, t)
    }
    scores = pair_scoring.score(features("v1", OLD), features("v2", LATER), MATCHER)
    rows = list(
        revisions.table(clauses("v1", OLD), clauses("v2", LATER), scores, MATCHER.model, words)
    )
    kinds = {(row.clause_old or "-", row.clause_new or "-"): row.kind for row in rows}
    assert kinds["v1__art_1", "v2__art_1"] == "unchanged"
    assert kinds["v1__art_3", "v2__art_2"] == "unchanged"  # whatever its number
    assert kinds["v1__art_4", "v2__art_3"] == "changed"
    assert kinds["v1__art_7", "v2__art_5"] == "changed"
    assert kinds["-", "v2__art_4"] == "added"
    assert kinds["v1__art_6", "-"] == "removed"
    both = [{row.clause_old for row in rows}, {row.clause_new for row in rows}]
    assert both[0] - {None} == {f"v1__art_{i}" for i in range(1, 9)}  # none is lost
    assert both[1] - {None} == {f"v2__art_{i}" for i in range(1, 7)}


def document(name: str, title: str, issued: str | None) -> Document:
    return Document(
        name, title, "310000", "地方性法规", None, [], issued, None, None, "official", None, "f", "0",
        "", "x",
    )  # fmt: skip


def texts(*documents: Document) -> DocumentTerms:
    terms = [WORDS.terms(WORDS.cut("".join(OLD)))] * len(documents)
    return DocumentTerms(
        list(documents), [WORDS.terms(WORDS.cut(d.title)) for d in documents], terms
    )


def test_versions_are_recognised_by_title_and_date():
    old = document("a", "上海市共享单车管理办法", "2009-02-24")
    new = document("b", "上海市共享单车管理办法", "2024-09-27")
    other = document("c", "上海市道路停车管理办法", "2024-09-27")
    pairs = document_pairs.revisions(texts(old, new, other), REFERENCE)
    assert [(pair.document_a, pair.document_b) for pair in pairs] == [("a", "b")]
    undated = document("b", "上海市共享单车管理办法", None)
    assert (
        document_pairs.revisions(texts(document("a", undated.title, None), undated), REFERENCE)
        == []
    )


def test_documents_of_one_matter_correspond_across_regions():
    left = texts(document("a", "上海市共享单车管理办法", None))
    right = texts(document("b", "嘉兴市共享单车管理办法", None))
    (pair,) = document_pairs.correspondences(left, right, REFERENCE)
    assert pair.kind == "counterpart" and np.isclose(pair.titles, 1)
