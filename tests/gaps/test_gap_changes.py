"""How a gap changed between two dates, and the event that caused it."""

import pytest

from pipeline.core.gap_records import Gap
from pipeline.core.records import ValidityEvent
from pipeline.gaps import gap_changes, severity

THEN, NOW = "2018-12-31", "2026-11-23"


def gap(
    as_of,
    kind="amount",
    size=0.5,
    favours="baseline",
    grade=None,
    level="own",
    a="a__1",
    b="b__1",
    state="未知",
):
    factors = severity.factors(size, grade or kind, None, 1.0)
    return Gap(
        gap_id=f"c__{as_of}__{a}__{b}", comparison_id="c", topic_id="t", kind=kind, grade=grade, clause_a=a,
        clause_b=b, level=level, favours=favours, severity=severity.severity(factors), factors=factors,
        confidence=1.0, summary="某项补贴｜…", as_of=as_of, state_a=state, evidence=[],
    )  # fmt: skip


def event(document, kind, date, successor=None, source=None, note=None):
    return ValidityEvent(
        f"{document}-{kind}-{date}", document, kind, date, "人工补记", source, successor, note
    )


def changes(gaps, *events):
    by_document = {name: [e for e in events if e.document_id == name] for name in "abcdz"}
    found = gap_changes.follow(
        gaps, gap_changes.Events(by_document, {name: name for name in "abcdz"})
    )
    return {change.clause_id: change for change in found}


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ({"size": 0.5}, {"size": 0.5}, "unchanged"),
        ({"size": 0.9}, {"size": 0.5}, "narrowed"),
        ({"size": 0.5}, {"size": 0.9}, "widened"),
        ({"favours": "baseline"}, {"favours": "target"}, "reversed"),
        ({}, {"kind": "equivalent", "size": 0.0}, "closed"),
        ({"kind": "equivalent", "size": 0.0}, {}, "opened"),
        ({"kind": "missing", "grade": "not_in_corpus", "b": None},
         {"kind": "missing", "grade": "upper_level_only", "b": None}, "altered"),
        ({"level": "own"}, {"level": "upper"}, "altered"),
    ],
)  # fmt: skip
def test_a_change_has_one_name(old, new, expected):
    day_before = gap(NOW, a="z__9")  # another matter, so that both dates are there
    found = changes([gap(THEN, **old), gap(NOW, **new), day_before])
    assert found["a__1"].change == expected


def test_a_change_of_confidence_is_no_change_of_the_gap():
    sure, doubtful = gap(NOW), gap(THEN)
    doubtful.factors[-1] = (severity.NAMES[-1], 0.3)
    assert changes([doubtful, sure])["a__1"].change == "unchanged"


def test_the_event_that_ended_a_rule_closes_the_gap():
    ended = event("a", "修订", "2019-08-01", successor="d", note="全国推广")
    began = event("b", "施行", "2024-01-01")
    found = changes([gap(THEN), gap(NOW, a="z__9")], ended, began)["a__1"]
    assert (found.change, found.event_id) == ("closed", ended.event_id)
    assert "2019-08-01" in found.summary and "代替" in found.summary and "全国推广" in found.summary


def test_a_term_that_ran_out_with_nothing_after_it_has_lapsed():
    found = changes([gap(THEN), gap(NOW, a="z__9")], event("a", "到期", "2019"))["a__1"]
    assert found.change == "lapsed"


def test_a_change_without_a_known_event_says_so():
    found = changes([gap(THEN, size=0.9), gap(NOW, size=0.2)])["a__1"]
    assert found.event_id is None and "未见相应的效力事件" in found.summary


def test_a_gap_is_followed_to_the_clause_that_replaced_its_own():
    ended = event("a", "修订", "2020-01-01", successor="d", source="d__5")
    found = changes([gap(THEN, size=0.9), gap(NOW, a="d__5", size=0.4)], ended)
    assert set(found) == {"a__1"} and found["a__1"].change == "narrowed"


def test_an_event_outside_the_two_dates_explains_nothing():
    found = changes([gap(THEN, size=0.9), gap(NOW, size=0.2)], event("b", "施行", "2017-01-01"))[
        "a__1"
    ]
    assert found.event_id is None
