"""Whether a document was in force on a day; unknown stays unknown."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Document, DocumentPair, ValidityEvent
from pipeline.language import dates, document_titles
from pipeline.reading import documents, sources
from pipeline.references import citations
from pipeline.references.catalogue import Catalogue
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.structure import clauses
from pipeline.validity import force, presumed_terms, terms, validity, validity_clauses

NEWEST = "2026-02-25"
ALL = {"有效", "未知", "尚未施行", "已过有效期", "已被替代", "已废止", "已暂停", "日期不明"}


def document(name="d", issued=None, effective=None, expires=None, title="题"):
    return Document(
        name, title, "310000", "其他", None, [], issued, effective, expires, "official", None, "f", "0",
        "", "甲",
    )  # fmt: skip


def state(on, *events, own=None):
    known = own or document()
    found = [
        *validity.from_entries([known], []),
        *(ValidityEvent("e", "d", *event) for event in events),
    ]
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
    assert state(on, own=document("d", issued, effective, expires)) == expected


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
    assert state(on, (kind, date, "人工补记"), own=document("d", "2010-01-01")) == expected


def test_an_end_tells_that_an_undated_document_was_there_before():
    assert state("2016-10-31", ("暂停", "2016-11-01", "人工补记")) == "未知"


def test_a_revised_title_dates_the_wording_only():
    known = document("d", "2017-03-30", title="某条例（2021年修正）")
    found = force.forces([known], list(validity.from_entries([known], [])), NEWEST)["d"]
    assert (found.state("2018-12-31"), found.wording) == ("未知", "2021-12-31")


def test_a_newer_text_takes_the_place_of_the_older():
    both = [document("old", "2010-01-01"), document("new", "2020-01-01")]
    pair = DocumentPair("old", "new", "revision", 0.9, 1.0, 0.9)
    events = [*validity.from_entries(both, []), *validity.from_revisions(both, [pair])]
    found = force.forces(both, events, NEWEST)
    assert [found["old"].state(on) for on in ("2019-12-31", "2020-01-01")] == ["未知", "已被替代"]


days = st.dates().map(str)
some_dates = st.none() | days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])


@given(some_dates, some_dates, some_dates, days)
def test_every_day_has_one_state_and_a_document_never_comes_back(issued, effective, expires, on):
    known = document("d", issued, effective, expires)
    found = force.forces([known], list(validity.from_entries([known], [])), NEWEST)["d"]
    assert found.state(on) in ALL
    if found.state(on) == "已过有效期":
        assert found.state("9999-12-31") == "已过有效期"


@pytest.mark.parametrize(
    "change, found",
    [
        (('kind = "到期"', 'kind = "失效"'), "只能是"),
        (("date = 2019-12-31", 'date = "去年"'), "不是日期"),
        (('note = "理由"', 'note = ""'), "note 是空的"),
        (('clause = "d__art_1"', 'clause = "d__art_9"'), "没有条款"),
    ],
)
def test_a_wrong_event_is_told(tmp_path, change, found):
    text = ('[[event]]\nid = "e"\ndocument = "d"\nkind = "到期"\ndate = 2019-12-31\n'
            'clause = "d__art_1"\nnote = "理由"\n')  # fmt: skip
    path = tmp_path / "validity.toml"
    path.write_text(text, encoding="utf-8")
    assert len(validity.load(path, {"d"}, {"d__art_1"})) == 1
    assert validity.load(path, {"other"}, set()) == []  # a document of another build
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(CorpusError, match=found):
        validity.load(path, {"d"}, {"d__art_1"})


# ---- what official texts say of their own force and of others'

RULES = validity_clauses.load(validity_clauses.PATH)
REGIONS = regions.load(DATA / "regions.toml")


def text(body, name="d", title="上海市水价办法", issued=None, effective=None, expires=None, head="",
         level="行政规范性文件", kind="official", number=None, region="310000"):  # fmt: skip
    return Document(name, title, region, level, number, [], issued, effective, expires, kind, None,
                    "f", "0", head, body)  # fmt: skip


def events(*known, noted=()):
    """Kind, date and document of every event of some documents, derived ones included."""
    found = validity.from_texts(list(known), *_rows(known))
    kept = [*validity.merge(list(validity.from_entries(known, [])), found, list(noted)), *noted]
    kept += presumed_terms.presume(known, kept, DATA / "validity_rules.toml", REGIONS)
    return [(e.document_id, e.kind, e.date, e.basis) for e in kept]


def _rows(known):
    split = {each.document_id: ProvisionIndex(clauses.split(each)) for each in known}
    catalogue, rules = Catalogue(known, REGIONS), document_titles.load(document_titles.PATH)
    cited = [row for each in known for row in citations.cite(each, split, catalogue, rules)]
    return [c for each in split.values() for c in each.clauses], cited


def said(body, **about):
    return [(kind, date) for _, kind, date, _ in events(text(body, **about))]


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


@pytest.mark.parametrize("body, issued, found", [
    ("本办法自印发之日起施行。", "2015-06-30", "2015-06-30"),
    ("本办法自印发之日起施行。", "2015", "2015"),
    ("本办法自公布之日起30日后施行。", "2015-06-30", "2015-07-31"),  # 31日 is the day after 30 full days
])  # fmt: skip
def test_a_beginning_is_counted_from_publication(body, issued, found):
    assert [(e[1], e[2]) for e in events(text(body, issued=issued, region="330000"))] == [
        ("施行", found)
    ]


def test_days_are_not_counted_from_a_month():
    found = events(text("本办法自公布之日起30日后施行。", issued="2015-06", region="330000"))
    assert [(e[2], e[3]) for e in found] == [("2015-06", "印发日期")]


def test_the_entry_wins_over_the_text_and_a_person_over_both():
    body = "本办法自2015年1月1日起施行，有效期五年。"
    entered = text(body, effective="2015-02-01", expires="2018-12-31")
    assert [e[1:3] for e in events(entered)] == [("施行", "2015-02-01"), ("到期", "2018-12-31")]
    noted = [ValidityEvent("n", "d", "到期", "2017-12-31", "人工补记")]
    assert [e[2] for e in events(text(body), noted=noted) if e[1] == "到期"] == ["2017-12-31"]


def test_a_digest_is_not_read_for_its_own_force():
    assert said("本办法自2015年1月1日起施行，有效期五年。", kind="digest") == []


OLD = text("甲。", "old", "上海市用水办法", issued="2010-01-01", number="沪府发〔2010〕1号",
           level="地方政府规章")  # fmt: skip


@pytest.mark.parametrize("body, found", [
    ("第一条 甲。\n第二条 本办法自2020年2月1日起施行。《上海市用水办法》同时废止。", ("废止", "2020-02-01")),
    ("第一条 甲。\n第二条 《上海市用水办法》（沪府发〔2010〕1号）自2020年3月1日起废止。", ("废止", "2020-03-01")),
    ("经评估，《上海市用水办法》（沪府发〔2010〕1号）有效期延长至2025年12月31日。", ("延长", "2025-12-31")),
    ("下列文件有效期延长至2025年12月31日：\n（一）《上海市用水办法》；\n（二）其他。", ("延长", "2025-12-31")),
    ("延长有效期的文件\n| 序号 | 文件 | 文号 | 有效期延长至 |\n|---|---|---|---|\n"
     "| 1 | 上海市用水办法 | 沪府发〔2010〕1号 | 2025年12月31日 |", ("延长", "2025-12-31")),
    ("附件1\n宣布失效的文件目录\n| 1 | 上海市用水办法 | 沪府发〔2010〕1号 |", ("废止", "2020-01-15")),
    ("一、决定废止下列文件：\n（一）《上海市用水办法》（沪府发〔2010〕1号）。", ("废止", "2020-01-15")),
    ("市政府决定对《上海市用水办法》作如下修改：", ("修订", "2020-01-15")),
])  # fmt: skip
def test_others_say_what_becomes_of_a_document(body, found):
    citing = text(body, "new", "关于文件效力的决定", issued="2020-01-15")
    told = [e[1:3] for e in events(citing, OLD) if e[0] == "old"]
    assert told == [("施行", "2010-01-01"), found]


@pytest.mark.parametrize("body", [
    "附件1\n继续有效的文件目录\n| 1 | 上海市用水办法 | 沪府发〔2010〕1号 |",
    "依照《上海市用水办法》执行。",
    "《上海市用水办法》（沪府发〔2015〕9号）同时废止。",  # another text of that name
])  # fmt: skip
def test_what_is_not_ended_goes_on(body):
    citing = text(body, "new", "关于文件效力的决定", issued="2020-01-15")
    assert [e[1] for e in events(citing, OLD) if e[0] == "old"] == ["施行"]


def test_a_document_never_repeals_itself():
    body = "第一条 甲。\n第二条 本办法自2020年2月1日起施行。《上海市水价办法》同时废止。"
    assert "废止" not in [e[1] for e in events(text(body, issued="2020-01-15"))]
    older = text("甲。", "old", issued="2010-01-01")
    found = events(text(body, issued="2020-01-15"), older)
    assert [e for e in found if e[1] == "废止"] == [("old", "废止", "2020-02-01", "废止条款")]


@pytest.mark.parametrize("caption", [
    "2021年8月19日通过的《关于修改〈甲〉的决定》修正",
    "2009年4月1日通过 根据2021年8月19日《关于修改〈甲〉的决定》第二次修正）",
    "2016年9月29日修正\n2021年8月19日修订",
])  # fmt: skip
def test_a_revised_law_is_read_in_its_later_wording(caption):
    head = f"2009年4月1日通过\n{caption}"
    found = events(text("第一条 本办法自2009年7月1日起施行。", head=head, level="地方性法规"))
    assert [e[1:] for e in found] == [
        ("施行", "2009-07-01", "施行条款"),
        ("修订", "2021-08-19", "题注"),
    ]


@pytest.mark.parametrize("about, found", [
    ({"issued": "2012-01-01"}, "2016-12-31"),
    ({"issued": "2012-01-01", "title": "上海市水价暂行办法"}, "2013-12-31"),
    ({"issued": "2012-01-01", "title": "关于停水的通告"}, "2012-12-31"),
    ({"issued": "2012-01-01", "region": "310115"}, "2016-12-31"),
    ({"issued": "2012-01-01", "region": "330400"}, None),
    ({"issued": "2009-01-01"}, None),  # before the rule
    ({"issued": "2018-01-01"}, None),  # after it; the later rule is not confirmed
    ({"issued": "2012-01-01", "level": "地方政府规章"}, None),
    ({"issued": "2012-01-01", "kind": "digest"}, None),
])  # fmt: skip
def test_a_term_is_presumed_only_where_a_cited_rule_gives_it(about, found):
    told = [e for e in events(text("本办法自2012年1月1日起施行。", **about)) if e[1] == "到期"]
    assert [(e[2], e[3]) for e in told] == ([(found, "规则推定")] if found else [])


def test_a_stated_term_is_never_replaced_by_a_presumed_one():
    found = events(text("本办法自2012年1月1日起施行，有效期一年。", issued="2012-01-01"))
    assert [e[2] for e in found if e[1] == "到期"] == ["2012-12-31"]


def test_a_faulty_rule_is_told(tmp_path):
    good = (DATA / "validity_rules.toml").read_text(encoding="utf-8")
    path = tmp_path / "validity_rules.toml"
    for change, found in ((('region = "310000"', 'region = "1"'), "未知地区"), (("years = 2", "years = 0"), "years = 0"),
                          (("from = 2010-05-01", 'from = "当年"'), "不是日期"), (("source = ", "sauce = "), "不认识的键")):  # fmt: skip
        path.write_text(good.replace(*change), encoding="utf-8")
        with pytest.raises(CorpusError, match=found):
            presumed_terms.load(path, REGIONS)


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
    known = text(body, issued="2015-06-30")
    split = clauses.split(known)
    for event in validity_clauses.read(known, split, RULES):
        assert event.source_clause_id in {c.clause_id for c in split} or event.successor == "d"
        assert dates.last_day(event.date) >= "1900"


def test_real_laws_say_when_they_begin(realtext):
    known = [documents.read(source) for source in sources.read(realtext, REGIONS)]
    found = [e for each in known for e in validity_clauses.read(each, clauses.split(each), RULES)]
    begun = [e for e in found if e.kind == "施行"]
    assert len(begun) >= 560 and all(len(e.date) == 10 for e in begun)
    assert not [e for e in found if e.kind in ("到期", "延长")]  # no law of these ends by itself
