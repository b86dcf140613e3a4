"""Overlap: coverage of one article's words by another's."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.paths import DATA
from pipeline.language import lexicon
from pipeline.similarity import overlap, reference_corpus

LEXICON, REFERENCE = lexicon.load(DATA / "lexicon"), reference_corpus.load(DATA / "background")
WORDS = st.lists(
    st.sampled_from(["供水", "单位", "收费", "标准", "罚款", "三十日", "500元", "的", "登记"]),
    max_size=8,
).map(lambda cut: overlap.words(cut, LEXICON, REFERENCE))


@given(WORDS, WORDS)
@settings(deadline=None)
def test_likeness_is_a_share_and_the_same_both_ways(a, b):
    alike = overlap.likeness(a.terms, b.terms, REFERENCE)
    assert alike.shape == (len(a.terms), len(b.terms))
    assert ((alike >= 0) & (alike <= 1)).all()
    assert np.allclose(alike, overlap.likeness(b.terms, a.terms, REFERENCE).T)


@given(WORDS, WORDS)
@settings(deadline=None)
def test_words_cover_themselves_and_never_more_than_all(a, b):
    ranges = [(i, j) for i in range(len(a.terms)) for j in range(i + 1, len(a.terms) + 1)]
    own = overlap.coverage(overlap.likeness(a.terms, a.terms, REFERENCE), a.weights, ranges, ranges)
    assert np.allclose(np.diag(own), 1)
    everything = [(0, len(b.terms))]
    other = overlap.coverage(
        overlap.likeness(a.terms, b.terms, REFERENCE), a.weights, ranges, everything
    )
    assert ((other >= 0) & (other <= 1 + 1e-9)).all()


def test_numbers_count_and_places_do_not():
    found = overlap.words(["上海市", "的", "单位", "三十日", "500元"], LEXICON, REFERENCE)
    assert found.terms == ["单位", "三十日", "500元"]
