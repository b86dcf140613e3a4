"""What aligned articles come to on a day, in invented places."""

import pytest

from pipeline.articles.terms import Term
from pipeline.core.point_records import ArticleAccount
from pipeline.gaps import holdings
from pipeline.gaps.aligned import article_outcomes
from pipeline.gaps.aligned.article_outcomes import Day
from support.articles import article, corpus, matters
from support.matters import CITY, COUNTY, EARLIER, NEWEST, PROVINCE, REGIONS

OPEN = Term("2015-01-01", None, None)
LATER = Term("2021-01-01", None, None)
REPEALED = Term("2015-01-01", "2020-12-31", "repealed")
REPLACED = Term("2015-01-01", "2020-12-31", "successor")


def case(matter, comparison=CITY, day=NEWEST):
    sides = holdings.sides(comparison, REGIONS)
    is_county = REGIONS[comparison.target_region].level == "county"
    return article_outcomes.case(matter, sides, Day(day, NEWEST), is_county)


def answered(term_a: Term, term_b: Term, place: str = "xs"):
    name = f"{place}-1"
    texts = corpus([article("dh-1", 1), article(name, 1)], {"dh-1": term_a, name: term_b})
    (matter,) = matters(texts, {("dh-1__art_1", f"{name}__art_1"): 0.9}).values()
    return matter


@pytest.mark.parametrize(
    "a, b, day, outcome",
    [
        (OPEN, OPEN, NEWEST, "differs"),
        (OPEN, LATER, NEWEST, "differs"),
        (OPEN, LATER, EARLIER, "uncollected"),
        (LATER, OPEN, EARLIER, "uncollected"),
        (OPEN, REPEALED, NEWEST, "lapsed"),
        (REPEALED, OPEN, NEWEST, "lapsed"),
        (OPEN, REPEALED, EARLIER, "differs"),
        (LATER, LATER, EARLIER, None),
        (REPLACED, OPEN, NEWEST, "lapsed"),  # by a text that was not read
    ],
)
def test_what_two_articles_that_answer_each_other_come_to(a, b, day, outcome):
    found = case(answered(a, b), day=day)
    assert (found and found.outcome) == outcome
    assert bool(found and found.pairs) == (outcome == "differs")


def test_a_text_that_another_of_the_texts_repealed_has_not_lapsed():
    texts = corpus(
        [article("dh-1", 1), article("xs-1", 1)], {"dh-1": REPEALED}, replaced=frozenset({"dh-1"})
    )
    (matter,) = matters(texts, {("dh-1__art_1", "xs-1__art_1"): 0.9}).values()
    assert case(matter) is None and case(matter, day=EARLIER).outcome == "differs"


def test_an_article_of_the_province_answers_for_the_city_as_one_above_it():
    (held,) = case(answered(OPEN, OPEN)).b
    assert (held.level, held.in_force) == ("upper", True)
    (held,) = case(answered(OPEN, OPEN), PROVINCE).b
    assert held.level == "own"


def test_a_county_has_rows_where_it_has_an_article_of_its_own():
    assert case(answered(OPEN, OPEN), COUNTY) is None
    assert case(answered(OPEN, OPEN, "bx"), COUNTY).outcome == "differs"


@pytest.mark.parametrize("side, outcome", [("a", "missing"), ("b", "extra")])
@pytest.mark.parametrize("other, concluded", [(OPEN, True), (REPEALED, False)])
def test_what_one_side_has_alone_needs_a_text_in_force_that_was_read_whole(
    side, outcome, other, concluded
):
    own, text = ("dh-1", "xs-1") if side == "a" else ("xs-1", "dh-1")
    texts = corpus([article(own, 2), article(text, 1)], {text: other})
    accounts = [ArticleAccount("dh-1", "xs-1", side, f"{own}__art_2", "only_here")]
    (matter,) = matters(texts, {}, accounts, {("dh-1", "xs-1")}).values()
    found = case(matter)
    assert (found and found.outcome) == (outcome if concluded else None)
    assert case(matter, day=EARLIER).outcome == outcome
