"""Official texts join coded matters: a rule quotes the article that says it, or both are named."""

import pytest

from pipeline.matters import official_texts
from pipeline.matters.official_texts import Texts
from support.official_matters import WORDS, digest, official, provisions, restated


@pytest.mark.parametrize(
    "text, summary, is_pair",
    [
        ({}, {}, True),
        ({"number": "南政发〔2020〕1号", "title": "甲办法"}, {"number": "南政发〔2020〕1号", "title": "乙"}, True),
        ({"title": "关于印发《南河市技术改造补助办法》的通知"}, {}, True),
        ({"title": "南河市技术改造补助办法（试行）"}, {}, True),
        ({"region_id": "外江省"}, {}, False),
        ({"title": "南河市人才补助办法"}, {}, False),
        ({"issued_date": "2015-06-01"}, {}, False),  # another version
        ({"issued_date": None}, {}, False),  # of no known date
        ({"issued_date": None, "effective_date": "2020-03-01"}, {"effective_date": "2020-03"}, True),
        ({"text_kind": "commentary"}, {}, False),
    ],
)  # fmt: skip
def test_a_digest_and_a_text_are_of_one_document(text, summary, is_pair):
    found = official_texts.pairs([official(**text), digest(**summary)])
    assert found == ({"nh-2020-jigai-zhaibian": "nh-2020-jigai"} if is_pair else {})


def joined(statement, value, **fields):
    text = official()
    clauses, found = provisions(text)
    one, rule = restated(statement, value, **fields)
    by_id = {each.clause_id: each for each in [one, *clauses]}
    pairs = {"nh-2020-jigai-zhaibian": text.document_id}
    (new,), warnings = official_texts.join(
        [rule], pairs, Texts(by_id, {text.document_id: found}, WORDS)
    )
    assert by_id[new.clause_id].text[new.start : new.end] == new.quote
    return rule, new, warnings


@pytest.mark.parametrize(
    "statement, value, article, quote",
    [
        ("南河对技术改造补助最高500万元。", 500.0, "2", "企业技术改造按设备投资额的10%给予补助，最高500万元。"),
        ("南河对省级研发中心奖励100万元。", 100.0, "3", "企业被认定为省级研发中心的，一次性奖励100万元"),
    ],
)  # fmt: skip
def test_a_rule_quotes_the_article_that_states_its_value(statement, value, article, quote):
    _, new, warnings = joined(statement, value)
    assert new.clause_id.startswith(f"nh-2020-jigai__art_{article}")
    assert quote in new.quote and warnings == []
    assert (new.source_grade, new.confidence) == ("official", "high")


def test_what_the_rule_says_and_when_stays_as_it_was_coded():
    old, new, _ = joined("南河对技术改造补助最高500万元。", 500.0)
    same = ("rule_id", "matter_id", "region_id", "value", "in_force_from", "in_force_to", "fact_id")
    assert all(getattr(old, name) == getattr(new, name) for name in same)


def test_an_article_that_says_otherwise_is_named_and_the_digest_stays():
    old, new, warnings = joined("企业技术改造按设备投资额给予补助，最高800万元。", 800.0)
    assert new == old
    (warning,) = warnings
    assert "800万元" in warning and "500万元" in warning and "nh-2020-jigai__art_2" in warning
    assert "\n" not in warning


def test_a_rule_without_value_finds_the_article_most_alike_in_words():
    _, new, _ = joined("技术改造的补助申请自竣工之日起提出。", None, answer="自竣工之日起")
    assert new.clause_id.startswith("nh-2020-jigai__art_2")


def test_a_rule_on_another_subject_stays_with_its_digest():
    old, new, warnings = joined("幼儿园保教费按等级收取。", None, answer="按等级")
    assert (new, warnings) == (old, [])


def test_provisions_cover_every_line_of_the_articles_and_no_quantity_twice():
    text = official()
    clauses, found = provisions(text)
    for provision in found:
        assert provision.clause.text[provision.start : provision.end] == provision.text != ""
        for measure in provision.measures:
            assert provision.clause.text[measure.start : measure.end] == measure.quote
    units = "".join(each.text for each in clauses if each.is_unit)
    assert len(found) == units.count("第") >= 4
    quotes = [measure.quote for provision in found for measure in provision.measures]
    assert quotes.count("最高500万元") == 1
