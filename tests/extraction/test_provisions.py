"""Provisions: rules as data over our words, every value with its quote."""

import pytest

from pipeline.core.paths import DATA
from pipeline.extraction.provisions import provision
from pipeline.language import lexicon, tagger

WORDS = lexicon.load(DATA / "lexicon")
TAGGER = tagger.Tagger(DATA / "patterns", WORDS)


def read(text: str):
    return provision("c", WORDS.cut(text), TAGGER)


@pytest.mark.parametrize(
    "text, instrument, modality",
    [
        ("对认定的企业给予一次性补助。", "补贴", None),
        ("违反规定的，处五万元以上十万元以下罚款。", "罚款", None),
        ("任何单位不得擅自收费。", "收费", "不得"),
        ("企业应当向主管部门备案。", "备案", "应当"),
        ("鼓励企业研发首台（套）装备。", None, "鼓励"),
        ("按照国家规定缴纳引航费。", "收费", None),
    ],
)
def test_what_a_clause_does(text, instrument, modality):
    found = read(text)
    assert (found.instrument, found.modality) == (instrument, modality)


def test_departments_are_named_by_their_function_old_names_too():
    new, old = read("市经济信息化部门负责认定。"), read("市经信委负责认定。")
    assert new.actor == old.actor is not None


def test_every_value_keeps_its_quote():
    text = "市人力资源社会保障部门应当对企业给予补贴，企业可以申请奖励。"
    for hit in read(text).evidence:
        assert text[hit["start"] : hit["end"]] == hit["quote"]
