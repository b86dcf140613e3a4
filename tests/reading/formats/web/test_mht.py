"""A web archive is read as its page."""

ARTICLES = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自公布之日起施行。"
PAGE = "<html><head><title>某办法</title></head><body>{}</body></html>"


def test_a_web_archive_is_read_as_its_page(read):
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    part = "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
    raw = (head + part).encode() + PAGE.format(f"<p>{ARTICLES[:17]}</p>").encode("gbk")
    assert read(raw + b"\n--b--\n", "a.mht").text == ARTICLES[:17]
