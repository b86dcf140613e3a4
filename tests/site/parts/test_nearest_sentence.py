"""The nearest sentence of the other article: verbatim, of that article, and only where one is near."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.parts import nearest_sentence

TEXT = "第七条 单位应当节约用水。拒不改正的，处一万元罚款；逾期的，加收滞纳金。"
WORDS = st.text(st.sampled_from("单位应当节约用水处一万元罚款，。；\n"), max_size=40)


@given(WORDS, WORDS)
def test_it_is_a_part_of_the_text_or_nothing(words, text):
    found = nearest_sentence.of(words, text)
    assert found is None or (found in text and nearest_sentence.likeness(words, found) > 0)


@given(WORDS, WORDS)
def test_likeness_is_a_share_and_the_same_both_ways(a, b):
    assert 0 <= nearest_sentence.likeness(a, b) == nearest_sentence.likeness(b, a) <= 1


def test_points_of_one_side_get_the_sentence_of_the_other():
    quote = {"side": "a", "quote": "拒不改正的，处二万元罚款"}
    points = [{"relation": "only_a", "quotes": [quote]}, {"relation": "differs", "quotes": [quote]}]
    sides = {"a": {"text": ""}, "b": {"text": TEXT}}
    told = nearest_sentence.with_nearest(points, sides)
    assert told[0]["nearest"] == {"side": "b", "sentence": "拒不改正的，处一万元罚款；"}
    assert "nearest" not in told[1]
