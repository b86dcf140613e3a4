"""Word lists of official documents: checked where a person may err, every entry read by code."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.core.errors import CorpusError
from pipeline.language import official_words
from pipeline.language.official_words import (
    GenreWords,
    LetterheadWords,
    OfficeWords,
    SignatureWords,
)

FILES = {
    "offices": OfficeWords,
    "genres": GenreWords,
    "signatures": SignatureWords,
    "letterheads": LetterheadWords,
}


def faulty(tmp_path: Path, name: str, change: tuple[str, str]) -> Path:
    """A copy of a bundled file with one change."""
    text = (official_words.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / f"{name}.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name, change, found",
    [
        ("genres", ("generic = [", "generics = ["), "不认识的键 'generics'"),
        ("genres", ("\ncommon = [", "\n# common = ["), "缺少键 'common'"),
        ("genres", ("policy_never = [", "policy_never = [1, "), "policy_never 不是词的列表"),
        ("offices", ("national = '", "national = '("), "national 的正则表达式有误"),
        ("signatures", ('"盖章"', '""'), "stamps 不是词的列表"),
        ("letterheads", ("label_title = [", "label_titel = ["), "不认识的键 'label_titel'"),
    ],
)
def test_a_faulty_file_is_refused_with_place_and_fix(tmp_path, name, change, found):
    path = faulty(tmp_path, name, change)
    with pytest.raises(CorpusError, match=re.escape(found)) as refused:
        official_words.load(path, FILES[name])
    assert refused.value.where == str(path) and refused.value.fix


def attributes() -> set[str]:
    """Every attribute name that the code of the pipeline reads."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in Path("pipeline").rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_every_list_is_read_by_code():
    read = attributes()
    for table in FILES.values():
        assert {field.name for field in fields(table)} <= read


@pytest.mark.parametrize("name", FILES)
def test_no_word_stands_twice_in_one_list(name):
    table = official_words.load(official_words.FOLDER / f"{name}.toml", FILES[name])
    for field in fields(table):
        words = getattr(table, field.name)
        if isinstance(words, tuple):
            assert len(words) == len(set(words)), field.name


@pytest.mark.parametrize(
    "name, lists",
    [
        ("offices", "named signing speaking ordering"),
        ("genres", "title title_whole file_title attached numbered own before_code policy"),
    ],
)
def test_a_list_beside_common_repeats_nothing_of_it(name, lists):
    table = official_words.load(official_words.FOLDER / f"{name}.toml", FILES[name])
    for key in lists.split():
        assert not set(getattr(table, key)) & set(table.common), key
