"""The gold annotations that ship: sound, and without texts."""

import json

import pytest

from pipeline.core.paths import DATA
from support.building import SHARED

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


def test_the_shared_gold_is_the_gold_that_ships():
    if not SHARED.is_dir():
        pytest.skip("../shared/gold, kept outside the repository, is not here")
    for path in sorted((SHARED / "gold").glob("D*.json")):
        theirs, ours = (json.loads(p.read_text(encoding="utf-8")) for p in (path, DATA / "gold" / path.name))  # fmt: skip
        pick = lambda pair: {(k["a"], k["b"], k["label"]) for k in pair["links"]}  # noqa: E731
        assert pick(theirs) == pick(ours), path.name
