"""In English the interface is translated and the data is not."""

import html
import re
import runpy
import sqlite3
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.english import phrases, translate
from support.site import DESCRIBED, QUERIES, core_pages, keys, pages, visible

HAN = re.compile(r"[㐀-鿿]")
# What a page calls by a name of the data, in places that are the interface's otherwise.
DATA = (
    (r"《.*》.*", "the title of a document and a place in it, heading one side of a comparison"),
)


def in_english(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}_lang=en"


class Reader(HTMLParser):
    """Texts of a page by the innermost element that they belong to, tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open, self.texts, self.tags = [], {}, []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in translate.VOID:
            self.open.append((tag, dict(attrs), len(self.tags)))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, (tag, self.open[-3:])
        self.open.pop()

    def handle_data(self, data):
        for tag, attrs, number in self.open:
            self.texts.setdefault((tag, number), [attrs, []])[1].append(data)

    def inside(self, name):
        """(attributes, text) of every such element."""
        return [
            (attrs, "".join(parts).strip())
            for (tag, _), (attrs, parts) in self.texts.items()
            if tag == name
        ]


# Phrases


@pytest.mark.parametrize(
    "chinese, said",
    [
        ("<h2>差异</h2>", "<h2>Gaps</h2>"),
        ("<p>  未查得 </p>", "<p>  Not found in this corpus </p>"),
        ("<small>政策差异，截至 2018-12-31</small>", "<small>policy gaps as of 2018-12-31</small>"),
        ("<p>首台（套） · 有差别：3 项</p>", "<p>First-set equipment · Differs: 3</p>"),
        ('<b title="分量 0.45">x</b>', '<b title="Importance 0.45">x</b>'),
        ('<input placeholder="检索条款">', '<input placeholder="Search clauses">'),
        ('<input type="submit" value="检索">', '<input type="submit" value="Search">'),
        ('<input type="text" value="检索">', '<input type="text" value="检索">'),
        ("<h1>上海市 → 嘉兴市</h1>", "<h1>Shanghai → Jiaxing</h1>"),
        ("<dd>3,000万元</dd>", "<dd>30 million yuan</dd>"),
        ("<td>3,000万元</td>", "<td>30 million yuan</td>"),
        (
            "<p>办理部门：甲局。政策工具：补贴。</p>",
            "<p>Handled by: 甲局. Instrument: subsidy. </p>",
        ),
        ("<p>只找“补贴”</p>", "<p>only “补贴”</p>"),
        ("<li>某某办法：差异</li>", '<li lang="zh-CN">某某办法：差异</li>'),
        ("<p>按产业导向定出政策</p>", '<p lang="zh-CN">按产业导向定出政策</p>'),
    ],
)
def test_phrases(chinese, said):
    assert translate.translate(chinese) == said


@pytest.mark.parametrize("tag", ["blockquote", "q", "pre", "code", "mark", "textarea"])
def test_what_carries_data_is_left(tag):
    said = translate.translate(f"<p><{tag}>差异</{tag}></p>")
    assert re.fullmatch(f'<p><{tag}( lang="zh-CN")?>差异</{tag}></p>', said)


@pytest.mark.parametrize(
    "page",
    [
        '<script>var a = "差异"; if (a<b) {}</script>',
        "<style>a::before { content: '差异' }</style>",
        "<!-- 差异 -->",
        '<div class="clause">差异<b title="差异">差异</b></div>',
        '<p class="citation">差异</p>',
    ],
)
def test_scripts_comments_and_clauses_keep_every_character(page):
    assert translate.translate(page).replace(' lang="zh-CN"', "") == page


@pytest.mark.parametrize(
    "content, fault",
    [
        ({"a": {"甲 {}": "A"}}, "空位"),
        ({"a": {"甲": "A"}, "b": {"甲": "B"}}, "已有这一句"),
        ({"a": {"甲": 1}}, "不是文字"),
        ({"a": {" 甲": "A"}}, "空格"),
        ({"甲": "A"}, "不是一节"),
    ],
)
def test_a_fault_in_the_table_says_where_what_and_how_to_mend_it(content, fault):
    with pytest.raises(ValueError, match=f"english.toml.*{fault}.*改法"):
        phrases.Phrases(content)


def test_a_file_that_is_no_toml_is_named(tmp_path):
    file = tmp_path / "x.toml"
    file.write_text("甲 = ", encoding="utf-8")
    with pytest.raises(ValueError, match="x.toml.*改法"):
        phrases.load(file)


# Links


@pytest.mark.parametrize(
    "address, kept",
    [
        ("/", "/?_lang=en"),
        ("/-/topic/a?kind=b#c", "/-/topic/a?kind=b&_lang=en#c"),
        ("?a=b", "?a=b&_lang=en"),
        ("http://here/kb?_next=1", "http://here/kb?_next=1&_lang=en"),
        *((same, same) for same in (
            "#c", "https://there/", "//there/x", "/assets/kb.css", "/kb/gaps.json?a=b", "/kb/a.csv", "/kb/a.xlsx",
            "/kb.db", "/llms.txt", "/x?_lang=en", "javascript:x", "http://[", "",
        )),
    ],
)  # fmt: skip
def test_internal_links_keep_the_language(address, kept):
    assert translate.with_language(address, "here") == kept


def test_an_address_is_not_rewritten_otherwise():
    """&region is no ®ion."""
    said = translate.translate('<a href="/x?a=1&region=2&amp;b=%20#c">x</a>')
    assert said == '<a href="/x?a=1&region=2&amp;b=%20&amp;_lang=en#c">x</a>'


def test_forms_keep_the_language():
    said = translate.translate('<form action="/x"></form><form method="post" action="/x"></form>')
    assert (
        said
        == f'<form action="/x">{translate.LANGUAGE_FIELD}</form><form method="post" action="/x"></form>'
    )


async def test_every_link_and_form_of_a_page_keeps_the_language(site, kb):
    for path in pages(kb) + core_pages(kb)[:4]:
        page = (await site.client.get(in_english(path))).text
        for tag, attrs in Reader(page).tags:
            if tag == "a" and "hreflang" not in attrs and "href" in attrs:
                assert translate.with_language(attrs["href"], "localhost") == attrs["href"], path
        assert page.count("<form") == page.count(translate.LANGUAGE_FIELD)


async def test_a_redirection_stays_in_english(site, kb):
    answer = await site.client.get(f"/-/clause/{keys(kb)['clause']}?_lang=en")
    assert re.search(r"\?_lang=en#.", answer.headers["location"])


async def test_the_footer_leads_to_the_other_language_and_back(site, kb):
    path = f"/-/topic/{keys(kb)['topic']}?date=2018"
    for asked in (path, in_english(path)):
        tags = Reader((await site.client.get(asked)).text).tags
        found = {attrs["hreflang"]: attrs["href"] for _, attrs in tags if "hreflang" in attrs}
        assert found == {"zh-CN": path, "en": in_english(path)}


# Pages


@pytest.mark.parametrize("query", [b"", b"a=1", b"_lang=fr", b"_lang=", b"x_lang=en"])
async def test_without_the_argument_the_site_answers_as_it_is(query):
    """The site gets the very question and sends to the very reader: not a byte can differ."""
    seen, given = [], ({"type": "http", "query_string": query}, object(), object())

    async def app(*arguments):
        seen.extend(arguments)

    plugin = runpy.run_path("pipeline/site/plugins/language.py")
    await plugin["asgi_wrapper"](None)(app)(*given)
    assert all(one is other for one, other in zip(seen, given, strict=True))


async def test_an_unknown_language_is_ignored(site, kb):
    for path in pages(kb)[:3]:
        page = (await site.client.get(in_english(path).replace("=en", "=fr"))).text
        assert '<html lang="zh-CN">' in page and translate.LANGUAGE_FIELD not in page


async def test_the_interface_of_every_page_is_in_english(site, kb):
    left = []
    for path in pages(kb):
        answer = await site.client.get(in_english(path))
        assert answer.status_code == 200
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert '<html lang="en">' in answer.text
        reader = Reader(answer.text)
        assert not HAN.search("".join(text for _, text in reader.inside("nav")))
        for name in ("dt", "button", "label", "legend", "summary", "h2", "caption"):
            left += [(path, name, text) for attrs, text in reader.inside(name)
                     if "part" not in attrs.get("class", "")]  # fmt: skip
        left += [
            (path, "th", text) for attrs, text in reader.inside("th") if attrs.get("scope") == "col"
        ]
    wrong = [
        one for one in left
        if HAN.search(one[2]) and not any(re.fullmatch(data, one[2]) for data, _ in DATA)
    ]  # fmt: skip
    assert not wrong


async def test_tables_have_english_column_headers(site, kb):
    for path in core_pages(kb):
        if path.startswith("/kb/-/"):
            continue
        reader = Reader((await site.client.get(in_english(path))).text)
        for attrs, text in reader.inside("th") + reader.inside("summary"):
            assert attrs.get("scope") == "row" or not HAN.search(text), (path, text)


async def test_no_word_of_the_sources_changes(site, kb):
    for path in [*pages(kb), f"/-/document/{keys(kb)['document']}"]:
        chinese = Reader((await site.client.get(path)).text)
        said = Reader((await site.client.get(in_english(path))).text)
        for name in ("blockquote", "q", "code", "mark"):
            assert [t for _, t in said.inside(name)] == [t for _, t in chinese.inside(name)]
        clauses = [
            [t for attrs, t in page.inside("div") if attrs.get("class") == "clause"]
            for page in (chinese, said)
        ]
        assert clauses[0] == clauses[1]


async def test_not_found_never_reads_as_none(site, kb):
    with sqlite3.connect(kb) as conn:
        (matter,) = conn.execute(
            "select min(matter_id) from gaps where outcome = 'uncollected' and comparison_id = 'sh-jx'"
        ).fetchone()
    text = visible((await site.client.get(in_english(f"/-/matter/{matter}"))).text)
    assert "not mean that no rule exists" in text
    assert not re.search(r"\b(none|nothing|does not exist)\b", text, re.IGNORECASE)


async def test_other_answers_are_untouched(site):
    for path in ("/kb/gap_overview.json?_size=2", "/-/claims.json", "/kb/topics.csv", "/llms.txt"):
        plain = (await site.client.get(path)).text
        said = (await site.client.get(in_english(path))).text
        assert re.sub(r'"query_ms": [\d.]+', "", said) == re.sub(r'"query_ms": [\d.]+', "", plain)


async def test_an_error_is_in_english(site):
    answer = await site.client.get("/-/topic/nothing-of-the-kind?_lang=en")
    assert answer.status_code == 404
    assert "No topic with the id “nothing-of-the-kind”" in answer.text


# Safety and speed


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(2)>"])
def test_hostile_data_in_a_placeholder_stays_escaped(bad):
    page = (
        f'<p title="没有编号为“{html.escape(bad)}”的文件">没有编号为“{html.escape(bad)}”的文件</p>'
    )
    said = translate.translate(page)
    assert "<script" not in said and "<img" not in said
    ((tag, attrs),) = Reader(said).tags
    assert attrs["title"] == f"No document with the id “{bad}”"


async def test_markup_in_an_address_is_shown_not_run(site):
    bad = quote('<img src=x onerror=alert(1)>"', safe="")
    for path in (
        f"/-/topic/{bad}?_lang=en",
        f"/?_lang=en&x={bad}",
        f"/kb/clauses?_search={bad}&_lang=en",
    ):
        assert "<img src=x" not in (await site.client.get(path)).text


TEXT = st.text(
    st.sampled_from("差异条款未查得甲乙，。；：· ›（）{}n0129.<>&\"'/a\n　→"), max_size=60
) | st.text(max_size=60)


@given(TEXT)
def test_any_text_stays_well_formed_and_complete(text):
    said = translate.translate(f"<p>{html.escape(text)}</p>")
    (_, inner) = ([*Reader(said).inside("p")] or [({}, "")])[0]
    assert re.fullmatch(r'(?s)<p( lang="zh-CN")?>[^<>]*</p>', said)
    if phrases.load().translate(text) is None:
        assert said.replace(' lang="zh-CN"', "") == f"<p>{html.escape(text)}</p>"
    else:
        assert html.unescape(inner)


@given(st.text(st.sampled_from("<>/\"'= apq差异&;!-\n"), max_size=80))
def test_any_markup_keeps_its_characters(text):
    """Whatever it is taken for, only what is replaced is gone."""
    said = translate.translate(text, phrases=phrases.Phrases({}))
    assert said.replace(' lang="zh-CN"', "").replace(translate.LANGUAGE_FIELD, "") == text


@given(TEXT)
def test_data_of_a_placeholder_is_kept(text):
    said = phrases.Phrases({"a": {"第{}号文件": "document no. {}"}}).translate(
        f"第甲{text}乙号文件"
    )
    if said is not None and len(text) < 50:
        kept = re.sub(r"[ \t\r\n]+", " ", f"甲{text}乙")
        assert said == f"document no. {kept}"


def test_every_table_column_and_query_has_its_english():
    """What metadata.yaml and datasette.yaml say of them; a new one asks for its phrase."""
    translated = phrases.load().translate
    texts = [text for table in DESCRIBED.values() for text in table["columns"].values() if text]
    for about in (*DESCRIBED.values(), *QUERIES.values()):
        texts += [about["title"], about["description"]]
    assert not sorted({text for text in texts if translated(text) is None})
