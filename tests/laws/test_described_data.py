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


def test_the_guide_to_a_gap_quotes_the_weights_of_the_settings():
    weights, table = settings.SEVERITY, {row[0]: row[1] for row in rows(READING_A_GAP, "| 因数 |")}
    kinds = (weights.kind["not_in_corpus"], weights.kind["upper_level_only"])
    assert "未查得 {}，仅上级有规定 {}".format(*kinds) in table["类别"]
    assert f"写明其他对象的 {weights.named}；没有写明的 {weights.others}" in table["对象"]


@pytest.mark.parametrize(
    "vocabulary, head", [("gap_kind", "| 类别 | 意思 |"), ("absence_grade", "| 结论 | 意思 |")]
)
def test_the_guide_to_a_gap_explains_the_labels_in_their_order(vocabulary, head):
    labels = tomllib.loads(read(CORPUS / "labels.toml"))["vocabulary"]
    codes = next(each["codes"] for each in labels if each["id"] == vocabulary)
    explained = [label for row in rows(READING_A_GAP, head) for label in row[0].split("、")]
    assert explained == [code["label"] for code in codes.values()]


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
    "word, column", [("grade", "grade"), ("gap change", "change"), ("favours", "favours")]
)
def test_the_glossary_gives_all_codes_of_a_column(word, column):
    glossary = {row[1]: row[2] for row in rows(Path("docs/architecture.md"), "| 中文 | English")}
    (listed,) = re.findall(rf"check \({column} in \(([^)]*)\)", SCHEMA)
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
    kept = tomllib.loads(read(CORPUS / "matters/shoutai.toml"))["matter"]
    assert shown.keys() <= set().union(*kept)
    assert shown["rule"][0].keys() <= set().union(*(rule for row in kept for rule in row["rule"]))


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
    assert twice == 6 and "E 中六对" in read(CORPUS / "gold/README.md")
    assert f"有 {len(pairs)} 对法规的人工标注" in read(EVALUATION)


# Figures


def test_documents_give_the_size_of_the_reference_corpus():
    articles = int(read(CORPUS / "background/words.tsv").splitlines()[0].split("\t")[1])
    for path in (GUIDE, Path("docs/architecture.md")):
        assert f"{articles:,}" in read(path), path
