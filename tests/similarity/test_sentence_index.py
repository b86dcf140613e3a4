"""Sentence index: what some sentence of a document says in equal words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.similarity import sentence_index

WORDS = ["公园", "停车", "收费", "罚款", "。", "，"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12)


def index(words):
    terms = [word if word not in "。，" else "" for word in words]
    return sentence_index.build([("d__art_1", words, terms)])


@given(TEXTS, st.sets(st.sampled_from(WORDS[:4])))
def test_coverage_is_that_of_the_best_single_sentence(words, wanted):
    weights = dict.fromkeys(wanted, 2.0)
    sentences = "".join(words).split("。")
    best = max(sum(word in sentence for word in wanted) for sentence in sentences)
    expected = best / len(wanted) if wanted else 0.0
    assert index(words).coverage("d", weights) == pytest.approx(expected)


def test_words_of_two_sentences_are_not_added():
    found = index(["公园", "停车", "。", "收费"])
    assert found.coverage("d", {"公园": 1.0, "收费": 1.0}) == 0.5
    assert found.coverage("another", {"公园": 1.0}) == 0.0


def test_the_nearest_clause_has_the_words_that_are_rare_in_its_document():
    articles = [["委员会", "公园"], ["委员会", "停车", "收费"], ["委员会", "报告"], ["委员会"]]
    found = sentence_index.build(
        (f"d__art_{number}", words, words) for number, words in enumerate(articles, 1)
    )
    share, clause_id = found.nearest("d", ["委员会", "收费"])
    assert (share, clause_id) == (1.0, "d__art_2")
    assert found.nearest("d", ["委员会", "罚款"])[0] < 0.5
    assert found.nearest("another", ["委员会"]) == (0.0, "")


def test_the_nearest_of_other_clauses_leaves_some_out():
    texts = {"d__art_1": "收费", "d__art_2": "收费", "d__art_3": "公园"}
    found = sentence_index.build((name, [word, "。"], [word, ""]) for name, word in texts.items())
    assert found.nearest("d", ["收费"], {"d__art_1"})[1] == "d__art_2"
    assert found.nearest("d", ["收费"], {"d__art_1", "d__art_2"}) == (0.0, "")
