"""Figures for gaps: what counts as agreement with a reader's verdict."""

import json
from pathlib import Path

import pytest

from pipeline.core import jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Gap
from pipeline.core.paths import Workspace
from pipeline.evaluation import verdict_metrics, verdicts
from pipeline.gaps import paper
from support.building import SHARED
from support.markdown import read
from support.matters import EARLIER, NEWEST, gap

SAID = {
    "matter": "shi", "as_of": "newest", "outcome": "differs", "favours": "baseline", "ratio": 2.0,
    "headline": "甲多乙少。",
}  # fmt: skip


@pytest.mark.parametrize("said, found, figures", [
    ({}, {}, (1.0, 1.0, 1.0)),
    ({"outcome": "same"}, {}, (0.0, 1.0, 1.0)),  # the rest is not asked where the outcome differs
    ({"favours": "target"}, {}, (1.0, 0.0, 1.0)),
    ({"ratio": 2.01}, {}, (1.0, 1.0, 1.0)),
    ({"ratio": 2.1}, {}, (1.0, 1.0, 0.0)),
    ({"ratio": 0.5}, {}, (1.0, 1.0, 1.0)),  # either way up
    ({}, {"ratio": None}, (1.0, 1.0, 0.0)),
    ({"ratio": None}, {}, (1.0, 1.0, 1.0)),
    ({"outcome": "lapsed", "favours": "unclear"}, {"outcome": "uncollected", "favours": "neutral"}, (1.0, 1.0, 1.0)),
    ({"matter": "bie"}, {}, (0.0, 1.0, 1.0)),
    ({"as_of": EARLIER}, {}, (0.0, 1.0, 1.0)),
    ({"as_of": NEWEST}, {}, (1.0, 1.0, 1.0)),
])  # fmt: skip
def test_a_score_counts_what_agrees(said, found, figures):
    (each,) = verdict_metrics.compare_all([SAID | said], [gap(**found)])
    assert tuple(each.score.figures().values()) == figures
    assert bool(each.disagreements) == (0.0 in figures)


def test_scores_add_up_and_every_disagreement_is_told():
    rows = [SAID, SAID | {"favours": "target", "ratio": 9.0}]
    compared = verdict_metrics.compare_all(rows, [gap()])
    assert verdict_metrics.total(compared).figures() == {
        "outcome": 1.0,
        "favours": 0.5,
        "ratio": 0.5,
    }
    assert compared[1].disagreements == ["favours baseline，应为 target", "ratio 2.0，应为 9.0"]


def workspace(folder, rows, *gaps) -> Workspace:
    path = folder / "verdicts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    jsonl.write(folder / "gaps.jsonl", gaps)
    return Workspace((folder,), folder, folder / "kb.db", verdicts=path)


def test_only_the_comparison_that_the_verdicts_speak_of_is_scored(tmp_path, capsys):
    other = gap(comparison_id="sh-hn", outcome="same")
    verdicts.run(workspace(tmp_path, [SAID], gap(comparison_id=paper.COMPARISON), other))
    assert capsys.readouterr().out == (
        "差异\toutcome 1.000  favours 1.000  ratio 1.000  1 条判定，其中 1 条有倍数\n"
    )


def test_a_disagreement_is_one_line_with_both_sentences(tmp_path, capsys):
    verdicts.run(
        workspace(tmp_path, [SAID | {"outcome": "same"}], gap(comparison_id=paper.COMPARISON))
    )
    line = f"异\tshi\t{NEWEST}\toutcome differs，应为 same\t甲多乙少。\t某项补贴：甲。"
    assert capsys.readouterr().out.splitlines()[0] == line


def test_without_verdicts_one_line_says_so(tmp_path, capsys):
    verdicts.run(Workspace((tmp_path,), tmp_path, tmp_path / "kb.db", verdicts=tmp_path / "none"))
    said = capsys.readouterr().out
    assert "未评" in said and said.count("\n") == 1


@pytest.mark.parametrize("changes, found", [({"outcome": "more"}, "outcome = 'more'"), ({"note": "甲"}, "键不全或多余")])  # fmt: skip
def test_a_wrong_verdict_is_told_with_its_line(tmp_path, changes, found):
    with pytest.raises(CorpusError, match="第 1 行") as error:
        verdicts.run(workspace(tmp_path, [SAID | changes]))
    assert found in str(error.value)


def test_the_page_of_evaluation_gives_the_figures_of_the_verdicts(kb):
    path = SHARED / "facts/verdicts.jsonl"
    if not path.exists():
        pytest.skip("../shared/facts/verdicts.jsonl, kept outside the repository, is not here")
    found = [g for g in jsonl.read(kb.parent / "build/gaps.jsonl", Gap) if g.comparison_id == paper.COMPARISON]  # fmt: skip
    rows = list(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
    score = verdict_metrics.total(verdict_metrics.compare_all(rows, found))
    page = read(Path("docs/evaluation.md"))
    assert f"{score.verdicts} 条判定" in page
    assert " | ".join(f"{value:.3f}" for value in score.figures().values()) in page
