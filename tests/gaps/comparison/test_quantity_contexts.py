"""Which two quantities of two articles are of one thing; the sentences are ours."""

from pathlib import Path

import pytest

from pipeline.extraction import measure_rules, measures
from pipeline.gaps.comparison.quantity_contexts import Contexts
from pipeline.language import lexicon
from pipeline.similarity import reference_corpus

DATA = Path("corpus")
RULES = measure_rules.load()
WORDS = lexicon.load(DATA / "lexicon")
KNOWN = reference_corpus.load(DATA / "background")


def near(a: str, b: str, which=(0, 0)) -> float:
    """How near the chosen quantities of two sentences are."""
    texts = {"a__1": a, "b__1": b}
    found = {
        key: [measures.row(q, key, n, text) for n, q in enumerate(measures.find(text, RULES), 1)]
        for key, text in texts.items()
    }
    words = {key: WORDS.cut(text) for key, text in texts.items()}
    return Contexts(words, found, WORDS, KNOWN).near(
        found["a__1"][which[0]], found["b__1"][which[1]]
    )


@pytest.mark.parametrize(
    "a, b",
    [
        (
            "开展公开募捐，应当在募捐活动十日前报民政部门备案。",
            "开展公开募捐的，应当在募捐活动七日前报民政部门备案。",
        ),
        (
            "擅自拆除消防设施的，处五千元以上五万元以下罚款。",
            "擅自拆除消防设施的，处一千元以上一万元以下罚款。",
        ),
        ("船舶每艘次引航费最高三千元。", "船舶每艘次引航费最高二千元。"),
    ],
)
def test_one_matter_in_two_figures_is_near(a, b):
    assert near(a, b) > 0.6


@pytest.mark.parametrize(
    "a, b, why",
    [
        ("擅自拆除消防设施的，处五千元以上五万元以下罚款。", "擅自拆除消防设施，情节严重的，处五千元以上五万元以下罚款。", "another step"),
        ("擅自拆除消防设施的，处五千元以上五万元以下罚款。", "擅自拆除消防设施，逾期不改正的，处五千元以上五万元以下罚款。", "not mended in time"),
        ("擅自拆除消防设施的，对单位处五千元以上五万元以下罚款。", "擅自拆除消防设施的，对个人处五百元以上五千元以下罚款。", "another person"),
        ("申请人应当自收到通知之日起三十日内补正材料。", "登记机关应当自受理之日起十日内公告名单。", "another act"),
        ("责令改正，处五千元以上五万元以下罚款。", "责令改正，处一千元以上一万元以下罚款。", "no telling word is shared"),
    ],
)  # fmt: skip
def test_what_is_not_of_one_thing_is_far(a, b, why):
    assert near(a, b) < 0.6, why


def test_figures_that_hang_on_different_thresholds_are_far():
    a = "从业人员一千人以上的，至少配备八名专职安全生产管理人员。"
    b = "从业人员五十人以上的，至少配备两名专职安全生产管理人员。"
    same = "从业人员一千人以上的，至少配备六名专职安全生产管理人员。"
    assert near(a, b, (1, 1)) == 0.0 < near(a, same, (1, 1))
