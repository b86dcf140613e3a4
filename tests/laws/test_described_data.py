"""Descriptions of data agree with it: settings, schema comments, corpus/README.md, figures in documents."""

import json
import re
import sqlite3
import tomllib
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path

import pytest

from pipeline.core import settings
from pipeline.matters import matter_files
from pipeline.reading import sources
from support.markdown import blocks, code, read, rows

CORPUS, GUIDE = Path("corpus"), Path("corpus/README.md")
READING_A_GAP, EVALUATION = Path("docs/reading-a-gap.md"), Path("docs/evaluation.md")
SETTINGS = Path("pipeline/core/settings.toml")
SCHEMA = read(Path("pipeline/database/schema.sql"))


# settings.toml


def sections() -> dict[str, object]:
    """Section → the settings read from it."""
    names = tomllib.loads(read(SETTINGS))
    return {name: getattr(settings, name.upper()) for name in names}


def test_every_key_of_the_settings_has_a_field_and_every_field_a_key():
    for name, keys in tomllib.loads(read(SETTINGS)).items():
        assert set(keys) == {field.name for field in fields(sections()[name])}, name
    classes = re.findall(r"(?m)^class (\w+)", read(Path(settings.__file__)))
    assert len(classes) == len(sections())


def test_every_setting_is_used():
    text = "\n".join(read(path) for path in Path("pipeline").rglob("*.py"))
    for name, section in sections().items():
        for field in fields(section):
            assert re.search(rf"\b{name.upper()}\.{field.name}\b", text), (name, field.name)


def test_every_setting_has_its_reason_beside_it():
    by_name = False  # weights by name: the heading of their section says what they weigh
    for line in read(SETTINGS).splitlines():
        if line.startswith("["):
            by_name = bool(re.match(r"\[\w+\.\w+\] *# *\S", line))
        elif line and not line.startswith("#") and not by_name:
            assert re.search(r"# *\S", line), line


def test_the_settings_name_modules_that_there_are():
    assert all(
        Path(name).is_file() for name in re.findall(r"\bpipeline/[\w/]+\.\w+", read(SETTINGS))
    )


def test_the_guide_to_a_gap_quotes_the_numbers_of_the_settings():
    numbers, table = (
        settings.IMPORTANCE,
        {row[0]: row[1] for row in rows(READING_A_GAP, "| 因数 |")},
    )
    reach = zip(("几十", "几百", "几千", "几万", "几乎所有"), numbers.reach, strict=True)
    assert "、".join(f"{name} {value}" for name, value in reach) in table["涉及面"]
    size = numbers.size
    assert size["missing"] == size["extra"] and size["lapsed"] == size["uncollected"]
    assert size["same"] == size["national"] == 0
    told = (
        f"从 {numbers.least} 起，相差十倍及以上为 1；一方为零 {numbers.zero}；只列出不相除的 {size['differs']}；"
        f"一方没有 {size['missing']}；已失效、一侧未知 {size['lapsed']}；相同 0。多少无所谓好坏的再乘 {numbers.neither}"
    )
    assert told in table["差距"]
    source = numbers.source
    assert source["mirror"] == source["summary"]
    assert (
        f"官方文本 {source['official']}、转载和官方摘要 {source['mirror']}、新闻报道 {source['press']}、"
        f"二手资料 {source['secondary']}；可信度为中的再乘 {numbers.confidence['medium']}"
    ) in table["把握"]
    city, province, nation = (numbers.power[level] for level in ("city", "province", "nation"))
    assert f"自己能改的 {city}，要省里改的 {province}，要国家改的 {nation}" in table["事权"]


@pytest.mark.parametrize(
    "vocabulary, head", [("outcome", "| 结果 | 意思 |"), ("gap_grade", "| 凭据 | 意思 |")]
)
def test_the_guide_to_a_gap_explains_every_label(vocabulary, head):
    labels = tomllib.loads(read(CORPUS / "labels.toml"))["vocabulary"]
    codes = next(each["codes"] for each in labels if each["id"] == vocabulary)
    explained = [label for row in rows(READING_A_GAP, head) for label in row[0].split("、")]
    assert sorted(explained) == sorted(code["label"] for code in codes.values())


# schema.sql


def tables() -> dict[str, tuple[str, list[str]]]:
    """Table → the comment above it, and the lines of its definition."""
    found = re.findall(r"(?ms)((?:^--[^\n]*\n)*)^create table (\w+) \((.*?)^\) strict", SCHEMA)
    return {name: (above, lines.splitlines()) for above, name, lines in found}


def columns(name: str) -> set[str]:
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    return {row[1] for row in db.execute(f"pragma table_info({name})")}


@pytest.mark.parametrize("name", tables())
def test_a_table_and_its_columns_have_a_comment(name):
    above, lines = tables()[name]
    assert re.search(r"-- *\S", lines[0]) or re.match(r"-- \S", above)
    listed = re.findall(r"(?m)^--   (\w+) +\S", above)
    assert set(listed) <= columns(name), "the comment names a column that is not there"
    for definition in re.split(r"\n(?=    \S)", "\n".join(lines)):
        column = re.match(r"    (\w+) +(?:text|integer|real)\b", definition)
        assert not column or column[1] in listed or "--" in definition, definition


@pytest.mark.parametrize(
    "word, table, column",
    [("outcome", "gaps", "outcome"), ("grade", "gaps", "grade"), ("gap change", "gap_changes", "change"),
     ("favours", "gaps", "favours"), ("basis", "gap_points", "basis"), ("point", "gap_points", "kind"),
     ("own, upper, national, inside", "gap_rules", "level")],
)  # fmt: skip
def test_the_glossary_gives_all_codes_of_a_column(word, table, column):
    glossary = {
        row[1]: " ".join(row[1:]) for row in rows(Path("docs/architecture.md"), "| 中文 | English")
    }
    (listed,) = re.findall(rf"check \({column} in \(([^)]*)\)", "\n".join(tables()[table][1]))
    codes = re.findall(r"'(\w+)'", listed)
    assert codes and set(codes) <= set(re.findall(r"\w+", glossary[word]))


# corpus/


def test_the_guide_to_the_corpus_names_every_data_file_and_nothing_else():
    named = [name for row in rows(GUIDE, "| 文件 |") for name in code(row[0])]
    files = [path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file()]
    for name in named:
        assert list(CORPUS.glob(name)), name
    for name in files:
        by = [
            each
            for each in named
            if fnmatch(name, each) or (each.endswith("/") and name.startswith(each))
        ]
        assert len(by) == 1 or name.endswith("README.md"), (name, by)


def test_the_entry_that_the_guide_shows_is_a_good_one():
    example, matter = blocks(GUIDE, "toml")
    (entry,) = tomllib.loads(example)["document"]
    assert entry.keys() <= set(re.findall(r'"(\w+)"', read(Path(sources.__file__))))
    levels = re.search(r"(?m)^level = .*# (.*)$", example)[1].split()
    assert sorted(levels) == sorted(sources.LEVELS)
    assert all(re.search(rf"(?m)^text_kind = .*\b{kind}\b", example) for kind in sources.TEXT_KINDS)
    (shown,) = tomllib.loads(matter)["matter"]
    keys = set(re.findall(r'"(\w+)":', read(Path(matter_files.__file__))))
    assert shown.keys() <= keys and shown["rule"][0].keys() <= keys


def test_the_readme_of_the_annotations_names_every_pair():
    pairs = {path.stem: json.loads(read(path)) for path in CORPUS.glob("gold/*.json") if path.stem[1:].isdigit()}  # fmt: skip
    counts = {"九对": 9, "十五对": 15}
    for row in rows(CORPUS / "gold/README.md", "| 文件 |"):
        group, last = re.search(r"–`([A-Z])(\d+)\.json`", row[0]).groups()
        absent = re.findall(rf"没有 ({group}\d+)", row[1])
        listed = {f"{group}{n}" for n in range(1, int(last) + 1)} - set(absent)
        assert listed == {name for name in pairs if name[0] == group}
        assert counts[row[1].partition("法规")[0]] == len(listed)
    twice = sum(pair["annotators"] == 2 for name, pair in pairs.items() if name[0] == "E")
    assert twice == counts["十五对"] and "各标注过两遍" in read(CORPUS / "gold/README.md")
    assert f"有 {len(pairs)} 对法规的人工标注" in read(EVALUATION)


def test_annotated_points_quote_each_side_that_they_speak_of():
    told = [json.loads(line) for line in read(CORPUS / "gold/points.jsonl").splitlines()]
    sides = {"differs": {"a", "b"}, "same": {"a", "b"}, "only_a": {"a"}, "only_b": {"b"}}
    for row in told:
        for point in row["points"]:
            assert sides[point["relation"]] == {"a", "b"} & point.keys(), row["id"]
            assert all(point[side][0] < point[side][1] for side in {"a", "b"} & point.keys())
            assert point["weight"] in (1, 2, 3)
            assert point.get("text") or row["id"].startswith("D")
    described = read(CORPUS / "gold/README.md")
    kinds = {point["kind"] for row in told for point in row["points"]}
    assert kinds == set(re.search(r"`kind`（([a-z ]+)）", described)[1].split())
    apart = sum(not row["aligned"] for row in told)
    assert f"：{len(told)} 对条文" in described and f"（{apart} 对）" in described


# Figures


def test_documents_give_the_size_of_the_reference_corpus():
    articles = int(read(CORPUS / "background/words.tsv").splitlines()[0].split("\t")[1])
    for path in (GUIDE, Path("docs/architecture.md")):
        assert f"{articles:,}" in read(path), path
