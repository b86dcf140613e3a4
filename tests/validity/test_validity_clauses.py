"""What a text says of its own force: since when and until when."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import dates
from pipeline.structure import clauses
from pipeline.validity import validity_clauses
from support.validity import said, text

RULES = validity_clauses.load(validity_clauses.PATH)


@pytest.mark.parametrize("body, found", [
    ("本办法自2015年1月1日起施行，有效期五年。", [("施行", "2015-01-01"), ("到期", "2019-12-31")]),
    ("本办法自二○一五年一月一日起施行。有效期至2019年12月31日。", [("施行", "2015-01-01"), ("到期", "2019-12-31")]),
    ("第九条 本办法自2015年3月起施行，试行期两年。", [("施行", "2015-03"), ("到期", "2017-02")]),
    ("本通知自2016年2月29日起执行，有效期1年。", [("施行", "2016-02-29"), ("到期", "2017-02-28")]),
    ("本意见由市中小企业服务中心负责解释，自2015年1月1日起施行。", [("施行", "2015-01-01")]),
    ("本办法从2015年1月1日起实施，2020年12月31日废止。", [("施行", "2015-01-01"), ("到期", "2020-12-31")]),
    ("第九条 本条例自2015年1月1日起施行。", [("施行", "2015-01-01")]),
    ("本办法有效期自2015年1月1日至2019年12月31日。", [("到期", "2019-12-31")]),
    ("现将办法印发给你们，自2015年1月1日起施行，试行2年。", [("施行", "2015-01-01"), ("到期", "2016-12-31")]),
    ("本办法有效期延长至2024年12月31日。", [("延长", "2024-12-31")]),
    ("《上海市水价办法》已经市政府同意，现予公布，自2015年1月1日起施行。", [("施行", "2015-01-01")]),
])  # fmt: skip
def test_a_text_says_since_when_and_until_when(body, found):
    assert said(body) == found


@pytest.mark.parametrize("body", [
    "本办法自 年 月 日起施行，有效期五年。",  # a blank that nobody filled in
    "本办法自2015年2月30日起施行。",
    "本办法自公布之日起施行。",  # the day of publication is not known
    "许可证有效期五年，自发证之日起计算。",
    "其中水费标准自2015年1月1日起执行。",
    "第三条 本办法第二条自2015年1月1日起施行。",
    "2003年1月1日起施行的《上海市用水办法》不再适用。",
    "《上海市用水办法》自2015年1月1日起施行。",
    "| 户籍 | 本条执行至2016年止 |",
    "本市自2015年1月1日起对企业实行优惠，项目执行期限三年。",
])  # fmt: skip
def test_what_is_said_of_something_else_or_not_in_full_gives_nothing(body):
    assert said(body) == []


def test_contradicting_beginnings_give_none():
    assert said("本办法自2015年1月1日起施行。\n本办法自2016年1月1日起施行。") == []
    assert said("本通知自2015年1月1日起施行。\n本规定自2016年1月1日起施行。") == []


def test_of_two_texts_in_one_document_the_one_of_its_name_tells_when_it_begins():
    assert said("本通知自2015年1月1日起施行。\n本办法自2016年1月1日起施行。") == [
        ("施行", "2016-01-01")
    ]


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 120))
def test_terms_follow_each_other_without_gap(start, months):
    last = datetime.date.fromisoformat(validity_clauses.last_of(start.isoformat(), months))
    after = last + datetime.timedelta(days=1)
    passed = (after.year * 12 + after.month) - (start.year * 12 + start.month)
    same_day = passed == months and after.day == start.day
    no_such_day = passed == months + 1 and after.day == 1 and last.day < start.day
    assert same_day or no_such_day


BODY = st.lists(st.sampled_from(["本办法自", "2015年1月1日", "年月日", "起施行", "，有效期", "五年", "至", "。", "\n", "第一条 ", "《甲》",
                                 "废止", "公布之日", "延长", "|"]), min_size=1, max_size=20).map("".join)  # fmt: skip


@given(BODY.filter(str.strip))
def test_any_text_gives_events_with_a_clause_that_says_so(body):
    known = text(body, issued="2015-06-30")
    split = clauses.split(known)
    for event in validity_clauses.read(known, split, RULES):
        assert event.source_clause_id in {c.clause_id for c in split} or event.successor == "d"
        assert dates.last_day(event.date) >= "1900"
