"""Files of every format come to the same plain text; what cannot be read is refused in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.settings import READING
from pipeline.language.normalization import tidy
from pipeline.reading.formats import reader

ARTICLES = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自公布之日起施行。"
PAGE = "<html><head><title>某办法</title></head><body>{}</body></html>"


@pytest.mark.parametrize(
    "content, name, found",
    [
        (b"{\\rtf1 x}", "a.doc", "RTF"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "a.doc", "2003 XML"),
        (b"PK\x03\x04 torn", "a.docx", "残缺"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "a.doc", "残缺"),
        (b"%PDF-1.4 torn", "a.pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "a.txt", "不是文字"),
        (PAGE.format("<p>Sign in to continue. Terms. Privacy. 登录</p>"), "a.html", "几乎没有中文"),
        (PAGE.format(""), "a.html", "没有一个汉字"),
        (b"", "a.pdf", "没有一个汉字"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(read, refusal, content, name, found):
    assert found in refusal(content, name)


def test_an_ofd_is_refused_with_a_way_out(refusal, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "x", "w") as file:
        file.writestr("OFD.xml", "<ofd/>")
    assert "OFD" in (told := refusal((tmp_path / "x").read_bytes(), "a.ofd")) and "PDF" in told


# Lines and titles.
@pytest.mark.parametrize(
    "lines, whole",
    [
        (["为了规范甲事，保障各方的合法权益，根据有关法律和本市", "实际，制定本办法。"], 1),
        (["为了规范甲事，保障各方的合法权益，根据有关法律和本市", "（一）实际，制定。"], 2),
        (["为了规范甲事，保障各方的合法权益，制定本办法。", "实际，制定本办法。"], 2),
        (["关于印发某市某事管理办法实施细则试行稿的通知", "各区，各部门："], 2),
        (["符合条件的，由区主管部门在三十日内出具证明并予公示", "某市人民政府"], 2),
    ],
)
def test_a_sentence_that_was_broken_is_whole_again(read, lines, whole):
    page = PAGE.format("".join(f"<p>{line}</p>" for line in lines))
    assert read(page, "a.html").text.count("\n") == whole - 1


@given(st.text(alphabet="第一条甲。，：\n |#　\t-办法打印【】"))
def test_any_text_is_read_tidy(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_text(f"甲{text}", encoding="utf-8")
    read = reader.read(path).text
    assert read == tidy(read)
    assert set(read) <= set(f"甲{text}")


def test_a_line_that_is_too_long_is_refused_with_its_number(refusal):
    """Some expressions take time with the square of a line."""
    told = refusal("第一条 甲。\n" + "甲" * (READING.line + 1), "a.txt")
    assert "第 2 行" in told and "按条款分行" in told
