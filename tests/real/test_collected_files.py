"""All of a real collection: 69 files as researchers keep them, outside the repository.

tests/real/collected_files.toml holds what a careful reader finds in each. Every file is read once;
its text is compared with the table as the reader gives it, its metadata and structure as the tools for
one document give them.
"""

import re
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.core.errors import CorpusError
from pipeline.curation import single_document
from pipeline.language.document_numbers import fold_number
from pipeline.language.normalization import fold
from pipeline.reading.formats import reader

TABLE = tomllib.loads(Path("tests/real/collected_files.toml").read_text(encoding="utf-8"))
FILES, TEXTS = TABLE["file"], TABLE["text"]
# Pages saved from a site that shows no text: the document is not in the file.
EMPTY = {row["path"] for row in FILES if row["kind"] in ("none", "other") and not row["must"]}
FIELDS = ("title", "inner_title", "number", "issuers", "issued", "effective", "expires", "repeals")
COUNTS = ("n_articles", "last_article", "n_chapters", "has_tables")
REFUSED = {  # pages of a host that showed no document, saved under the document's name
    "宝安区义务教育阶段学校积分入学办法": "几乎没有中文",
    "宝安区公办义务教育学校学位房": "几乎没有中文",
    "新莞人子女积分制入学积分方案": "几乎没有中文",
}
TWICE = {  # paragraphs that the documents themselves have twice
    "上海市居住证管理办法.docx": 1,
    "杭州市基本医疗保障办法主城区实施细则.docx": 1,
}


@pytest.fixture(scope="module")
def outcomes(realdocs) -> dict[Path, reader.FileText | CorpusError]:
    """Path → what is read, or why the file is refused."""

    def outcome(path: Path) -> reader.FileText | CorpusError:
        try:
            return reader.read(path)
        except CorpusError as error:
            return error

    paths = sorted(path for path in realdocs.rglob("*") if path.is_file())
    with ThreadPoolExecutor(2) as pool:  # each file is read in a process of its own
        return dict(zip(paths, pool.map(outcome, paths), strict=True))


@pytest.fixture(scope="module")
def texts(outcomes) -> dict[str, reader.FileText]:
    """Name of a file → its text, of all that are read."""
    return {
        path.name: found for path, found in outcomes.items() if isinstance(found, reader.FileText)
    }


@pytest.fixture(scope="module")
def papers(realdocs, outcomes):
    """Path → metadata and structure, or why the file is refused."""

    def kept(path: Path) -> reader.FileText:
        found = outcomes[path]
        if isinstance(found, CorpusError):
            raise found
        return found

    def paper(path: Path):
        try:
            return single_document.read(path)
        except CorpusError as error:
            return error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "read", kept)
        return {row["path"]: paper(realdocs / row["path"]) for row in FILES}


# Texts


def test_every_file_is_read_or_refused(outcomes):
    refused = {
        p.name: str(found) for p, found in outcomes.items() if isinstance(found, CorpusError)
    }
    assert len(outcomes) == 69 and len(refused) == len(REFUSED)
    for part, reason in REFUSED.items():
        (told,) = [found for name, found in refused.items() if part in name]
        assert reason in told and "\n" not in told


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: row["part"])
def test_a_text_has_the_document_and_not_its_page(texts, row):
    (reading,) = [found for name, found in texts.items() if row["part"] in name]
    assert [words for words in row["there"] if words not in reading.text] == []
    assert [words for words in row["gone"] if words in reading.text] == []


def test_no_paragraph_is_told_twice(texts):
    for name, reading in texts.items():
        lines = Counter(reading.text.split("\n"))
        again = [line for line, n in lines.items() if n > 1 and len(line) >= 40]
        assert len(again) == TWICE.get(name, 0), (name, again)


def test_titles_that_files_carry_name_documents(texts):
    titles = {found.title for found in texts.values()}
    assert titles - {None} and not any("网" in title or "·" in title for title in titles if title)


def test_what_is_odd_about_a_file_is_told(texts):
    assert any("图片" in warning for found in texts.values() for warning in found.warnings)


# Metadata and structure


def plain(text: object) -> str:
    return re.sub(r"[\s《》〈〉<>]", "", fold(str(text or "")))


def value(paper, field: str) -> object:
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


def wrong(papers, field: str) -> list[tuple[str, object, object]]:
    """Path, reading and table where the two differ."""
    rows = [row for row in FILES if row["path"] not in EMPTY]
    values = [(row, value(papers[row["path"]], field)) for row in rows]
    return [(row["path"], found, row[field]) for row, found in values if not is_right(found, row, field)]  # fmt: skip


def test_every_file_is_a_document_or_refused_in_one_line(papers):
    refused = {path: error for path, error in papers.items() if isinstance(error, CorpusError)}
    assert set(refused) == EMPTY
    assert all("\n" not in str(error) for error in refused.values())


@pytest.mark.parametrize("field", FIELDS)
def test_metadata_is_right_for_nineteen_of_twenty(papers, field):
    assert len(wrong(papers, field)) <= 0.05 * (len(FILES) - len(EMPTY)), wrong(papers, field)


@pytest.mark.parametrize("field", COUNTS)
def test_the_structure_is_right(papers, field):
    assert len(wrong(papers, field)) <= 0.05 * (len(FILES) - len(EMPTY)), wrong(papers, field)


def test_the_body_holds_the_policy_and_not_the_page_around_it(papers):
    for row in FILES:
        if row["path"] not in EMPTY:
            text = plain(papers[row["path"]].text)
            assert [words for words in row["must"] if plain(words) not in text] == [], row["path"]
            assert [words for words in row["must_not"] if plain(words) in text] == [], row["path"]
