"""Accounts: every article of two documents that answer each other has exactly one."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import article_accounts
from pipeline.core.paths import DATA
from pipeline.core.records import DocumentPair
from pipeline.similarity import boilerplate, provision_classes
from support.articles import article

CLASSES = boilerplate.only(provision_classes.load(DATA / "patterns/classes.toml"))
PAIR = DocumentPair("dh-1", "xs-1", "counterpart", 0.8, 0.8, 0.8, 0.9, 0.9, [])


def accounts(articles, aligned):
    return list(article_accounts.accounts([PAIR], articles, aligned, CLASSES))


@given(st.integers(1, 6), st.integers(1, 6), st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6))))  # fmt: skip
def test_no_article_is_silent_and_none_is_told_twice(count_a, count_b, pairs):
    articles = {
        name: [article(name, n) for n in range(1, count + 1)]
        for name, count in (("dh-1", count_a), ("xs-1", count_b))
    }
    aligned = {(f"dh-1__art_{a}", f"xs-1__art_{b}") for a, b in pairs}
    rows = accounts(articles, aligned)
    assert sorted(row.clause_id for row in rows) == sorted(
        each.clause_id for group in articles.values() for each in group
    )
    answered = {a for a, b in aligned if int(b[-1]) <= count_b}
    assert {r.clause_id for r in rows if r.side == "a" and r.account == "aligned"} == {
        each.clause_id for each in articles["dh-1"] if each.clause_id in answered
    }


def test_an_alignment_with_a_third_document_does_not_count():
    rows = accounts(
        {"dh-1": [article("dh-1", 1)], "xs-1": [article("xs-1", 1)]},
        {("dh-1__art_1", "xs-2__art_1")},
    )
    assert [row.account for row in rows] == ["only_here", "only_here"]


def test_boilerplate_is_boilerplate_in_every_sentence_list_items_apart():
    bodies = {
        "为了节约用水，根据有关法律，制定本条例。": True,
        "本条例自2015年1月1日起施行。原节水办法同时废止。": True,
        "工作人员有下列情形之一的，依法给予处分；滥用职权的，依法给予处分：\n（一）不作为的；\n（二）乱作为的。": True,
        "工作人员玩忽职守，有下列情形之一的，依法给予处分：\n（一）不受理申请的；\n（二）不公布结果的。": True,
        "单位擅自取水的，处一万元罚款；构成犯罪的，依法追究刑事责任。": False,
    }
    for body, expected in bodies.items():
        text = article("dh-1", 1, body).text
        assert boilerplate.is_boilerplate(text, CLASSES) is expected, body
