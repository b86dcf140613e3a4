"""Which documents answer each other: versions of one text, counterparts of one matter."""

import numpy as np

from pipeline.alignment import document_pairs
from pipeline.alignment.document_pairs import Texts
from pipeline.core.records import Document
from support.manifest import KNOWN
from support.match_samples import OLD, WORDS
from support.records import document


def regulation(name: str, title: str, issued: str | None) -> Document:
    return document(name, title=title, level="地方性法规", issued_date=issued, scheme="articles")


def texts(*documents: Document) -> Texts:
    terms = [WORDS.terms(WORDS.cut("".join(OLD)))] * len(documents)
    return Texts(list(documents), [WORDS.terms(WORDS.cut(d.title)) for d in documents], terms)


def test_versions_are_told_by_title_and_date():
    old = regulation("a", "上海市共享单车管理办法", "2009-02-24")
    new = regulation("b", "上海市共享单车管理办法", "2024-09-27")
    other = regulation("c", "上海市道路停车管理办法", "2024-09-27")
    found = document_pairs.revisions(texts(old, new, other), KNOWN)
    assert [(pair.document_a, pair.document_b) for pair in found] == [("a", "b")]
    undated = regulation("b", "上海市共享单车管理办法", None)
    assert (
        document_pairs.revisions(texts(regulation("a", undated.title, None), undated), KNOWN) == []
    )


def test_documents_of_one_matter_answer_each_other_whatever_the_place():
    left = texts(regulation("a", "上海市共享单车管理办法", None))
    right = texts(regulation("b", "嘉兴市共享单车管理办法", None))
    (pair,) = document_pairs.choose(left, right, KNOWN)
    assert pair.kind == "counterpart" and np.isclose(pair.titles, 1)
