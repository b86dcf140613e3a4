"""Feature matrices of one document."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.similarity.document_features import bag


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), min_size=1, max_size=4))
def test_a_bag_counts_what_it_was_given(rows):
    found = bag(rows)
    back = [{found.terms[k]: n for k, n in enumerate(line) if n} for line in found.counts.toarray()]
    assert back == [dict(Counter(row)) for row in rows]
