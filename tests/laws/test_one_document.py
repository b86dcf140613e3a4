"""A build after edits is the build from nothing: whatever was kept, rows and kb.db are the same to the byte."""

import random
import shutil

import pytest

from pipeline.__main__ import STAGES
from support.building import checkout, make, write_document

ARTICLES = (
    "为了规范志愿服务，制定本条例。",
    "志愿者可以自愿参加志愿服务，任何单位不得强迫。",
    "志愿服务组织应当为志愿者购买人身意外伤害保险。",
    "志愿服务组织应当在三十日内出具志愿服务记录证明。",
    "违反本条例规定，泄露志愿者信息的，由民政部门处一千元以上五千元以下罚款。",
    "学校应当将志愿服务纳入实践教育，每学年不少于二十小时。",
    "民政部门负责志愿服务的行政管理工作。",
    "市、区人民政府应当将志愿服务经费列入财政预算。",
)
REGIONS = ("310000", "330000", "330400")


def write(corpus, documents):
    """A corpus folder of documents, each with the numbers of its articles and a figure."""
    shutil.rmtree(corpus, ignore_errors=True)
    for name, (region, numbers, days) in sorted(documents.items()):
        text = "\n\n".join(
            f"第{'一二三四五六七八九'[i]}条 {ARTICLES[n]}" for i, n in enumerate(numbers)
        )
        entry = {
            "id": f'"{name}"',
            "title": f'"志愿服务条例{name}"',
            "region": f'"{region}"',
            "level": '"地方性法规"',
            "issued": "2019-01-01",
            "text_kind": '"official"',
        }
        write_document(
            corpus, f"texts/{name}.md", text.replace("三十日", f"{days}日") + "\n", **entry
        )


def changed(documents, rng):
    """The documents with one edited, added or removed."""
    found = dict(documents)
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
    documents = {
        f"{region}-{k}": (region, rng.sample(range(len(ARTICLES)), 6), "三十")
        for region in REGIONS
        for k in range(2)
    }
    for step in range(3):
        write(folder / "mine", documents)
        kept, whole = (build(folder, name) for name in ("kept", f"whole{step}"))
        assert kept.read_bytes() == whole.read_bytes(), f"step {step}"
        names = {path.name for path in (whole.parent / "build").glob("*.jsonl")}
        assert len(names) == len(STAGES) - 1
        for name in names:
            rows = [kb.parent / "build" / name for kb in (kept, whole)]
            assert rows[0].read_bytes() == rows[1].read_bytes(), f"step {step}: {name}"
        documents = changed(documents, rng)
