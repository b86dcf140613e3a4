"""What each stage records of itself, in the build of the bundled corpus: build/STAGE.d.

The list must be whole, or a stale row passes for a fresh one, and no longer than it need be, or a touched
README rebuilds everything.
"""

import re
from pathlib import Path

import pytest

from pipeline.__main__ import OF_TOOLS, STAGES
from pipeline.core import dependencies
from pipeline.core.paths import DATA
from support.building import planned
from support.imports import MODULES, loaded

GAPS = ["gaps", "gap_changes", "claims", "database"]
# What follows from an alignment or a day for the articles of official texts.
POINTS = ["article_points", "article_accounts"]
ARTICLES = ["article_matters", "article_gaps", "gap_changes", "database"]
ALIGNED = [*POINTS, "article_matters", "article_gaps"]
# File → the stages that run again when it is touched; more in docs/architecture.md, held by test_docs.py.
TOUCHED = {
    "README.md": [],
    "corpus/comparisons.toml": [
        "document_pairs",
        "alignments",
        "revisions",
        "validity",
        *ALIGNED,
        *GAPS,
    ],
    "corpus/patterns/conditions.toml": ["conditions", "database"],
    "corpus/validity_rules.toml": ["validity", *ARTICLES],
    "corpus/pairs.toml": ["alignments", *ALIGNED, *GAPS],
    "corpus/matters/jifen.toml": ["matters", "rules", *GAPS],
    "pipeline/matters/chains.py": ["rules", *GAPS],
    "corpus/regions.toml": [*STAGES],
    "pipeline/core/settings.toml": [*STAGES],
    "pipeline/database/views.sql": ["database"],
    "pipeline/evaluation/gold.py": [],
    "requirements.lock": [*STAGES],
}


@pytest.fixture(scope="module")
def recorded(kb):
    """Stage → the files that it recorded."""

    def files(stage: str) -> set[str]:
        rule, *rest, whole = (
            (kb.parent / f"build/{stage}.d").read_text(encoding="utf-8").splitlines()
        )
        names = re.split(r"(?<!\\) ", rule.partition(": ")[2])
        assert whole == dependencies.WHOLE.strip()
        assert rest == [f"{name}:" for name in names], "each has a rule, so that it may be deleted"
        return {re.sub(r"\\(.)", r"\1", name).replace("$$", "$") for name in names}

    return {stage: files(stage) for stage in STAGES}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_records_every_module_that_it_imports(recorded, stage):
    modules = loaded(f"pipeline.{STAGES[stage]}.{stage}") | loaded("pipeline.__main__")
    assert {str(MODULES[module]) for module in modules} - recorded[stage] == set()


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_records_nothing_that_a_build_makes_and_nothing_that_is_not_there(recorded, stage):
    assert all(Path(name).is_file() and not name.startswith("build/") for name in recorded[stage])
    assert "requirements.lock" in recorded[stage], "another version of a library may read otherwise"


def test_every_data_file_is_read_by_a_stage_or_by_training(kb):
    unread = map(Path, dependencies.unread(kb.parent / "build", DATA))
    of_tools = (DATA / "gold", *OF_TOOLS)
    assert [n for n in unread if not any(n.is_relative_to(other) for other in of_tools)] == []


@pytest.mark.parametrize("file, stages", TOUCHED.items())
def test_touching_a_file_reruns_its_stages_and_no_others(kb, file, stages):
    """As make plans it: a dry run in which the file is taken for changed."""
    build = kb.parent / "build"
    assert sorted(planned(kb, build, "-W", file, str(kb))) == sorted(stages)
