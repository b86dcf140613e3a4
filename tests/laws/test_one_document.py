"""A build after edits is the build from nothing: whatever was kept, rows and kb.db are the same to the byte."""

import random

import pytest

from pipeline.__main__ import STAGES
from support.building import checkout, make
from support.volunteers import ARTICLES, REGIONS, documents, write


def changed(contents, rng):
    """The documents with one edited, added or removed."""
    found = dict(contents)
    kind = rng.choice(("edit", "add", "remove"))
    if kind == "remove" and len(found) > 2:
        del found[rng.choice(sorted(found))]
    elif kind == "add":
        numbers = rng.sample(range(len(ARTICLES)), 5)
        found[f"d{len(found)}{rng.randrange(100)}"] = (rng.choice(REGIONS), numbers, "十")
    else:
        name = rng.choice(sorted(found))
        region, numbers, _ = found[name]
        found[name] = (region, numbers, rng.choice(("十五", "四十五", "六十")))
    return found


def build(folder, name):
    """kb.db of the corpus folder, built into a folder of that name."""
    done = make("CORPUS=mine", f"KB={name}/kb.db", f"BUILD={name}/build", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / name / "kb.db"


@pytest.mark.parametrize("seed", [1])
def test_a_build_after_edits_is_the_build_from_nothing(tmp_path, seed):
    rng = random.Random(seed)
    folder = checkout(tmp_path / "checkout")
    contents = documents(2, rng)
    for step in range(3):
        write(folder / "mine", contents)
        kept, whole = (build(folder, name) for name in ("kept", f"whole{step}"))
        assert kept.read_bytes() == whole.read_bytes(), f"step {step}"
        names = {path.name for path in (whole.parent / "build").glob("*.jsonl")}
        assert names == {
            f"{stage}.jsonl" for stage in {*STAGES, "reviews", "verified"} - {"database"}
        }
        for name in names:
            rows = [kb.parent / "build" / name for kb in (kept, whole)]
            assert rows[0].read_bytes() == rows[1].read_bytes(), f"step {step}: {name}"
        contents = changed(contents, rng)
