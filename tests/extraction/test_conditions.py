"""Conditions and steps: values where they are quantities, words where not, every one a quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.extraction import (
    condition_rules,
    conditions,
    measure_finding,
    measure_rules,
    measures,
)
from pipeline.extraction.procedure_steps import Department
from pipeline.extraction.provisions import provision
from pipeline.language import lexicon, tagger
from support import cases
from support.records import clause

RULES = condition_rules.load()
QUANTITIES = measure_rules.load()
WORDS = lexicon.load(DATA / "lexicon")
TAGGER = tagger.Tagger(DATA / "patterns", WORDS)


def read(text: str, heading: str | None = None):
    one = clause(text, heading=heading)
    found = measure_finding.find(text, QUANTITIES)
    quantities = [measures.row(q, "d__art_1", n, text) for n, q in enumerate(found, 1)]
    evidence = provision("d__art_1", WORDS.cut(text), TAGGER).evidence
    named = [
        Department(e["value"], e["start"], e["end"]) for e in evidence if e["label"] == "department"
    ]
    return conditions.find(one, quantities, named, RULES)


def asked(text: str):
    return [
        (c.type, c.operator, c.value_min, c.value_max, c.unit, c.quote)
        for c in read(text)
        if c.kind == "condition"
    ]


def steps_of(text: str):
    return [(c.type, c.value_max, c.unit, c.actor) for c in read(text) if c.kind == "step"]


@cases.table(
    "conditions.threshold", "text", "type", "operator", "unit", "quote", min=None, max=None
)
def test_a_threshold_is_a_condition_with_its_value(text, type, operator, unit, quote, min, max):
    assert asked(text) == [(type, operator, min, max, unit, quote)]


def test_every_item_under_a_head_is_a_condition_but_not_the_catch_all():
    text = (
        "申请人应当具备下列条件：\n（一）具有法人资格；\n（二）注册资本不少于一百万元；\n"
        "（三）法律、法规规定的其他条件。\n未取得许可的，不得经营。"
    )
    found = [(c[1], c[2], c[5]) for c in asked(text)]
    assert found == [(None, None, "具有法人资格"), ("≥", 1e6, "注册资本不少于一百万元")]


def test_the_conditions_of_a_digest_are_told_one_by_one_and_notes_are_none():
    text = (
        "1. 补贴：给予一次性补贴8000元。（条件：上海户籍，毕业2年内；具体办法由市政府另行制定；"
        "另有奖励50万元。）"
    )
    found = [(c.type, c.value_max, c.quote) for c in read(text, "补贴")]
    assert found == [("户籍", None, "上海户籍"), ("学历", 2, "毕业2年内")]


@cases.table("conditions.before_benefit", "text", "quote")
def test_what_stands_before_a_benefit_is_a_condition(text, quote):
    assert [c[5] for c in asked(text)] == [quote]


@cases.table("conditions.no_condition", "text")
def test_what_is_no_condition_is_left_out(text):
    assert asked(text) == []


@cases.table("conditions.step", "text", "steps")
def test_a_step_has_its_deadline_and_who_takes_it(text, steps):
    keys = ("type", "max", "unit", "actor")
    assert steps_of(text) == [tuple(step.get(key) for key in keys) for step in steps]


@cases.table("conditions.no_step", "text")
def test_duties_penalties_and_dates_are_no_steps(text):
    assert steps_of(text) == []


def test_the_deadline_and_subject_of_one_sentence_do_not_reach_the_next():
    found = steps_of("民政部门应当在五日内作出决定。申请人可以向法院提出申请。")
    assert found == [("决定", 5, "日", "民政部门"), ("申请", None, None, None)]


@given(
    st.text(
        alphabet="年满十八周岁的，。；\n（一）应当具备下列条件：在日内向部门申请公示给予补贴3万元以上",
        max_size=120,
    )
)
def test_every_quote_is_a_slice_and_ids_follow_the_text(text):
    found = read(text)
    assert [c.condition_id for c in found] == [f"d__art_1__c{n}" for n in range(1, len(found) + 1)]
    assert all(text[c.start : c.end] == c.quote and c.quote.strip() for c in found)
    spans = sorted((c.start, c.end) for c in found if c.kind == "condition")
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert all((c.operator is None) == (c.measure_id is None) for c in found)


@pytest.mark.parametrize(
    "old, new, found",
    [
        ("list_head = ", "listhead = ", "不认识的键 'listhead'"),
        ("kinds = ", "kind = ", "不认识的键 'kind'"),
        ("vague = '", "vague = '(", "正则表达式有误"),
        ("[step_limits]\n", "[step_limits]\nx = '", "不是合法的 TOML"),
        ("benefit = ", "# benefit = ", "缺少键 'benefit'"),
    ],
)
def test_a_mistake_in_the_patterns_is_told(tmp_path, old, new, found):
    content = condition_rules.PATH.read_text(encoding="utf-8")
    assert old in content
    path = tmp_path / "conditions.toml"
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        condition_rules.load(path)
    assert found in str(error.value)
