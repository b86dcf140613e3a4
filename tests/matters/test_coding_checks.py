"""The coding against the facts: every fact accounted for once, every rule resting on one."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.core.fact_files import FactFiles
from pipeline.matters import coding_checks
from support.matters import coded

RULE = {"region": "南河市", "value": 50, "from": "2016"}
OTHER = {"region": "东海市", "value": 100, "from": "2016"}


def check(folder, rows, facts=("f-1",), contexts=(), searches=None, **matter):
    files = FactFiles(
        facts={fact: {"id": fact} for fact in facts},
        searches={name: {"matters": of} for name, of in (searches or {}).items()},
    )
    coding_checks.check([coded(folder, matter, rows)], dict.fromkeys(contexts, "target"), files)


def test_facts_in_a_matter_or_in_the_context_are_accounted_for(tmp_path):
    check(tmp_path, [RULE], facts=("f-1", "f-2"), contexts=("f-2",))


def test_a_fact_may_give_several_rules_and_an_absence_may_rest_on_a_search(tmp_path):
    absent = [{"region": "东海市", "why": "closed_list", "fact": "s-1"}]
    rows = [RULE | {"fact": "f-1", "to": "2017"}, RULE | {"fact": "f-1", "from": "2018"}]
    check(tmp_path, rows, searches={"s-1": ["shi"]}, absent=absent)


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"facts": ("f-1", "f-2")}, "[f-2]：事实没有归入事项"),
        ({"facts": ()}, "[[matter.rule]] f-1：没有这条事实"),
        ({"contexts": ("f-1",)}, "[f-1]：这条事实已归入事项"),
        ({"contexts": ("f-7",)}, "[f-7]：没有这条事实"),
        ({"searches": {"s-1": ["bie"]}}, "[s-1]：没有事项 'bie'"),
        ({"absent": [{"region": "东海市", "why": "said_so", "fact": "f-9"}]}, "没有事实或查找记录 'f-9'"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told_in_one_line(tmp_path, changes, found):
    with pytest.raises(CorpusError) as error:
        check(tmp_path, [RULE], **changes)
    assert (
        found in str(error.value) and "改法：" in str(error.value) and "\n" not in str(error.value)
    )


@pytest.mark.parametrize(
    "rows, is_wrong",
    [
        ([RULE | {"tier": "本科"}, OTHER], True),
        ([RULE | {"tier": "本科"}, OTHER | {"tier": "应届"}], True),
        ([RULE | {"tier": "本科", "note": "毕业两年内"}, OTHER], False),
        ([RULE | {"tier": "本科"}, OTHER | {"tier": "本科"}], False),
        ([RULE | {"tier": "本科"}], False),  # of one region alone nothing is to be answered
    ],
)
def test_a_tier_that_nothing_answers_needs_a_note(tmp_path, rows, is_wrong):
    facts = [f"f-{number}" for number in range(1, len(rows) + 1)]
    if not is_wrong:
        check(tmp_path, rows, facts=facts)
        return
    with pytest.raises(CorpusError, match="只有一侧有，又没有 note"):
        check(tmp_path, rows, facts=facts)


def test_a_unit_must_be_one_that_quantities_are_read_in(tmp_path):
    coding_checks.check_units([coded(tmp_path, {"unit": "万元"}, [RULE])])
    coding_checks.check_units([coded(tmp_path, {"unit": ""}, [RULE])])
    with pytest.raises(CorpusError, match="单位 '斗' 不能换算；改法："):
        coding_checks.check_units([coded(tmp_path, {"unit": "斗"}, [RULE])])
