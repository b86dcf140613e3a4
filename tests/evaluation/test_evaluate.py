"""The gold annotations, the models fitted to them, and three searches in real regulations."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from conftest import SHARED, make

from pipeline.alignment import match_model
from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Alignment, Clause
from pipeline.evaluation import evaluate, gold, kind_training, match_training
from pipeline.evaluation.alignment_metrics import (
    AlignmentScore,
    alone_score,
    link_score,
    ranking_score,
)
from pipeline.gaps import kind_model
from pipeline.similarity import document_features, reference_corpus, vectors

NOTED = json.loads(evaluate.FIGURES.read_text(encoding="utf-8"))
GOLD = sorted((DATA / "gold").glob("[DE]*.json"))
TYPES = {"amount", "condition", "actor", "deadline", "scope", "procedure", "penalty", "wording"}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_gold_pair_is_sound(path):
    pair = json.loads(path.read_text(encoding="utf-8"))
    links = [(link["a"], link["b"]) for link in pair["links"]]
    assert len(links) == len(set(links)) and pair["pair"] == path.stem
    for link in pair["links"]:
        assert 1 <= link["a"] <= pair["n_a"] and 1 <= link["b"] <= pair["n_b"]
        assert link["label"] in (1, 2)
        if link["label"] == 2:
            assert set(link["types"]) <= TYPES and all(link["diffs"])
            assert link["a"] not in pair["a_without"] and link["b"] not in pair["b_without"]


def test_gold_has_article_numbers_and_notes_but_no_texts():
    notes = [diff for path in GOLD for link in json.loads(path.read_text(encoding="utf-8"))["links"]
             for diff in link.get("diffs", [])]  # fmt: skip
    assert max(map(len, notes)) < 100


def test_a_score_counts_partial_links_neither_way():
    labels = np.array([[2, 1, 0], [0, 0, 0]])
    assert link_score([(0, 0), (0, 1), (1, 2)], labels) == AlignmentScore(
        right=1, predicted=2, gold=1
    )
    assert alone_score([(0, 1)], labels, ([1], [1, 2])) == AlignmentScore(alone=3, left_alone=3)
    chance = np.array([[0.2, 0.9, 0.1], [0.1, 0.1, 0.1]])
    score = ranking_score(chance, labels)  # of a: second; of b: first
    assert (score.ranked, score.first, score.third, score.reciprocal) == (2, 1, 2, 1.5)


def test_the_model_beats_the_baselines_in_the_same_run():
    ours, *baselines = NOTED["figures"].values()
    for other in baselines:
        assert ours["R@1"] > other["R@1"] and ours["F1"] > other["F1"]


def test_confidence_is_calibrated():
    """In every bin that holds enough pairs, the share of counterparts is near the probability."""
    for mean, share, pairs in match_model.load().reliability:
        spread = 3 * (mean * (1 - mean) / pairs) ** 0.5  # three standard errors of a share
        assert abs(mean - share) <= spread + 0.05, (mean, share, pairs)


@pytest.fixture(scope="module")
def gold_rows(realtext) -> Workspace:
    done = make(f"GOLD_CORPUS={realtext}", "gold-rows")
    assert done.returncode == 0, done.stderr
    return Workspace((realtext,), Path("build/gold"), Path("kb.db"))


def test_the_match_model_is_fitted_to_the_gold(gold_rows):
    """`make train` writes the model that is committed: no weight was set by hand."""
    extractor = document_features.extractor(gold_rows, document_features.read_tokens(gold_rows))
    reference = reference_corpus.load(DATA / "background")
    pairs = gold.read(DATA / "gold", gold_rows, extractor)
    fitted = match_training.fit(
        [match_training.training_pair(pair, reference, extractor.classes) for pair in pairs]
    )
    kept = match_model.load()
    assert (fitted.floor, fitted.tie) == (kept.floor, kept.tie)
    for name in ("first", "second"):
        ours, theirs = getattr(fitted, name), getattr(kept, name)
        assert ours.names == theirs.names
        assert np.allclose(ours.weight, theirs.weight, atol=2e-3), name


def test_the_kind_model_is_fitted_to_the_gold(gold_rows):
    extractor = document_features.extractor(gold_rows, document_features.read_tokens(gold_rows))
    pairs = gold.read(DATA / "gold", gold_rows, extractor)
    fitted = kind_training.fit(kind_training.examples(pairs, gold_rows, extractor))
    kept = kind_model.load()
    assert (fitted.kinds, fitted.names, fitted.share) == (kept.kinds, kept.names, kept.share)
    assert np.allclose(fitted.weight, kept.weight, atol=2e-3)


TITLES = (
    "上海市推进科技创新中心建设条例", "上海市促进科技成果转化条例", "上海市推进国际航运中心建设条例",
    "上海市价格管理条例", "上海市优化营商环境条例", "浙江省促进科技成果转化条例", "浙江省航道管理条例",
    "浙江省水上交通安全管理条例", "浙江省政府非税收入管理条例", "浙江省价格条例",
)  # fmt: skip


@pytest.fixture(scope="module")
def searched(realtext, tmp_path_factory):
    """The alignments of the regulations that three searches speak of, with their clauses."""
    folder = tmp_path_factory.mktemp("searched")
    (folder / "corpus/texts").mkdir(parents=True)
    entries = tomllib.loads((realtext / "sources.toml").read_text(encoding="utf-8"))["document"]
    lines = []
    for entry in entries:
        if entry["title"] in TITLES:
            (folder / "corpus" / entry["file"]).symlink_to((realtext / entry["file"]).resolve())
            lines.append("[[document]]")
            for key, value in entry.items():
                lines.append(f"{key} = {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value}")  # fmt: skip
    (folder / "corpus/sources.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = make(f"CORPUS={folder}/corpus", f"BUILD={folder}/build", f"KB={folder}/kb.db")
    assert done.returncode == 0, done.stderr
    units = {c.clause_id: c for c in jsonl.read(folder / "build/clauses.jsonl", Clause)}
    return jsonl.read(folder / "build/alignments.jsonl", Alignment), units


def top(searched, term: str) -> Alignment | None:
    """The likeliest pair whose two clauses both speak of a term."""
    found, units = searched
    both = [
        row for row in found if all(term in units[c].text for c in (row.clause_a, row.clause_b))
    ]
    return max(both, key=lambda row: row.confidence, default=None)


def test_a_search_for_first_sets_finds_the_rule_on_them(searched):
    row = top(searched, "首台（套）")
    assert row and row.status == "auto" and row.confidence > 0.9
    assert searched[1][row.clause_b].article == "25"


def test_a_search_for_administrative_charges_finds_who_sets_them(searched):
    row = top(searched, "行政事业性收费")
    assert row and [searched[1][c].article for c in (row.clause_a, row.clause_b)] == ["11", "9"]


def test_pilotage_has_no_counterpart_and_none_is_forced(searched):
    """浙江省航道管理条例 speaks of 引航道, an approach channel: that is no pilotage."""
    found, units = searched
    near = [row for row in found if "引航机构" in units[row.clause_a].text]
    assert near and all(row.status == "candidate" and row.confidence < 0.1 for row in near)


def test_the_shared_gold_is_the_gold_that_ships():
    if not SHARED.is_dir():
        pytest.skip("../shared/gold, kept outside the repository, is not here")
    for path in sorted((SHARED / "gold").glob("D*.json")):
        theirs, ours = (json.loads(p.read_text(encoding="utf-8")) for p in (path, DATA / "gold" / path.name))  # fmt: skip
        pick = lambda pair: {(k["a"], k["b"], k["label"]) for k in pair["links"]}  # noqa: E731
        assert pick(theirs) == pick(ours), path.name


def test_links_are_never_asserted_below_the_floor():
    model = match_model.load()
    chance = np.array([[model.floor - 0.01, 0.0], [0.0, model.floor + 0.01]])
    assert vectors.links(vectors.sparse.csr_matrix(chance), model.floor, model.tie) == [(1, 1)]


def test_the_page_of_evaluation_gives_the_figures_that_were_noted():
    page = Path("docs/evaluation.md").read_text(encoding="utf-8")
    told = [NOTED["sets"]["D"], NOTED["sets"]["E"], *NOTED["figures"].values()]
    for row in told:
        assert " | ".join(f"{value:.3f}" for value in row.values()) in page
