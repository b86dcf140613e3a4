"""Whether a document was in force on a day; unknown stays unknown."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import DocumentPair, ValidityEvent
from pipeline.validity import force, validity
from support import cases
from support.records import document

NEWEST = "2026-02-25"


def dated(name="d", issued=None, effective=None, expires=None, **fields):
    return document(name, issued_date=issued, effective_date=effective,
                    expires_date=expires, **fields)  # fmt: skip


ALL = {
    "有效",
    force.OPEN,
    "未知",
    "尚未施行",
    "已过有效期",
    "已被替代",
    "已废止",
    "已暂停",
    "日期不明",
}


def state_on(on, *events, own=None):
    known = own or dated()
    found = [
        *validity.from_entries([known], []),
        *(ValidityEvent("e", "d", *event) for event in events),
    ]
    return force.forces([known], found, NEWEST)["d"].state(on)


@cases.table(
    "validity.state", "on", "state", issued=None, effective=None, expires=None, text_kind="official"
)
def test_a_documents_own_dates_tell_its_state(on, state, issued, effective, expires, text_kind):
    assert state_on(on, own=dated("d", issued, effective, expires, text_kind=text_kind)) == state


@cases.table("validity.event", "kind", "date", "on", "state")
def test_events_end_and_prolong(kind, date, on, state):
    assert state_on(on, (kind, date, "人工补记"), own=dated("d", "2010-01-01")) == state


def test_an_end_tells_that_an_undated_document_was_there_before():
    assert state_on("2016-10-31", ("暂停", "2016-11-01", "人工补记")) == "未知"


def test_a_revised_title_dates_the_wording_only():
    known = dated("d", "2017-03-30", title="某条例（2021年修正）")
    found = force.forces([known], list(validity.from_entries([known], [])), NEWEST)["d"]
    assert (found.state("2018-12-31"), found.wording) == ("未知", "2021-12-31")
    assert found.state("2022-01-01") == force.OPEN


def test_a_newer_text_takes_the_place_of_the_older():
    both = [dated("old", "2010-01-01"), dated("new", "2020-01-01")]
    pair = DocumentPair("old", "new", "revision", 0.9, 1.0, 0.9, None, None, [])
    events = [*validity.from_entries(both, []), *validity.from_revisions(both, [pair])]
    found = force.forces(both, events, NEWEST)
    assert [found["old"].state(on) for on in ("2019-12-31", "2020-01-01")] == ["有效", "已被替代"]


days = st.dates().map(str)
dates = st.none() | days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])


@given(dates, dates, dates, days)
def test_every_day_has_one_state_and_a_document_never_comes_back(issued, effective, expires, on):
    known = dated("d", issued, effective, expires)
    found = force.forces([known], list(validity.from_entries([known], [])), NEWEST)["d"]
    assert found.state(on) in ALL
    if found.state(on) == "已过有效期":
        assert found.state("9999-12-31") == "已过有效期"
