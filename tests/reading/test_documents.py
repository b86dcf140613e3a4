"""Documents: a file of the corpus as text, its head kept apart."""

import pytest

from pipeline.core.errors import CorpusError
from pipeline.language.normalization import tidy
from pipeline.reading import sources
from pipeline.reading.documents import read as read_document
from pipeline.reading.documents import split_head
from pipeline.reading.formats.web import boilerplate
from support.manifest import KNOWN, TEXT, entry


@pytest.mark.parametrize(
    "text, body",
    [
        ("# 某办法\n\n第一条 甲。", "第一条 甲。"),
        ("某办法\n\n第一条 甲。", "第一条 甲。"),
        ("---\nnumber: 某发〔2019〕1号\n---\n# 某办法\n第一条 甲。", "第一条 甲。"),
        (
            "# 某办法\n2019年公布\n<!-- INFO END -->\n## 第一章 总则\n第一条 甲。",
            "第一章 总则\n第一条 甲。",
        ),
        ("第一条 甲。", "第一条 甲。"),
    ],
)
def test_the_head_is_kept_apart(text, body):
    assert split_head(tidy(text), "某办法")[1] == body


@pytest.mark.parametrize(
    "text, found",
    [
        (b"", "没有一个汉字"),
        ("# 某办法\n\n".encode(), "没有正文"),
        (bytes(range(256)), "不是文字"),
    ],
)
def test_a_document_that_cannot_be_read(corpus, text, found):
    (source,) = sources.read(corpus(entry(text), text), KNOWN)
    with pytest.raises(CorpusError, match=found):
        read_document(source)


def test_a_document_in_another_encoding(corpus):
    (source,) = sources.read(corpus(entry(TEXT.encode("gbk")), TEXT.encode("gbk")), KNOWN)
    assert read_document(source).text == TEXT.strip()


def test_what_is_odd_about_a_file_is_told(corpus, capsys):
    page = f"<html><body><p>{TEXT}</p></body></html>".encode("gbk")
    (source,) = sources.read(corpus(entry(page), page), KNOWN)
    read_document(source)
    assert "[a-1]：texts/a.md 扩展名是 .md，内容是网页" in capsys.readouterr().out


def test_a_faulty_data_file_of_the_readers_is_not_the_document_s_fault(corpus, monkeypatch):
    def faulty():
        raise CorpusError("corpus/patterns/pages.toml", "缺少 pattern", "补上 pattern = …")

    monkeypatch.setattr(boilerplate, "patterns", faulty)
    (source,) = sources.read(corpus(entry()), KNOWN)
    with pytest.raises(CorpusError, match="^corpus/patterns/pages.toml：缺少 pattern"):
        read_document(source)
