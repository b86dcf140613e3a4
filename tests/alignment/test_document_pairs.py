"""Which documents answer each other: versions of one text, counterparts of one matter."""

import numpy as np

from pipeline.alignment import document_pairs
from pipeline.alignment.document_pairs import DocumentTerms
from pipeline.core.records import Document
from support.match_samples import OLD, REFERENCE, WORDS
from support.records import document


def regulation(name: str, title: str, issued: str | None) -> Document:
    return document(name, title=title, level="地方性法规", issued_date=issued)


def texts(*documents: Document) -> DocumentTerms:
    terms = [WORDS.terms(WORDS.cut("".join(OLD)))] * len(documents)
    return DocumentTerms(
        list(documents), [WORDS.terms(WORDS.cut(d.title)) for d in documents], terms
    )


def test_versions_are_recognised_by_title_and_date():
    old = regulation("a", "上海市共享单车管理办法", "2009-02-24")
    new = regulation("b", "上海市共享单车管理办法", "2024-09-27")
    other = regulation("c", "上海市道路停车管理办法", "2024-09-27")
    pairs = document_pairs.revisions(texts(old, new, other), REFERENCE)
    assert [(pair.document_a, pair.document_b) for pair in pairs] == [("a", "b")]
    undated = regulation("b", "上海市共享单车管理办法", None)
    assert (
        document_pairs.revisions(texts(regulation("a", undated.title, None), undated), REFERENCE)
        == []
    )


def test_documents_of_one_matter_correspond_across_regions():
    left = texts(regulation("a", "上海市共享单车管理办法", None))
    right = texts(regulation("b", "嘉兴市共享单车管理办法", None))
    (pair,) = document_pairs.correspondences(left, right, REFERENCE)
    assert pair.kind == "counterpart" and np.isclose(pair.titles, 1)
