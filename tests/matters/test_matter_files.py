"""Matter files: what an expert writes wrong is told in one line, where, what and how to mend it."""

import json
import re

import pytest

from pipeline.core.errors import CorpusError
from pipeline.matters import matter_files
from support.matters import REGIONS, TOPIC, matters_toml

RULE = {"region": "南河市", "value": 50, "from": "2016"}
ABSENT = {"region": "南河市", "why": "said_so", "fact": "f-9"}


def load(folder, text, name=TOPIC):
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return matter_files.load(folder, REGIONS, {TOPIC, "qita"})


def message(error) -> str:
    """The error, one line that says where, what and how to mend it."""
    text = str(error.value)
    assert re.search(r"(\.toml|\.jsonl).*：.+；改法：.+", text) and "\n" not in text
    return text


def test_a_matter_is_read_with_its_rules_in_file_order(tmp_path):
    absent = [ABSENT | {"from": "2018", "to": "2020-06"}]
    text = matters_toml({"absent": absent, "aliases": ["lao-shi"], "unit": "", "per": "人"},
                        [RULE, {"region": "国家", "value": 30, "low": 10, "bound": "range", "also": ["东区"]}])  # fmt: skip
    (coded,) = load(tmp_path, text)
    found = coded.matter
    assert (found.matter_id, found.origin, found.compare, found.inside) == (
        "shi",
        "coded",
        "like",
        "mention",
    )
    assert (found.unit, found.per, found.aliases) == (None, "人", ["lao-shi"])
    assert [(a.region_id, a.first, a.last, a.why) for a in found.absences] == [
        ("南河市", "2018", "2020-06", "said_so")
    ]
    assert [(rule.fact, rule.region, rule.low) for rule in coded.rules] == [
        ("f-1", "南河市", None),
        ("f-2", "000000", 10),
    ]
    assert coded.rules[1].also == ["东区"]


@pytest.mark.parametrize(
    "matter, rule, found",
    [
        ({"id": "某项"}, {}, "id = '某项'"),
        ({"kind": "number"}, {}, "kind = 'number'"),
        ({"better": "higher"}, {}, "better = 'higher'"),
        ({"reach": 6}, {}, "reach = 6"),
        ({"decided_by": ["镇"]}, {}, "decided_by = '镇'"),
        ({"compare": "sum"}, {}, "compare = 'sum'"),
        ({"inside": "count"}, {}, "inside = 'count'"),
        ({"lead": "博士"}, {}, "lead = '博士'"),
        ({"favours": {"newest": "shanghai"}}, {}, "favours 有 newest"),
        ({"favours": {"去年": "target"}}, {}, "favours 有 去年"),
        ({"colour": "red"}, {}, "不认识的键 'colour'"),
        ({"topic": "qita"}, {}, "topic = 'qita'"),
        ({"name": " "}, {}, "name 是空的"),
        ({"name_en": " "}, {}, "name_en 是空的"),
        ({"name_en": "Some 补贴"}, {}, "name_en = 'Some 补贴' 有汉字"),
        ({"aliases": ["shi"]}, {}, "编号 shi 与"),
        ({"absent": [{"region": "南河市", "why": "said_so"}]}, {}, "缺少 fact"),
        ({"absent": [ABSENT | {"why": "not_found"}]}, {}, "why = 'not_found'"),
        ({}, {"region": "某地"}, "未知地区 '某地'"),
        ({}, {"value": "50"}, "value = '50'"),
        ({}, {"bound": "about"}, "bound = 'about'"),
        ({}, {"ended": "gone"}, "ended = 'gone'"),
        ({}, {"from": "2016年"}, "from = '2016年' 不是日期"),
        ({}, {"from": "2016-13"}, "from = '2016-13' 不是日期"),
        ({}, {"to": "2015"}, "from = 2016 晚于 to = 2015"),
        ({}, {"low": 60}, "low = 60 高于 value = 50"),
        ({}, {"also": ["南河市"]}, "also 又写了 南河市"),
        ({}, {"also": ["某地"]}, "未知地区 '某地'"),
        ({}, {"unit": "元"}, "不认识的键 'unit'"),
        ({"kind": "yes_no"}, {}, "没有 answer"),
        ({"kind": "words"}, {}, "没有 answer"),
    ],
)
def test_a_mistake_in_a_matter_is_told_in_one_line(tmp_path, matter, rule, found):
    with pytest.raises(CorpusError) as error:
        load(tmp_path, matters_toml(matter, [RULE | rule]))
    assert found in message(error)


def test_a_quantity_needs_a_value(tmp_path):
    with pytest.raises(CorpusError) as error:
        load(tmp_path, matters_toml({}, [{"region": "南河市", "answer": "有"}]))
    assert "没有 value" in message(error) and "[[matter.rule]] f-1" in message(error)


def test_a_key_that_is_left_out_is_told(tmp_path):
    text = matters_toml({}, [RULE]).replace('question = "最多可得多少？"\n', "")
    with pytest.raises(CorpusError) as error:
        load(tmp_path, text)
    assert "缺少 question" in message(error)


def test_a_file_has_the_name_of_its_topic(tmp_path):
    with pytest.raises(CorpusError) as error:
        load(tmp_path, matters_toml({}, [RULE]), name="zhutu")
    assert "没有主题 'zhutu'" in message(error)


def test_an_id_is_used_once_over_all_files_retired_ones_too(tmp_path):
    load(
        tmp_path,
        matters_toml({"topic": "qita", "id": "yi", "aliases": ["shi"]}, [RULE]),
        name="qita",
    )
    with pytest.raises(CorpusError) as error:
        load(tmp_path, matters_toml({}, [RULE]))
    assert "编号 shi 与" in message(error)


# What is no rule


def contexts(folder, *rows):
    path = folder / "context.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return matter_files.contexts(path)


CONTEXT = {"fact": "f-1", "why": "target", "note": None, "better": None}


def test_a_context_says_why_a_fact_is_no_rule(tmp_path):
    assert contexts(tmp_path, CONTEXT) == {"f-1": "target"}


@pytest.mark.parametrize(
    "rows, found",
    [([CONTEXT, CONTEXT], "f-1 写了两次"), ([CONTEXT | {"why": "boring"}], "why = 'boring'"),
     ([{"fact": "f-1"}], "键不全或多余")],
)  # fmt: skip
def test_a_wrong_context_is_told_with_its_line(tmp_path, rows, found):
    with pytest.raises(CorpusError, match="第 [12] 行") as error:
        contexts(tmp_path, *rows)
    assert found in message(error)
