"""Counts of terms."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.similarity import term_counts


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), min_size=1, max_size=4))
def test_term_counts_are_those_of_the_texts(rows):
    counted = term_counts.count(rows)
    lines = counted.counts.toarray()
    back = [{counted.terms[k]: n for k, n in enumerate(line) if n} for line in lines]
    assert back == [dict(Counter(row)) for row in rows]
