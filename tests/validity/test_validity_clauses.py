"""What a text says of its own force: since when and until when."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import dates
from pipeline.structure import clauses
from pipeline.validity import terms, validity_clauses
from support import cases
from support.validity import official, said

RULES = validity_clauses.load(validity_clauses.PATH)


@cases.table("validity.stated", "text", "events")
def test_a_text_says_since_when_and_until_when(text, events):
    assert said(text) == [(event["kind"], event["date"]) for event in events]


@cases.table("validity.not_stated", "text")
def test_what_is_said_of_something_else_or_not_in_full_gives_nothing(text):
    assert said(text) == []


def test_contradicting_beginnings_give_none():
    assert said("本办法自2015年1月1日起施行。\n本办法自2016年1月1日起施行。") == []
    assert said("本通知自2015年1月1日起施行。\n本规定自2016年1月1日起施行。") == []


def test_of_two_texts_in_one_document_the_one_of_its_name_tells_when_it_begins():
    assert said("本通知自2015年1月1日起施行。\n本办法自2016年1月1日起施行。") == [
        ("施行", "2016-01-01")
    ]


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 120))
def test_terms_follow_each_other_without_gap(start, months):
    last = datetime.date.fromisoformat(terms.last_day(start.isoformat(), months))
    after = last + datetime.timedelta(days=1)
    passed = (after.year * 12 + after.month) - (start.year * 12 + start.month)
    same_day = passed == months and after.day == start.day
    no_such_day = passed == months + 1 and after.day == 1 and last.day < start.day
    assert same_day or no_such_day


BODY = st.lists(st.sampled_from(["本办法自", "2015年1月1日", "年月日", "起施行", "，有效期", "五年", "至", "。", "\n", "第一条 ", "《甲》",
                                 "废止", "公布之日", "延长", "|"]), min_size=1, max_size=20).map("".join)  # fmt: skip


@given(BODY.filter(str.strip))
def test_any_text_gives_events_with_a_clause_that_says_so(body):
    known = official(body, issued="2015-06-30")
    split = clauses.split(known)
    for event in validity_clauses.read(known, split, RULES):
        assert event.source_clause_id in {c.clause_id for c in split} or event.successor == "d"
        assert dates.last_day(event.date) >= "1900"
