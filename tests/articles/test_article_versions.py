"""Versions and terms: an article through the texts of its document, and the days on which it counts."""

import pytest

from pipeline.articles import terms, versions
from pipeline.articles.terms import Term
from pipeline.core.records import Revision
from pipeline.validity.force import Force


def row(old: str | None, new: str | None, confidence: float = 0.9, names=("v1", "v2")) -> Revision:
    return Revision(f"{old}-{new}", *names, old, new, "changed", confidence, None)


ISSUED = {"v1": "2010", "v2": "2015", "v3": "2020"}


def test_an_article_leads_through_every_text_to_its_newest_form():
    rows = [
        row("v1__art_1", "v2__art_2"),
        row("v2__art_2", "v3__art_3", names=("v2", "v3")),
        row("v1__art_1", "v3__art_9", names=("v1", "v3")),  # past the text between them
    ]
    found = versions.of_revisions(rows, ISSUED)
    assert found.newest("v1__art_1") == "v3__art_3" and found.first("v3__art_3") == "v1__art_1"
    assert found.chain("v2__art_2") == ["v3__art_3", "v2__art_2", "v1__art_1"]


def test_of_two_that_one_became_it_leads_to_the_surer_and_what_went_is_known():
    rows = [
        row("v1__art_1", "v2__art_1", 0.6),
        row("v1__art_1", "v2__art_2", 0.8),
        row("v1__art_5", None),
    ]
    found = versions.of_revisions(rows, ISSUED)
    assert found.newest("v1__art_1") == "v2__art_2" and found.first("v2__art_1") == "v2__art_1"
    assert found.dropped == {"v1__art_5"}


@pytest.mark.parametrize(
    "force, term",
    [
        (("2010-01-01", None, None, None), Term("2010-01-01", None, None)),
        (("2010-01-01", None, None, "2021-03-01"), Term("2021-03-01", None, None)),  # later wording
        (("2010-01-01", "2015-12-31", None, None), Term("2010-01-01", "2015-12-31", "expired")),
        (
            ("2010-01-01", None, ("2020-05-01", "已废止"), None),
            Term("2010-01-01", "2020-04-30", "repealed"),
        ),
        ((None, None, None, None), Term(None, None, None)),
    ],
)
def test_a_text_counts_from_the_day_of_its_wording(force, term):
    start, last, ended, wording = force
    found = terms.of_document(Force(start, last, ended, wording, "2026-06-30", is_whole=True))
    assert found == term


def test_an_article_that_the_next_text_dropped_was_repealed():
    over = Term("2010-01-01", "2019-12-31", "successor")
    assert terms.of_article(over, "x", {"x"}, set()).ended == "successor"
    assert terms.of_article(over, "x", set(), {"x"}).ended == "repealed"
    assert terms.of_article(over, "x", set(), set()).ended == "successor_unseen"


def test_two_texts_are_known_together_only_while_both_are_in_force():
    a, b = Term("2010-01-01", "2019-12-31", "repealed"), Term("2015-01-01", None, None)
    assert terms.overlap(a, b, "2026-06-30") == ("2015-01-01", "2019-12-31")
    assert terms.overlap(a, Term("2021-01-01", None, None), "2026-06-30") is None
    assert terms.overlap(Term(None, None, None), b, "2026-06-30") == ("2026-06-30", None)
