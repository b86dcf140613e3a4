"""A text is read in whatever encoding it is, declared well, badly or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.formats import encodings

ARTICLES = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自公布之日起施行。"


# What a file is, and in which encoding.
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding(read, encoding):
    assert read(ARTICLES.encode(encoding), "a.txt").text == ARTICLES


@pytest.mark.parametrize("sign", ["镕", "〇", "㎡", "€"])
def test_a_page_that_declares_less_than_it_uses(read, sign):
    page = f'<html><head><meta charset="gb2312"></head><body><p>第一条 {sign}甲，制定本办法。</p></body></html>'
    assert sign in read(page.encode("gb18030"), "a.html").text


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head></head><body><p>{ARTICLES[:17]}</p><meta charset=gbk></body></html>",
        f"<html><head><meta charset=utf-8><meta charset=gbk></head><body><p>{ARTICLES[:17]}</p></body></html>",
        f"<html><head><meta charset=no-such-thing></head><body><p>{ARTICLES[:17]}</p></body></html>",
        f"<html><body><p>{ARTICLES[:17]}</p></body></html>",
    ],
    ids=["declared late", "declared twice, the first wrongly", "declared nonsense", "not declared"],
)
def test_a_page_that_declares_its_encoding_badly(read, page):
    assert read(page.encode("gbk"), "a.html").text == ARTICLES[:17]


@given(st.text(alphabet=st.sampled_from("甲乙丙丁办法规定〔〕（），。１2a \n"), min_size=1))
def test_decoding_gives_back_what_was_encoded(text):
    for encoding in ("utf-8", "gb18030"):
        decoded = encodings.decode(text.encode(encoding), [encoding])
        assert decoded is not None and decoded[0] == text
