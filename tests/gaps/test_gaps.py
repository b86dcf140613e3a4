"""Gaps at other dates than the two that ship, and what happens when evidence goes."""

import json
import shutil
from pathlib import Path

from pipeline.core import jsonl
from pipeline.core.gap_records import Moment
from pipeline.core.paths import Workspace
from pipeline.gaps import evidence as evidences
from pipeline.gaps import gap_changes, gaps
from pipeline.gaps.comparison.quantity_contexts import Contexts
from pipeline.gaps.differences import Pairing
from support.building import make


# Other dates than the two that ship
def pairing(kb, comparison_id, as_of):
    work = Workspace((Path("corpus"),), kb.parent / "build", kb)
    evidence, comparisons, _ = evidences.gather(work)
    chosen = next(c for c in comparisons if c.comparison_id == comparison_id)
    contexts = Contexts(evidence.words, evidence.measures, _Plain(), _Plain())
    return Pairing(
        chosen, Moment("d", "日", as_of, False), evidence, contexts, lambda _: ("scope", 0.5), {}
    )


class _Plain:
    """Stands for the lexicon and the background where only dates are looked at."""

    word_counts: dict[str, int] = {}

    def terms(self, words):
        return [word for word in words if len(word) > 1]

    def idf(self, terms, counts):
        return [1.0] * len(terms)


def test_suspending_the_water_fund_closes_the_gap(kb):
    found = [
        row for day in ("2016-10-31", "2018-12-31") for row in gaps.compare(pairing(kb, "sh-zj", day))
    ]  # fmt: skip
    by_document: dict[str, list] = {}
    for event in jsonl.read(kb.parent / "build/validity.jsonl", gap_changes.ValidityEvent):
        by_document.setdefault(event.document_id, []).append(event)
    events = gap_changes.Events({d: by_document.get(d, []) for d in _documents(found)}, _Titles())
    (change,) = [
        c for c in gap_changes.follow(found, events) if c.clause_id == "zj-shuili-jijin__fee-014"
    ]
    assert (change.change, change.event_id) == ("closed", "zj-shuili-jijin-zanting")
    before = next(row for row in found if row.gap_id == change.gap_before)
    assert (before.kind, before.favours, before.level) == ("extra", "baseline", "own")


def _documents(found):
    return {name for row in found for name in gap_changes.documents(row)}


class _Titles(dict):
    def __missing__(self, name):
        return name


# When evidence goes
def test_removing_a_gaps_evidence_changes_its_grade_and_is_listed(tmp_path, kb):
    """The province's reward is taken out of the corpus: the city's gap is no longer upper_level_only."""
    corpus = tmp_path / "corpus"
    shutil.copytree("corpus", corpus)
    shutil.copytree(kb.parent / "build", tmp_path / "build")
    shutil.copy(kb, tmp_path / "kb.db")
    sources = (corpus / "sources.toml").read_text(encoding="utf-8")
    entries = sources.split("[[document]]")
    gone = [e for e in entries if 'id = "zj-2024-shoutai"' in e]
    (corpus / "sources.toml").write_text(
        "[[document]]".join(e for e in entries if e not in gone), encoding="utf-8"
    )
    (corpus / "digests/zj-2024-shoutai.md").unlink()
    done = make(f"CORPUS={corpus}", f"KB={tmp_path}/kb.db", f"BUILD={tmp_path}/build")
    assert done.returncode == 0, done.stderr
    listed = {
        row["gap_id"]: row
        for row in map(json.loads, (tmp_path / "build/changes.jsonl").open(encoding="utf-8"))
    }
    row = listed["sh-jx__missing__sh-2026-zhizaoye__st-010"]
    assert (row["change"], row["grade_before"], row["grade_after"]) == (
        "regraded", "upper_level_only", "not_in_corpus",
    )  # fmt: skip
    amount = next(
        key for key in listed if "__amount__sh-2026-zhizaoye__st-010__vs__zj-2024-shoutai" in key
    )
    assert listed[amount]["change"] == "disappeared"
    assert "与上次构建相比" in done.stdout
