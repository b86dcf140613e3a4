"""Names of laws by their paths, also against the corpus of real texts."""

import tomllib
from pathlib import Path

import pytest

from pipeline.collection import fetch_settings, law_names, listed_laws
from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA

REGIONS = regions.load(DATA / "regions.toml")
ZHEJIANG = "DLC/浙江地方法规/地方性法规/浙江/"


@pytest.mark.parametrize(
    "path, region",
    [
        ("嘉兴市甲条例(2020-01-01).md", "330400"), ("杭州西湖甲条例.md", "330100"), ("浙江省甲条例.md", "330000"),
        ("义乌国际贸易甲条例(2019-11-29).md", "330782"), ("宁波杭州湾新区甲条例.md", "330200"), ("甲条例.md", "330000"),
        ("中国（浙江）自由贸易甲条例.md", "330000"), ("景宁畲族自治县甲条例.md", "331127"),
        ("浙江省景宁畲族自治县甲条例.md", "330000"),
    ],
)  # fmt: skip
def test_the_region_is_that_whose_name_the_title_begins_with(path, region):
    assert law_names.of_path(ZHEJIANG + path, REGIONS, {}).region == region


def test_a_place_inside_does_not_stand_for_the_city():
    path = "DLC/上海地方法规/地方性法规/上海/上海市浦东新区甲规定(2023-01-01).md"
    name = law_names.of_path(path, REGIONS, {"310000": "sh"})
    assert (name.region, name.title, name.issued) == (
        "310000",
        "上海市浦东新区甲规定",
        "2023-01-01",
    )
    assert name.document_id.startswith("sh-law-")


def test_an_unknown_place_is_refused_with_its_path():
    with pytest.raises(CorpusError, match="DLC/某地/甲条例.md.*改法"):
        law_names.of_path("DLC/某地/甲条例.md", REGIONS, {})


def test_the_list_of_the_repository_tells_every_file():
    settings = fetch_settings.load(fetch_settings.PATH, REGIONS)
    laws, refused = listed_laws.of_settings(settings, REGIONS)
    assert refused == [] and len(laws) == sum(len(c.files) for c in settings.collections) == 643
    assert all(law.name.level == "地方性法规" for law in laws)


# Where the corpus of real texts has the day of commencement, and the 题注 an earlier one of issue.
COMMENCEMENT = {"zj-law-6ed96b56", "zj-law-8620d14a", "r330200-law-3063cf46"}


def test_rules_agree_with_the_corpus_of_real_texts(realtext):
    settings = fetch_settings.load(fetch_settings.PATH, REGIONS)
    by_id = {law.name.document_id: law for law in listed_laws.of_settings(settings, REGIONS)[0]}
    known = tomllib.loads((realtext / "sources.toml").read_text(encoding="utf-8"))["document"]
    differing = set()
    for row in known:
        law = by_id[row["id"]]
        entry = listed_laws.text(law, Path(realtext, row["file"]).read_bytes()).entry
        assert (entry["region"], entry["level"], entry["sha256"]) == (row["region"], row["level"], row["sha256"])  # fmt: skip
        if entry["issued"] != (row["issued"].isoformat() if "issued" in row else None):
            differing.add(row["id"])
    assert differing == COMMENCEMENT
