"""All of a real collection: 69 files as researchers keep them, outside the repository; tests/realdocs.toml
holds what a careful reader finds in each.
"""

import re
import tomllib
from pathlib import Path

import pytest

from pipeline.core.errors import CorpusError
from pipeline.curation import single_document
from pipeline.language.document_numbers import fold_number
from pipeline.language.normalization import fold

GOLD = tomllib.loads(Path("tests/realdocs.toml").read_text(encoding="utf-8"))["file"]
# Pages saved from a site that shows no text: the paper is not in the file.
EMPTY = {row["path"] for row in GOLD if row["kind"] in ("none", "other") and not row["must"]}
FIELDS = ("title", "inner_title", "number", "issuers", "issued", "effective", "expires", "repeals")
COUNTS = ("n_articles", "last_article", "n_chapters", "has_tables")


@pytest.fixture(scope="module")
def read(realdocs):
    """Path → the paper, or why it is refused."""
    found = {}
    for row in GOLD:
        try:
            found[row["path"]] = single_document.read(realdocs / row["path"])
        except CorpusError as error:
            found[row["path"]] = error
    return found


def plain(text: object) -> str:
    return re.sub(r"[\s《》〈〉<>]", "", fold(str(text or "")))


def told(paper, field: str) -> object:
    shape = paper.shape
    counts = {
        "n_articles": shape.articles, "last_article": int((shape.last or "0").split("-")[0]),
        "n_chapters": shape.chapters, "has_tables": shape.has_tables,
    }  # fmt: skip
    if field in counts:
        return counts[field]
    if field in ("effective", "expires", "repeals"):
        return getattr(paper, field)
    return getattr(paper.metadata, field)


def is_right(found: object, row: dict, field: str) -> bool:
    """Whether it is the reading of the table, or one that the table also allows."""
    allowed = [row[field], *row.get(f"{field}_also", [])]
    if isinstance(found, bool | int):
        return found in allowed
    if isinstance(found, tuple):
        names = [plain(name) for name in found]
        lists = [each if isinstance(each, list) else [each] for each in allowed]
        return any(names == [plain(name) for name in each if name] for each in lists)
    folded = [plain(each) for each in allowed] + [plain(fold_number(each)) for each in allowed if field == "number" and each]  # fmt: skip
    return plain(found) in folded


def test_every_file_is_read_or_refused_in_one_line(read):
    refused = {path: error for path, error in read.items() if isinstance(error, CorpusError)}
    assert set(refused) == EMPTY
    assert all("\n" not in str(error) for error in refused.values())


@pytest.mark.parametrize("field", FIELDS)
def test_metadata_is_right_for_nineteen_of_twenty(read, field):
    rows = [row for row in GOLD if row["path"] not in EMPTY]
    wrong = [
        (row["path"], told(read[row["path"]], field)) for row in rows
        if not is_right(told(read[row["path"]], field), row, field)
    ]  # fmt: skip
    assert len(wrong) <= 0.05 * len(rows), wrong


@pytest.mark.parametrize("field", COUNTS)
def test_the_structure_is_right(read, field):
    rows = [row for row in GOLD if row["path"] not in EMPTY]
    wrong = [
        (row["path"], told(read[row["path"]], field), row[field]) for row in rows
        if not is_right(told(read[row["path"]], field), row, field)
    ]  # fmt: skip
    assert len(wrong) <= 0.05 * len(rows), wrong


def test_the_body_holds_the_policy_and_not_the_page_around_it(read):
    for row in GOLD:
        if row["path"] not in EMPTY:
            text = plain(read[row["path"]].text)
            assert [words for words in row["must"] if plain(words) not in text] == [], row["path"]
            assert [words for words in row["must_not"] if plain(words) in text] == [], row["path"]
