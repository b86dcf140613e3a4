"""Figures for measures: what counts as agreement with the gold annotations."""

import pytest

from pipeline.evaluation import measure_metrics
from pipeline.extraction import measure_finding, measure_rules, measures

RULES = measure_rules.load()


def rows(text):
    return [
        measures.row(q, "d__art_1", n, text)
        for n, q in enumerate(measure_finding.find(text, RULES), 1)
    ]


def gold(clause, **changes):
    [m] = rows(clause)
    row = {
        "kind": m.kind,
        "min": m.min,
        "max": m.max,
        "unit": m.unit,
        "bound": m.bound,
        "role": m.role,
    }
    return row | {"text": m.quote} | changes


@pytest.mark.parametrize("changes, figures", [
    ({}, (1.0, 1.0, 1.0, 1.0)),
    ({"role": "fee"}, (1.0, 1.0, 0.0, 1.0)),
    ({"text": "五万元"}, (1.0, 1.0, 1.0, 0.0)),
    ({"max": 40_000}, (0.0, 0.0, 0.0, 0.0)),
    ({"unit": "美元"}, (0.0, 0.0, 0.0, 0.0)),
])  # fmt: skip
def test_a_score_counts_what_agrees(changes, figures):
    text = "处五万元以下罚款。"
    result = measure_metrics.compare([gold(text, **changes)], rows(text))
    assert tuple(result.score.figures().values()) == figures
    assert bool(result.missed) == bool(result.extra) == (figures[0] == 0)
    assert bool(result.differing) == (figures[0] == 1 and 0.0 in figures)


def test_a_score_takes_the_answer_that_agrees_best():
    text = "奖励5万元；处5万元罚款。"
    award, fine = rows(text)
    wanted = gold("处5万元罚款。", text=fine.quote)
    result = measure_metrics.compare([wanted], [award, fine])
    assert (result.extra, result.differing) == ([award], [])


def test_scores_add_up():
    text = "处五万元以下罚款。"
    right = measure_metrics.compare([gold(text)], rows(text)).score
    wrong = measure_metrics.compare([gold(text)], []).score
    assert measure_metrics.total([right, wrong]).figures()["value"] == pytest.approx(
        2 / 3, abs=1e-4
    )
