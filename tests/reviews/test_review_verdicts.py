"""Which reviews hold for the texts of a build, and what they decide."""

import pytest

from pipeline.reviews import review_verdicts
from pipeline.reviews.review_verdicts import ORPHAN, STALE, VALID
from support.reviews import record, review

TEXTS = {"a__1": "甲", "b__1": "乙", "b__2": "丙"}
PAIR = ("a__1", "b__1")


def at(second: int, verdict: str, **more):
    """A review of one pair at a second."""
    more |= {"reviewed_at": f"2026-01-02T03:04:{second:02}.000000Z"}
    return record(review(PAIR, TEXTS, verdict, **more))


@pytest.mark.parametrize(
    "texts, state",
    [(TEXTS, VALID), (TEXTS | {"a__1": "甲，改"}, STALE), (TEXTS | {"b__1": ""}, STALE),
     (TEXTS | {"b__2": "改"}, VALID), ({"a__1": "甲"}, ORPHAN), ({}, ORPHAN)],
)  # fmt: skip
def test_a_review_holds_where_its_texts_are_as_they_were(texts, state):
    assert review_verdicts.state(at(0, "accept"), texts) == state


def test_a_review_that_pairs_anew_rests_on_the_new_clause_too():
    row = at(0, "repair", partner="b__2")
    assert review_verdicts.state(row, TEXTS) == VALID
    assert review_verdicts.state(row, TEXTS | {"b__2": "改"}) == STALE


@pytest.mark.parametrize(
    "reviews, statuses",
    [
        ([at(0, "accept")], {PAIR: "accepted"}),
        ([at(0, "accept"), at(1, "reject")], {PAIR: "rejected"}),
        ([at(0, "reject"), at(1, "note", note="再看")], {PAIR: "rejected"}),
        ([at(0, "note", note="看过")], {}),
        ([at(0, "repair", partner="b__2")], {PAIR: "rejected", ("a__1", "b__2"): "accepted"}),
        ([at(0, "repair", partner="b__2"), at(1, "accept")], {PAIR: "accepted", ("a__1", "b__2"): "accepted"}),
        ([at(0, "accept", kind="point")], {}),
    ],
)  # fmt: skip
def test_the_newest_verdict_on_a_pair_holds(reviews, statuses):
    assert review_verdicts.pair_statuses(review_verdicts.states(reviews, TEXTS)) == statuses


def test_a_stale_review_decides_nothing_and_an_older_valid_one_does():
    old, new = at(0, "reject"), at(1, "accept", text_hash="0" * 32)
    states = review_verdicts.states([old, new], TEXTS)
    assert [(row.state, row.decides) for row in states] == [(VALID, 1), (STALE, 0)]
    assert review_verdicts.pair_statuses(states) == {PAIR: "rejected"}


def test_only_a_deciding_reject_rejects_a_target():
    rows = [at(0, "reject", kind="rule", target_id="m__f", clause_b=None),
            at(1, "reject", kind="rule", target_id="m__g", clause_b=None),
            at(2, "accept", kind="rule", target_id="m__g", clause_b=None)]  # fmt: skip
    seen = review_verdicts.review_log.text_hash(["甲"])
    rows = [record({**vars_of(row), "text_hash": seen}) for row in rows]
    assert review_verdicts.rejected(review_verdicts.states(rows, TEXTS), "rule") == {"m__f"}


def vars_of(row) -> dict:
    return {name: getattr(row, name) for name in row.__slots__}
