"""Matters of articles: stars, their ids through versions, and what is concluded of one side alone."""

import pytest

from pipeline.articles.terms import Term
from pipeline.core.point_records import ArticleAccount
from pipeline.core.records import Revision
from support.articles import article, corpus, matters

A1, A2 = article("dh-1", 1), article("dh-1", 2)
B1, B2 = article("xs-1", 1), article("xs-1", 2)
OLD, NEW = Term("2010-01-01", "2019-12-31", "successor"), Term("2020-01-01", None, None)


def revised(old: str, new: str, confidence: float = 0.9) -> Revision:
    names = old.split("__")[0], new.split("__")[0]
    return Revision(f"{old}__to__{new}", *names, old, new, "changed", confidence, None)


def only_here(side: str, clause_id: str) -> ArticleAccount:
    return ArticleAccount("dh-1", "xs-1", side, clause_id, "only_here")


def test_a_star_has_the_article_and_those_that_answer_it_and_nothing_through_a_third():
    pairs = {
        ("dh-1__art_1", "xs-1__art_1"): 0.9,
        ("dh-1__art_1", "nh-1__art_1"): 0.8,
        ("dh-1__art_2", "xs-1__art_1"): 0.7,
    }
    found = matters(corpus([A1, A2, B1, article("nh-1", 1)]), pairs)
    assert {k: [r.clause_id for r in m.rules] for k, m in found.items()} == {
        "dh-1__art_1": ["dh-1__art_1", "xs-1__art_1", "nh-1__art_1"],
        "dh-1__art_2": ["dh-1__art_2", "xs-1__art_1"],
    }
    assert found["dh-1__art_1"].decided_by == ["省", "市"]


def test_the_id_is_that_of_the_article_in_the_first_text_and_others_are_aliases():
    texts = corpus(
        [A1, A2, article("dh-2", 1), B1],
        {"dh-1": OLD, "dh-2": NEW},
        [revised("dh-1__art_1", "dh-2__art_1"), revised("dh-1__art_2", "dh-2__art_1", 0.6)],
    )
    (found,) = matters(texts, {("dh-2__art_1", "xs-1__art_1"): 0.9}).values()
    assert (found.matter_id, found.aliases) == ("dh-1__art_1", ["dh-1__art_2"])
    current = next(rule for rule in found.rules if rule.clause_id == "dh-2__art_1")
    assert current.replaces == "dh-1__art_1__dh-1__art_1" and current.in_force_from == "2020-01-01"


def test_a_rule_quotes_the_first_sentence_of_its_article():
    long = article("dh-1", 1, "单位应当节水。个人应当节水。")
    (found,) = matters(corpus([long, B1]), {("dh-1__art_1", "xs-1__art_1"): 0.9}).values()
    rule = found.rules[0]
    assert rule.quote == "单位应当节水。" == long.text[rule.start : rule.end]


@pytest.mark.parametrize(
    "whole, near, unfinished, concluded",
    [
        ({("dh-1", "xs-1")}, {}, {}, True),
        (set(), {}, {}, False),  # the documents answer each other in part
        ({("dh-1", "xs-1")}, {("dh-1__art_2", "xs-1"): 0.3}, {}, False),  # one may answer it
        ({("dh-1", "xs-1")}, {}, {"xs-1": "疑不完整"}, False),  # it may stand in the missing part
    ],
)
def test_what_one_side_has_alone_is_concluded_of_whole_texts_only(
    whole, near, unfinished, concluded
):
    texts = corpus([A1, A2, B1, B2], unfinished=unfinished)
    pairs = {("dh-1__art_1", "xs-1__art_1"): 0.9}
    found = matters(texts, pairs, [only_here("a", "dh-1__art_2")], whole, near)
    assert ("dh-1__art_2" in found) is concluded
    if concluded:
        (absence,) = found["dh-1__art_2"].absences
        assert (absence.region_id, absence.why, absence.source) == ("西山省", "read_whole", "xs-1")


def test_an_article_answered_elsewhere_in_the_region_is_nobodys_alone():
    texts = corpus([A1, B1, article("xs-2", 1)])
    accounts = [ArticleAccount("dh-1", "xs-2", "a", "dh-1__art_1", "only_here")]
    pairs = {("dh-1__art_1", "xs-1__art_1"): 0.9}
    (found,) = matters(texts, pairs, accounts, {("dh-1", "xs-2")}).values()
    assert found.absences == []
