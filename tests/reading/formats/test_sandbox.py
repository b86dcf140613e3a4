"""Any file is read, or refused in one line, within bounded time and memory.

No test reads the clock: the bounds of pipeline/core/settings.toml end a process that exceeds them, and
a test that hung would show it.
"""

import os
import random
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.core.settings import READING
from pipeline.reading.formats import __main__ as formats_main
from pipeline.reading.formats import blocks, detection, reader, sandbox
from pipeline.reading.formats.word import doc
from support import files
from support.files import archive, cell, document, p, pdf, row, shown, table, word

LINE = "第一条 为了规范甲事，制定本办法。"
PAGE = f"<html><body><table><tr><td>{LINE}</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table></body></html>"


def is_told(found: reader.FileText | str) -> bool:
    """Whether there is a text in some format, or one line that says what to do."""
    if isinstance(found, str):
        return "\n" not in found and "改法：" in found
    return found.text.strip() != "" and f".{found.format}" in detection.SUFFIXES


def outcome(content: bytes, name: str) -> reader.FileText | str:
    """What is read, or the line of the refusal; any other error fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            return reader.read(path)
        except CorpusError as error:
            return str(error)


@pytest.fixture(scope="module")
def wholes(tmp_path_factory) -> dict[str, bytes]:
    """One sound file of each format."""
    docx = word(tmp_path_factory.mktemp("whole") / "a.docx", p(LINE), table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁"))))  # fmt: skip
    mht = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + PAGE
    return {
        ".docx": docx.read_bytes(),
        ".html": PAGE.encode("gbk"),
        ".mht": mht.encode(),
        ".pdf": pdf(shown(LINE, 60, 700)),
        ".txt": LINE.encode(),
    }


@pytest.mark.parametrize("suffix", [".docx", ".html", ".mht", ".pdf", ".txt"])
def test_a_sound_file_is_read(wholes, suffix):
    reading = outcome(wholes[suffix], f"a{suffix}")
    assert isinstance(reading, reader.FileText) and LINE in reading.text


@pytest.mark.parametrize("suffix", [".docx", ".html", ".mht", ".pdf"])
def test_a_torn_file(wholes, suffix):
    whole = wholes[suffix]
    for part in range(1, 8):
        assert is_told(outcome(whole[: len(whole) * part // 8], f"a{suffix}"))


@pytest.mark.parametrize("suffix", [".docx", ".html", ".pdf"])
def test_a_damaged_file(wholes, suffix):
    chance = random.Random(8)
    for _ in range(6):
        damaged = bytearray(wholes[suffix])
        for _ in range(40):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert is_told(outcome(bytes(damaged), f"a{suffix}"))


@pytest.mark.parametrize("suffix", sorted(detection.SUFFIXES))
def test_a_wrong_suffix_and_an_empty_file(wholes, suffix, in_process):
    for whole in wholes.values():
        assert isinstance(outcome(whole, f"a{suffix}"), reader.FileText)
    assert "没有一个汉字" in str(outcome(b"", f"a{suffix}"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_of_a_text(content):
    assert is_told(outcome(content, "a.txt"))


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.4\n", b"<html>"]),
    st.binary(max_size=3000),
)
def test_any_bytes_after_a_signature(signature, content):
    assert is_told(outcome(signature + content, "a.doc"))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("甲。\x07\r\x13\x14\x15\x0b", max_size=4), st.binary(max_size=9)),
        min_size=1,
        max_size=6,
    )
)
def test_any_pieces_of_an_old_word_document(paragraphs):
    given_text = {sign for text, _ in paragraphs for sign in text}
    read = ""
    with suppress(doc.BROKEN):
        read = blocks.write(doc.blocks(*files.old_word(*paragraphs)))
    assert {sign for sign in read if sign in "甲。"} <= given_text


@pytest.mark.parametrize("depth", [4, 60])
def test_nested_tables_of_a_word_document_are_told_once(depth):
    inner = p(LINE)
    for _ in range(depth):
        inner = table(row(cell(inner + p(""))))
    reading = outcome(archive(document(inner)), "a.docx")
    assert isinstance(reading, reader.FileText) and reading.text == LINE


def test_deeper_nesting_than_any_document_has():
    inner = p(LINE)
    for _ in range(3000):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert "改法：" in str(outcome(archive(document(inner)), "a.docx"))


@pytest.mark.parametrize("tag", ["div", "table", "span", "td"])
@pytest.mark.parametrize("depth", [200, 20_000])
def test_nested_elements_of_a_page(tag, depth):
    found = outcome(("<html><body>" + f"<{tag}>" * depth + LINE).encode(), "a.html")
    assert isinstance(found, str) or found.text == LINE


def test_a_bomb_is_not_unpacked():
    bomb = archive(document(p("甲" * (READING.expanded_bytes // 3 + 1))))
    assert len(bomb) < READING.largest_bytes and "展开后" in str(outcome(bomb, "a.docx"))


def test_entities_are_not_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("密密密", encoding="utf-8")
    outside = f'<!DOCTYPE d [<!ENTITY a SYSTEM "{secret.as_uri()}">]>' + document(p(LINE + "&a;"))
    found = outcome(archive(outside), "a.docx")
    assert isinstance(found, str) or "密" not in found.text
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE d [<!ENTITY a0 "甲">{names}]>' + document(p("&a9;") + p(LINE))
    found = outcome(archive(laughs), "a.docx")
    assert isinstance(found, str) or len(found.text) < 1000


def test_a_line_of_50_million_bytes():
    assert "大于" in str(outcome(b"a" * 50_000_000, "a.txt"))
    assert "万字" in str(outcome(b"a" * (READING.characters + 1), "a.txt"))


def test_a_table_of_a_billion_places():
    cells = "<td rowspan=100 colspan=100>甲</td>" * 20
    page = "<html><body><table>" + f"<tr>{cells}</tr>" * 200
    assert "改法：" in str(outcome(page.encode(), "a.html"))


def test_a_line_that_is_nearly_made_of_buttons():
    for words in ("打印", "分享到", "返回首页", "来源：", "首页>", "|打印|"):
        found = outcome((words * 60 + "乙").encode(), "a.txt")
        assert isinstance(found, reader.FileText) and found.text.endswith("乙")


@pytest.mark.parametrize(
    "code", ["while True: pass", "x = bytearray(10**10)", "import os; os.abort()"]
)
def test_a_reader_that_runs_wild_is_ended(tmp_path, code):
    limits = "from resource import *; setrlimit(RLIMIT_CPU, (1, 1)); setrlimit(RLIMIT_AS, (10**9, 10**9))"
    with pytest.raises(CorpusError, match="没有读完就中断了"):
        sandbox.answer(tmp_path / "a.html", [sys.executable, "-c", f"{limits}\n{code}"])


@pytest.mark.parametrize(
    "suffix, library", [(".docx", "docx"), (".html", "selectolax"), (".pdf", "pdfplumber")]
)
def test_a_missing_library_is_the_environment_s_fault_not_the_file_s(
    wholes, tmp_path, monkeypatch, suffix, library
):
    missing = f'raise ModuleNotFoundError("No module named {library!r}", name="{library}")'
    (tmp_path / f"{library}.py").write_text(missing, encoding="utf-8")
    monkeypatch.setattr(sandbox, "_ROOT", f"{tmp_path}{os.pathsep}{sandbox._ROOT}")
    refusal = str(outcome(wholes[suffix], f"a{suffix}"))
    assert f"运行环境缺少库 {library}" in refusal and "残缺" not in refusal
    assert refusal.endswith("改法：删去 .venv，重新运行 make 建立环境")


def test_an_undefined_name_in_our_own_code_is_not_the_file_s_fault():
    found = []
    for place in (formats_main.__file__, "/site-packages/library.py"):
        try:
            exec(compile("undefined", place, "exec"))
        except NameError as error:
            found.append(formats_main._fault(error)[0])
    assert "程序有误（pipeline/reading/formats/__main__.py 第 1 行" in found[0]
    assert "多半是文件残缺（NameError" in found[1]


def test_a_format_that_no_reader_reads_is_not_the_file_s_fault(tmp_path):
    with pytest.raises(AssertionError) as raised:
        formats_main._read("odt", tmp_path / "a.odt")
    assert "程序有误（pipeline/reading/formats/__main__.py" in formats_main._fault(raised.value)[0]
