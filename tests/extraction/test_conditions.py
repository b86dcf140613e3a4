"""Conditions and steps: values where they are quantities, words where not, every one a quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Clause
from pipeline.extraction import condition_rules, conditions, measure_rules, measures
from pipeline.extraction.procedure_steps import Department
from pipeline.extraction.provisions import provision
from pipeline.language import lexicon, tagger

RULES = condition_rules.load()
QUANTITIES = measure_rules.load()
WORDS = lexicon.load(DATA / "lexicon")
TAGGER = tagger.Tagger(DATA / "patterns", WORDS)


def read(text: str, heading: str | None = None):
    clause = Clause("d__art_1", "d", None, 0, "article", "1", "", heading, text, 0, len(text), 1)
    found = measures.find(text, QUANTITIES)
    quantities = [measures.row(q, "d__art_1", n, text) for n, q in enumerate(found, 1)]
    evidence = provision("d__art_1", WORDS.cut(text), TAGGER).evidence
    named = [
        Department(e["value"], e["start"], e["end"]) for e in evidence if e["label"] == "department"
    ]
    return conditions.find(clause, quantities, named, RULES)


def asked(text: str):
    return [
        (c.type, c.operator, c.value_min, c.value_max, c.unit, c.quote)
        for c in read(text)
        if c.kind == "condition"
    ]


def steps(text: str):
    return [(c.type, c.value_max, c.unit, c.actor) for c in read(text) if c.kind == "step"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("年满十八周岁的居民可以报名。", ("年龄", "≥", 18, None, "周岁", "年满十八周岁")),
        ("参加社会保险满6个月的人员可以申领。", ("社保年限", "≥", 6, None, "月", "参加社会保险满6个月")),
        ("申请人年工资性收入须在60万元以上。", ("收入", "≥", 600000, None, "元", "申请人年工资性收入须在60万元以上")),
        ("营业收入不足500万元的企业，予以注销。", ("营业收入", "≤", None, 5e6, "元", "营业收入不足500万元")),
        ("连续工作满4年的，可以申请落户。", ("工作年限", "≥", 4, None, "年", "连续工作满4年")),
    ],
)  # fmt: skip
def test_a_threshold_is_a_condition_with_its_value(text, expected):
    assert asked(text) == [expected]


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


@pytest.mark.parametrize(
    "text, quote",
    [
        ("对招用失业人员的，给予社会保险补贴。", "招用失业人员"),
        ("完成更新造林的，给予适当的造林补助。", "完成更新造林"),
    ],
)
def test_what_stands_before_a_benefit_is_a_condition(text, quote):
    assert [c[5] for c in asked(text)] == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "违反本条例规定，情节严重的，给予处分。",
        "玩忽职守的，依法给予行政处分。",
        "国家另有规定的，可以享受优惠。",
        "责令暂停三个月以上一年以下执业活动。",
        "引进人才不受居住满6个月的限制。",
        "对涉及两个以上部门的事项，由牵头部门办理。",
    ],
)
def test_what_is_no_condition_is_left_out(text):
    assert asked(text) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("申请人应当向区民政部门提出书面申请。", [("申请", None, None, None)]),
        (
            "民政部门应当自受理申请之日起二十日内进行审查，作出书面决定。",
            [("审查", 20, "日", "民政部门"), ("决定", 20, "日", "民政部门")],
        ),
        ("扩建的，应当报市水务部门批准。", [("审批", None, None, "水务部门")]),
        (
            "区民政部门应当在五日内提出初审意见，并报市水务部门批准。",
            [("审查", 5, "日", "民政部门"), ("审批", None, None, "水务部门")],
        ),
        ("施工单位应当在十五日内报市水务部门备案。", [("备案", 15, "日", None)]),
        (
            "初审结果应当在社区公示，公示时间不少于七日。",
            [("公示", None, None, None), ("公示", None, "日", None)],
        ),
        ("公安机关应当自受理之日起15日内发放居住证。", [("发证", 15, "日", "公安机关")]),
    ],
)
def test_a_step_has_its_deadline_and_who_takes_it(text, expected):
    assert steps(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "未按规定向民政部门备案的，处一万元罚款。",
        "有关部门应当履行下列职责：\n（一）应当受理举报；\n（二）对申请进行审查。",
        "不得擅自受理，违反规定作出决定的，给予处分。",
        "自受理申请之日起三十日届满。",
        "政策实施后累计签发证件6万张。",
    ],
)
def test_duties_penalties_and_dates_are_no_steps(text):
    assert steps(text) == []


def test_the_deadline_and_subject_of_one_sentence_do_not_reach_the_next():
    found = steps("民政部门应当在五日内作出决定。申请人可以向法院提出申请。")
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
