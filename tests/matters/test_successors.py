"""A later text of a document: the chains of its rules go on, end, or are said to be coded."""

import pytest

from pipeline.matters import successors
from pipeline.matters.official_texts import Texts
from support.official_matters import TEXT, WORDS, digest, official, provisions, restated

LATER = {"issued_date": "2023-02-01", "effective_date": "2023-03-01"}


def later(text: str = TEXT):
    return official("nh-2023-jigai", text, **LATER)


@pytest.mark.parametrize(
    "documents, found",
    [
        ([official(), later()], {"nh-2020-jigai": ("nh-2023-jigai", "2023-03-01")}),
        ([digest(), later()], {"nh-2020-jigai-zhaibian": ("nh-2023-jigai", "2023-03-01")}),
        ([digest(), official()], {}),  # of one version: no successor
        ([official(issued_date=None), later()], {}),  # of no known date
        ([official(region_id="外江省"), later()], {}),
        ([official(title="南河市人才补助办法"), later()], {}),
    ],
)
def test_a_later_text_of_the_same_title_and_place_is_the_successor(documents, found):
    told = successors.of_documents(documents)
    assert {old: (new.document_id, new.first) for old, new in told.items()} == found


def extended(text: str, value: float | None = 500.0, statement: str = "南河对技术改造补助最高500万元。", **fields):  # fmt: skip
    new = later(text)
    clauses, found = provisions(new)
    one, rule = restated(statement, value, **fields)
    by_id = {each.clause_id: each for each in [one, *clauses]}
    (successor,) = successors.of_documents([digest(), new]).values()
    following = {"nh-2020-jigai-zhaibian": successor}
    return rule, *successors.extend(
        [rule], following, Texts(by_id, {new.document_id: found}, WORDS)
    )


def test_a_rule_whose_value_the_later_text_states_goes_on_from_it():
    rule, (old, new), warnings = extended(TEXT)
    assert (old.in_force_to, old.ended) == ("2023-02-28", "successor")
    assert (new.replaces, new.in_force_from, new.in_force_to) == (old.rule_id, "2023-03-01", None)
    assert new.value == rule.value and "最高500万元" in new.quote and warnings == []
    assert new.rule_id != old.rule_id and new.matter_id == old.matter_id


def test_a_rule_that_the_later_text_does_not_tell_has_a_successor_that_nobody_read():
    _, (old,), (warning,) = extended("第一条 本市发展旅游。\n第二条 景区实行预约。\n")
    assert (old.in_force_to, old.ended) == ("2023-02-28", "successor_unseen")
    assert old.rule_id in warning and "请核对" in warning and "\n" not in warning


def test_another_value_is_read_only_beyond_doubt_and_is_said_to_be_read():
    text = TEXT.replace("最高500万元", "最高800万元")
    _, rules, warnings = extended(
        text, statement="企业技术改造按设备投资额的10%给予补助，最高500万元。"
    )
    assert len(warnings) == 1 and "请核对" in warnings[0]
    if len(rules) == 2:
        assert (rules[1].value, rules[1].confidence) == (800.0, "medium")
        assert rules[1].derived and "未核对" in rules[1].derived
    else:
        assert rules[0].ended == "successor_unseen"


@pytest.mark.parametrize(
    "fields",
    [{"in_force_to": "2021-12-31", "ended": "expired"}, {"in_force_to": "2021-12-31"}, {"in_force_from": "2024-01-01"}],
)  # fmt: skip
def test_a_rule_that_was_over_or_not_begun_is_left_alone(fields):
    rule, rules, warnings = extended(TEXT, **fields)
    assert (rules, warnings) == ([rule], [])
