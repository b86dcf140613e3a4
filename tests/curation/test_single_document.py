"""One document read whole: when it applies, what it ends."""

from dataclasses import replace

import pytest

from pipeline.curation import single_document
from pipeline.reading.metadata import metadata
from pipeline.structure import line_roles
from support import cases


@cases.table("metadata.period", "text", issued=None, effective=None, expires=None)
def test_from_when_to_when_a_paper_applies(text, issued, effective, expires):
    told = replace(
        metadata.read(text, "甲办法", None), title="甲办法", inner_title=None, issued=issued, body=0
    )
    parsed = single_document.parse(told, text)
    assert single_document.period(told, parsed) == (effective, expires)


@cases.table("metadata.repeal", "text", "titles")
def test_which_papers_a_paper_ends(text, titles):
    told = metadata.read(text, "丁办法", None)
    assert single_document.repeals(told, single_document.parse(told, text)) == tuple(titles)


ARTICLES = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自2019年4月1日起施行。\n"
NOTICE = (
    "嘉兴市人民政府关于印发《嘉兴市甲办法》的通知\n各县（市、区）人民政府：\n"
    "现将《嘉兴市甲办法》印发给你们，请遵照执行。\n嘉兴市人民政府\n2019年3月5日\n嘉兴市甲办法\n"
)


@pytest.mark.parametrize("text, count", [(ARTICLES, 1), (NOTICE + ARTICLES, 2)])
def test_the_whole_text_and_a_body_apart_are_laid_out_once_each(tmp_path, monkeypatch, text, count):
    texts = []

    def counted(text):
        texts.append(text)
        return read(text)

    read = line_roles.read
    monkeypatch.setattr(line_roles, "read", counted)
    file = tmp_path / "甲.txt"
    file.write_text(text, encoding="utf-8")
    assert single_document.read(file).shape.articles == 2
    assert len(texts) == len(set(texts)) == count


@pytest.mark.parametrize(
    "title, kept, warnings",
    [
        ("嘉兴市甲条例", 1, ("收录文本止于第一条，未见施行日期等附则，疑不完整",)),
        ("嘉兴市甲条例", 2, ()),
        ("嘉兴市甲办法", 1, ()),  # not known to be a rule that must say when it begins
        ("嘉兴市甲条例（征求意见稿）", 1, ()),
    ],
)
def test_a_text_that_stops_early_is_a_warning(tmp_path, title, kept, warnings):
    file = tmp_path / "甲.txt"
    lines = ARTICLES.splitlines()[:kept]
    file.write_text("\n".join([title, *lines]), encoding="utf-8")
    assert single_document.read(file).warnings == warnings
