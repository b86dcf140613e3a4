"""Rules as rows: what the coding, its documents and its clauses make of each."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.matters import rules
from support.matters import REGIONS, coded, proofs, rules_of


@pytest.mark.parametrize(
    "row, ends",
    [
        ({"value": 50}, (50, 50, 50, "exact")),
        ({"value": 50, "bound": "at_most"}, (50, None, 50, "at_most")),
        ({"value": 50, "bound": "at_least"}, (50, 50, None, "at_least")),
        ({"value": 50, "low": 20, "bound": "range"}, (50, 20, 50, "range")),
        ({"value": 50, "low": 20, "bound": "at_most"}, (50, 20, 50, "at_most")),
        ({"value": 0}, (0, 0, 0, "exact")),
    ],
)
def test_open_ends_are_null_and_the_upper_end_is_compared(tmp_path, row, ends):
    _, (rule,) = rules_of(tmp_path, {}, [{"region": "南河市", "from": "2016"} | row])
    assert (rule.value, rule.value_min, rule.value_max, rule.bound) == ends and rule.unit == "万元"


def test_a_rule_without_value_answers_in_words(tmp_path):
    _, (rule,) = rules_of(tmp_path, {"kind": "yes_no"}, [{"region": "南河市", "answer": "有"}])
    assert (rule.answer, rule.value, rule.unit, rule.bound) == ("有", None, None, None)


def test_a_rule_holds_where_its_coding_says(tmp_path):
    row = {"region": "西山省", "value": 5, "also": ["外江省", "东海市"], "within": ["南河市"]}
    _, (rule,) = rules_of(tmp_path, {}, [row])
    assert (rule.regions, rule.within) == (["东海市", "外江省"], ["南河市"])


def test_an_id_names_matter_and_fact_and_is_used_once(tmp_path):
    row = {"region": "南河市", "value": 5, "fact": "f-1"}
    _, found = rules_of(
        tmp_path, {}, [row | {"to": "2017", "from": "2016"}, row | {"from": "2018"}]
    )
    assert [rule.rule_id for rule in found] == ["shi__f-1", "shi__f-1__2"]


def test_a_chain_tells_what_each_rule_replaced_and_when_it_ended(tmp_path):
    rows = [
        {"region": "南河市", "value": 5, "from": "2013", "ended": "successor"},
        {"region": "南河市", "value": 6, "effective": "2018-03-01"},
    ]
    _, (old, new) = rules_of(tmp_path, {}, rows)
    assert (old.in_force_from, old.in_force_to, old.replaces) == ("2013", "2018-02-28", None)
    assert (new.in_force_from, new.in_force_to, new.replaces) == ("2018-03-01", None, old.rule_id)


def test_a_value_that_a_later_document_tells_does_not_begin_with_that_document(tmp_path):
    row = {
        "region": "南河市",
        "value": 5,
        "to": "2015",
        "ended": "expired",
        "effective": "2019-01-01",
    }
    _, (rule,) = rules_of(tmp_path, {}, [row])
    assert (rule.in_force_from, rule.in_force_to) == (None, "2015")


def test_a_rule_whose_document_is_not_in_this_build_is_left_out_and_replaces_nothing(tmp_path):
    rows = [
        {"region": "南河市", "value": 5, "from": "2013", "ended": "successor"},
        {"region": "南河市", "value": 6, "from": "2018-03-01"},
    ]
    found = coded(tmp_path, {}, rows)
    known = proofs(found, rows)
    del known.facts["f-1"]
    (rule,) = rules.of_matter(found, known, REGIONS)
    assert (rule.rule_id, rule.replaces) == ("shi__f-2", None)


def test_a_quote_stands_in_its_clause_and_holds_the_value(tmp_path):
    rows = [{"region": "南河市", "value": 50, "from": "2013"}]
    found = coded(tmp_path, {}, rows)
    known = proofs(found, rows)
    (rule,) = rules.of_matter(found, known, REGIONS)
    assert known.clauses[rule.clause_id].text[rule.start : rule.end] == rule.quote == "为50万元。"
    assert list(rules.unstated(found, known)) == []


def test_a_coded_value_that_its_clause_does_not_state_is_told_with_both(tmp_path):
    rows = [{"region": "南河市", "value": 50, "from": "2013"}]
    said, wrong = coded(tmp_path, {}, rows), coded(tmp_path, {}, [rows[0] | {"value": 500}])
    (warning,) = rules.unstated(wrong, proofs(said, rows))
    assert "500万元" in warning and "50万元" in warning and "\n" not in warning


def test_two_rules_on_one_day_stop_the_build(tmp_path):
    rows = [{"region": "南河市", "value": value, "from": "2013"} for value in (5, 6)]
    with pytest.raises(CorpusError, match="同时有效"):
        rules_of(tmp_path, {}, rows)
