"""Which documents answer each other, as a whole or in part: versions of one text, counterparts of one matter."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment import document_pair_features, document_pair_model, document_pairs
from pipeline.alignment.document_pair_features import WordLikeness
from pipeline.core.records import DocumentPair
from support.document_samples import (
    BICYCLES,
    BICYCLES_NEW,
    ROADS,
    finder,
    profile,
    regulation,
)
from support.match_samples import REFERENCE

MODEL = document_pair_model.load()
PROBABILITIES = st.floats(0, 1)


def versions(*dates):
    return finder(
        *(
            profile(regulation(f"d{n}", "东海市共享单车管理办法", issued=date), BICYCLES)
            for n, date in enumerate(dates)
        ),
        profile(regulation("x", "东海市道路停车管理办法", issued="2024-09-27"), BICYCLES),
    )


def test_versions_are_recognised_by_title_and_date():
    (pair,) = versions("2009-02-24", "2024-09-27").revisions({"310000"})
    assert (pair.document_a, pair.document_b, pair.kind) == ("d0", "d1", "revision")
    assert (pair.whole, pair.confidence) == (None, None)
    assert versions(None, None).revisions({"310000"}) == []


def judged(*right):
    left = profile(regulation("a", "东海市共享单车管理办法"), BICYCLES)
    found = finder(left, *right)
    rows = found.collection.rows_of({"330000"})
    return {pair.document_b: pair for pair in found.judge(found.candidates([0], rows), MODEL)}


def test_documents_of_one_matter_correspond_across_regions():
    same = profile(regulation("b", "西山省共享单车条例", "330000"), BICYCLES_NEW)
    other = profile(regulation("c", "西山省公路条例", "330000"), ROADS)
    pairs = judged(same, other)
    assert pairs["b"].kind == "counterpart" and pairs["b"].whole > 0.8
    assert pairs["b"].confidence >= pairs["b"].whole
    assert {name for name, _ in pairs["b"].reasons} <= document_pair_features.TITLES.keys()
    assert "c" not in pairs or pairs["c"].kind == "related"


def test_no_document_has_no_pair():
    assert judged() == {}


def pair(name, whole, kind="counterpart"):
    return DocumentPair("a", name, kind, 0.5, 0.5, 0.5, whole, whole, [])


def test_a_much_weaker_second_counterpart_is_a_part_but_not_another_version():
    matters = {"b": ["消防"], "b-old": ["消防"], "c": ["森林", "消防"], "d": ["消防"]}
    rows = [pair("b", 0.98), pair("b-old", 0.6), pair("c", 0.6)]
    kinds = [each.kind for each in document_pairs.demote_seconds(rows, matters)]
    assert kinds == ["counterpart", "counterpart", "part"]


@given(st.lists(PROBABILITIES, min_size=1, max_size=5))
def test_the_best_counterpart_stays_and_nothing_is_lost(probabilities):
    rows = [pair(str(n), whole) for n, whole in enumerate(probabilities)]
    kept = document_pairs.demote_seconds(rows, {str(n): [str(n)] for n in range(len(rows))})
    assert [each.document_b for each in kept] == [each.document_b for each in rows]
    best = max(kept, key=lambda each: each.whole)
    assert best.kind == "counterpart"


def test_features_do_not_depend_on_which_side_is_which():
    one = profile(regulation("a", "东海市共享单车管理办法"), BICYCLES)
    two = profile(regulation("b", "西山省公路条例", "330000"), ROADS)
    found = finder(one, two).collection
    likeness = WordLikeness(REFERENCE)
    forth = document_pair_features.of_pair(found, 0, 1, 0.5, likeness)
    back = document_pair_features.of_pair(found, 1, 0, 0.5, likeness)
    assert list(forth) == list(document_pair_features.TITLES)
    assert all(np.isclose(forth[name], back[name], atol=1e-6) for name in forth if name != "order")


def test_a_document_covers_itself():
    one = profile(regulation("a", "东海市共享单车管理办法"), BICYCLES)
    found = document_pair_features.of_pair(
        finder(one, one).collection, 0, 1, 1.0, WordLikeness(REFERENCE)
    )
    full = {"title_least", "title_most", "key_terms_least", "key_terms_shared", "articles_least"}
    assert all(np.isclose(found[name], 1, atol=1e-5) for name in full)
    assert found["title_excludes"] == found["basis_differs"] == 0
