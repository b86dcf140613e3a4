"""In what two clauses differ most: laws in tables, and what the model was found to be worth."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core import labels
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.extraction import condition_rules, conditions, measure_rules, measures
from pipeline.extraction.procedure_steps import Department
from pipeline.extraction.provisions import provision
from pipeline.gaps import kind_model
from pipeline.gaps.kind_model import KINDS, Side
from pipeline.language import lexicon, tagger
from pipeline.similarity import provision_classes
from support.records import clause

WORDS = lexicon.load(DATA / "lexicon")
CLASSES = provision_classes.load(DATA / "patterns/classes.toml")
QUANTITIES = measure_rules.load()
RULES = condition_rules.load()
TAGGER = tagger.Tagger(DATA / "patterns", WORDS)
MODEL = kind_model.load()
NOTED = json.loads((DATA / "models/figures.json").read_text(encoding="utf-8"))["kinds"]


def side(text: str) -> Side:
    """One clause with all that the stages before find in it."""
    one = clause(text)
    words = WORDS.cut(text)
    found = provision(one.clause_id, words, TAGGER)
    quantities = [
        measures.row(q, one.clause_id, n, text)
        for n, q in enumerate(measures.find(text, QUANTITIES), 1)
    ]
    named = [
        Department(e["value"], e["start"], e["end"])
        for e in found.evidence
        if e["label"] == "department"
    ]
    asked = conditions.find(one, quantities, named, RULES)
    return Side(WORDS.terms(words), text, quantities, found, asked)


def chances(a: str, b: str) -> dict[str, float]:
    return MODEL.chances(kind_model.features(side(a), side(b), CLASSES))


@pytest.mark.parametrize(
    "a, b, expected",
    [
        ("第九条 商场应当在入口处设置雨伞架。", "第四条 商场应当在入口处设置雨伞架。", {"equivalent"}),
        ("第二条 本市行政区域内风筝的放飞及其管理，适用本办法。",
         "第二条 本省行政区域内风筝的放飞及其管理，适用本办法。", {"equivalent"}),
        ("第六条 违反本办法规定，擅自占用泊位的，由公安机关责令改正，处二百元罚款。",
         "第八条 违反本办法规定，擅自占用泊位的，由公安机关责令改正，处一千元以上二千元以下罚款。",
         {"penalty", "amount"}),
        ("第七条 违反本办法规定，随意张贴广告的，由城管执法部门责令改正，处五百元罚款。",
         "第七条 违反本办法规定，随意张贴广告的，由城管执法部门给予警告，没收工具。",
         {"penalty"}),
        ("第五条 图书馆应当自收到申请之日起五日内答复。", "第五条 图书馆应当自收到申请之日起三十日内答复。",
         {"deadline"}),
        ("第三十条 本办法自2019年5月1日起施行。", "第二十八条 本办法自2022年9月1日起施行。", {"deadline"}),
        ("第三条 市交通部门负责共享单车的监督管理工作。", "第三条 市城管部门负责共享单车的监督管理工作。",
         {"actor"}),
        ("第四条 水务部门是本市雨水利用的主管部门，负责组织实施本办法。",
         "第四条 住房和城乡建设部门负责本行政区域内雨水利用的监督管理，组织实施本办法。", {"actor"}),
    ],
)  # fmt: skip
def test_the_likeliest_kind(a, b, expected):
    """Where two kinds are right, both together are likelier than any other."""
    found = chances(a, b)
    others = [chance for kind, chance in found.items() if kind not in expected]
    assert sum(found[kind] for kind in expected) > max(others), found


PLAIN = "第五条 游泳馆应当公示水质。", "第五条 游泳馆应当公示水质。"


@pytest.mark.parametrize(
    "a, b, kind",
    [
        ("第五条 游泳馆应当在三日内公示水质。", "第五条 游泳馆应当在十五日内公示水质。", "deadline"),
        ("第五条 游泳馆应当公示水质。", "第五条 游泳馆应当在三日内公示水质。", "deadline"),
        ("第五条 游泳馆应当向体育部门报告水质。", "第五条 游泳馆应当向卫生健康部门报告水质。", "actor"),
        ("第五条 经营满两年的游泳馆，可以申请补助。", "第五条 经营满五年的游泳馆，可以申请补助。", "condition"),
        ("第五条 游泳馆申请开放的，由体育部门受理、审查。",
         "第五条 游泳馆申请开放的，由体育部门受理、审查，公示七日后作出决定，颁发许可证。", "procedure"),
        ("第五条 游泳馆不公示水质的，处一千元罚款。", "第五条 游泳馆不公示水质的，处三千元罚款。", "penalty"),
        ("第五条 游泳馆应当公示水质。",
         "第五条 游泳馆、温泉浴场和水上乐园应当公示水质，包括水温、余氯和其他各类指标。", "scope"),
        ("第五条 给予游泳馆十万元补助。", "第五条 给予游泳馆三十万元补助。", "amount"),
    ],
)  # fmt: skip
def test_a_difference_makes_its_kind_likelier_than_no_difference_does(a, b, kind):
    """A kind may be rare and yet told: it is held against how likely it is of the same rule twice."""
    assert chances(a, b)[kind] > 2 * chances(*PLAIN)[kind]


TEXT = st.text(
    alphabet="第一二三条款项、，。；（）\n 市部门机构企业应当可以罚元日5%的申请审批满年",
    max_size=60,
)


@settings(deadline=None, max_examples=60)
@given(TEXT, TEXT)
def test_any_two_texts_have_chances_that_do_not_depend_on_which_is_which(a, b):
    there, back = chances(a, b), chances(b, a)
    assert list(there) == list(KINDS)
    assert all(0 <= value <= 1 for value in there.values())
    assert abs(sum(there.values()) - 1) < 1e-9
    assert there == pytest.approx(back)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=8), max_size=12), st.text(max_size=40))
def test_a_clause_of_which_nothing_is_known_is_read_too(words, text):
    found = kind_model.features(Side(words, text), Side([], ""), CLASSES)
    assert np.isfinite(list(found.values())).all()


def test_a_clause_differs_from_itself_in_nothing():
    text = "第五条 游泳馆应当向体育部门报告水质，逾期不报的，处一千元罚款。"
    found = kind_model.features(side(text), side(text), CLASSES)
    assert found["same"] == found["settled"] == 1
    told = [name for name in found if name.startswith(("one_", "only_", "part_")) or name.endswith(("_one", "_other"))]  # fmt: skip
    assert not any(
        found[name]
        for name in (*told, "unsettled", "differing", "length", "items", "laws", "actor")
    )


def test_every_feature_has_a_title_and_the_model_knows_them_all():
    found = kind_model.features(side("第一条 甲。"), side("第二条 乙。"), CLASSES)
    titles = kind_model.titles(CLASSES)
    assert list(found) == list(titles) == MODEL.names
    assert len(set(titles.values())) == len(titles)
    assert MODEL.kinds == list(KINDS)
    assert all(labels.of("gap_kind", kind) for kind in KINDS)


def test_the_model_beats_the_baselines():
    for row in NOTED.values():
        assert row["right"] > row["always scope"] + 0.1
        assert row["log loss"] < row["log loss of shares"] - 0.4


def test_a_probability_means_what_it_says():
    """In every bin the share of votes is near the probability of the likeliest kind."""
    for mean, share, count in MODEL.reliability:
        spread = 3 * (mean * (1 - mean) / count) ** 0.5  # three standard errors of a share
        assert abs(mean - share) <= spread + 0.05, (mean, share, count)


def test_a_broken_model_file_is_named(tmp_path: Path):
    with pytest.raises(CorpusError, match="make train"):
        kind_model.load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text('{"kinds": 1}', encoding="utf-8")
    with pytest.raises(CorpusError, match="make train"):
        kind_model.load(tmp_path / "bad.json")
