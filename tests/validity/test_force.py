"""Whether a document was in force on a day; unknown stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import DocumentPair, ValidityEvent
from pipeline.validity import force, validity
from support.records import document

NEWEST = "2026-02-25"


def dated(name="d", issued=None, effective=None, expires=None, title="题"):
    return document(name, title=title, issued_date=issued, effective_date=effective,
                    expires_date=expires)  # fmt: skip


ALL = {"有效", "未知", "尚未施行", "已过有效期", "已被替代", "已废止", "已暂停", "日期不明"}


def state(on, *events, own=None):
    known = own or dated()
    found = [*validity.own([known], []), *(ValidityEvent("e", "d", *event) for event in events)]
    return force.forces([known], found, NEWEST)["d"].state(on)


@pytest.mark.parametrize(
    "issued, effective, expires, on, expected",
    [
        (None, None, None, NEWEST, "未知"),
        (None, None, None, "2018-12-31", "日期不明"),  # it may have been there, nothing says so
        ("2019-01-01", None, None, NEWEST, "未知"),
        ("2018-11-30", "2019-01-01", None, "2018-12-31", "尚未施行"),
        ("2018-12-31", None, None, "2018-12-31", "未知"),
        ("2018", None, None, "2018-06-30", "尚未施行"),  # the year is not over
        ("2018", None, None, "2018-12-31", "未知"),
        ("2026", None, None, NEWEST, "未知"),  # read by then, so there by then
        (None, None, "2018-06-30", "2018-06-30", "未知"),  # through its last day
        ("2015-07-15", None, "2018-06-30", "2018-06-30", "有效"),
        ("2015-07-15", None, "2018-06-30", "2018-07-01", "已过有效期"),
        ("2020-01-01", None, "2026", NEWEST, "有效"),
        ("2025-01-01", "2027-01-01", "2030", NEWEST, "尚未施行"),
    ],
)
def test_a_documents_own_dates_tell_its_state(issued, effective, expires, on, expected):
    assert state(on, own=dated("d", issued, effective, expires)) == expected


@pytest.mark.parametrize(
    "kind, date, on, expected",
    [
        ("废止", "2020-05-01", "2020-04-30", "未知"),
        ("废止", "2020-05-01", "2020-05-01", "已废止"),
        ("暂停", "2016-11-01", "2018-12-31", "已暂停"),
        ("修订", "2019-08-01", NEWEST, "已被替代"),
        ("延长", "2027-12-31", NEWEST, "有效"),
        ("到期", "2019", "2019-06-30", "有效"),
        ("到期", "2019", "2020-01-01", "已过有效期"),
    ],
)
def test_events_end_and_prolong(kind, date, on, expected):
    assert state(on, (kind, date, "人工补记"), own=dated("d", "2010-01-01")) == expected


def test_an_end_tells_that_an_undated_document_was_there_before():
    assert state("2016-10-31", ("暂停", "2016-11-01", "人工补记")) == "未知"


def test_a_revised_title_dates_the_wording_only():
    known = dated("d", "2017-03-30", title="某条例（2021年修正）")
    found = force.forces([known], list(validity.own([known], [])), NEWEST)["d"]
    assert (found.state("2018-12-31"), found.wording) == ("未知", "2021-12-31")


def test_a_newer_text_takes_the_place_of_the_older():
    both = [dated("old", "2010-01-01"), dated("new", "2020-01-01")]
    pair = DocumentPair("old", "new", "revision", 0.9, 1.0, 0.9)
    events = [*validity.own(both, []), *validity.replaced(both, [pair])]
    found = force.forces(both, events, NEWEST)
    assert [found["old"].state(on) for on in ("2019-12-31", "2020-01-01")] == ["未知", "已被替代"]


days = st.dates().map(str)
dates = st.none() | days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])


@given(dates, dates, dates, days)
def test_every_day_has_one_state_and_a_document_never_comes_back(issued, effective, expires, on):
    known = dated("d", issued, effective, expires)
    found = force.forces([known], list(validity.own([known], [])), NEWEST)["d"]
    assert found.state(on) in ALL
    if found.state(on) == "已过有效期":
        assert found.state("9999-12-31") == "已过有效期"
