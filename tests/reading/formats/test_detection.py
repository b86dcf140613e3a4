"""The content tells what a file is; its name is only compared with it."""

import pytest

from pipeline.reading.formats import detection
from support import files
from support.files import p, pdf, shown

ARTICLES = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自公布之日起施行。"
PAGE = "<html><head><title>某办法</title></head><body>{}</body></html>"


@pytest.mark.parametrize(
    "content, name, kind, warning",
    [
        (ARTICLES, "a.txt", "txt", None),
        (ARTICLES, "a.md", "md", None),
        (ARTICLES, "a.pdf", "txt", "扩展名是 .pdf，内容是纯文本"),
        (PAGE.format(f"<p>{ARTICLES}</p>"), "a.htm", "html", None),
        (PAGE.format(f"<p>{ARTICLES}</p>"), "a.doc", "html", "扩展名是 .doc，内容是网页"),
        (PAGE.format(f"<p>{ARTICLES}</p>"), "a.txt", "html", "扩展名是 .txt，内容是网页"),
        (
            files.archive(files.document(p(ARTICLES))),
            "a.doc",
            "docx",
            "扩展名是 .doc，内容是Word 文档",
        ),
        (
            pdf(shown("第一条 为了规范甲事，制定本办法。", 60, 700)),
            "a",
            "pdf",
            "没有扩展名，内容是PDF",
        ),
    ],
)
def test_the_content_tells_what_a_file_is(read, content, name, kind, warning):
    reading = read(content, name)
    assert (reading.format, reading.warnings) == (kind, [warning] if warning else [])


def test_every_name_of_a_format_has_a_suffix():
    assert set(detection.SUFFIXES.values()) == set(detection.NAMES)
