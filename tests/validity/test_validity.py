"""Events of validity: noted by a person, entered, or read from the text; the better source wins."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.core.records import ValidityEvent
from pipeline.validity import validity
from support import cases
from support.validity import events, official, said


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


@cases.table("validity.published", "text", "issued", "date")
def test_a_beginning_is_counted_from_publication(text, issued, date):
    found = events(official(text, issued=issued, region="330000"))
    assert [(event[1], event[2]) for event in found] == [("施行", date)]


def test_days_are_not_counted_from_a_month():
    found = events(official("本办法自公布之日起30日后施行。", issued="2015-06", region="330000"))
    assert [(e[2], e[3]) for e in found] == [("2015-06", "印发日期")]


def test_the_entry_wins_over_the_text_and_a_person_over_both():
    body = "本办法自2015年1月1日起施行，有效期五年。"
    entered = official(body, effective="2015-02-01", expires="2018-12-31")
    assert [e[1:3] for e in events(entered)] == [("施行", "2015-02-01"), ("到期", "2018-12-31")]
    noted = [ValidityEvent("n", "d", "到期", "2017-12-31", "人工补记")]
    assert [e[2] for e in events(official(body), noted=noted) if e[1] == "到期"] == ["2017-12-31"]


def test_a_digest_is_not_read_for_its_own_force():
    assert said("本办法自2015年1月1日起施行，有效期五年。", kind="digest") == []
