"""How reliable it is: the page tells the figures that the evaluation noted, and no others."""

import json
import re
from pathlib import Path

from pipeline.core.paths import DATA
from support.site import ask, squeezed, visible

DOCS = Path("docs/evaluation.md").read_text(encoding="utf-8")


async def test_figures_are_those_that_the_models_were_judged_by(site, kb):
    data = (await site.client.get("/-/reliability.json")).json()
    noted = json.loads(ask(kb, "select evaluation from builds")[0][0])
    fitted = json.loads((DATA / "models/figures.json").read_text(encoding="utf-8"))["figures"]
    assert data["figures"] == noted and noted.items() >= fitted.items()
    text = squeezed(visible((await site.client.get("/-/reliability")).text))
    row = re.search(r"哪一条对应哪一条对：(\d+)%说出：(\d+)%", text)
    assert row.groups() == ("92", "80") == tuple(f"{100 * fitted['本库'][k]:.0f}" for k in ("precision", "recall"))  # fmt: skip


def test_noted_figures_are_those_of_the_document_on_evaluation():
    """They need annotations that lie outside the repository, so they are noted by hand: here and there alike."""
    noted = json.loads((DATA / "models/noted_figures.json").read_text(encoding="utf-8"))
    for kind in ("整体", "部分"):
        row = re.search(rf"\| 本库，{kind}相应 \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|", DOCS)
        figures = noted[f"文件对 {kind}"]
        assert [float(n) for n in row.groups()] == [figures[k] for k in ("precision", "recall", "F1")]  # fmt: skip
        assert (
            f"{figures['positive']} 对{kind}相应" in DOCS and f"{figures['judged']} 件上海" in DOCS
        )
    verdicts = noted["差异的结论"]
    shares = " | ".join(f"{verdicts[name]:.3f}" for name in ("outcome", "favours", "ratio"))
    assert f"| {shares} |" in DOCS
    assert f"{verdicts['judged']} 条判定" in DOCS and f"（{verdicts['ratios']} 条）" in DOCS


async def test_every_bin_of_confidence_and_every_grade_of_source_is_told(site, kb):
    data = (await site.client.get("/-/reliability.json")).json()
    bins = ask(kb, "select confidence, share_right, pairs from model_reliability order by bin")
    assert [tuple(one.values()) for one in data["bins"]] == bins
    counted = ask(kb, """select count(*) from rules join matters using (matter_id) join rule_states using (rule_id)
        join moments using (as_of) where in_force = 1 and newest = 1 and origin = 'coded'""")[0][0]  # fmt: skip
    assert sum(rules for _, _, rules in data["grades"]) == counted > 0


async def test_terms_define_every_outcome(site, kb):
    text = visible((await site.client.get("/-/terms")).text)
    for label, definition in ask(kb, "select label, definition from labels where vocabulary in ('outcome', 'gap_grade')"):  # fmt: skip
        assert label in text and definition in text


async def test_what_is_said_in_words_of_the_points_is_in_the_document_on_evaluation(site):
    text = squeezed(visible((await site.client.get("/-/reliability")).text))
    assert "说“两条不同”的，按标注只有四成对" in text and "按标注有四成对" in DOCS
    assert "330对条文" in text and "330 对条文" in DOCS
