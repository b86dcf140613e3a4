"""In English the pages of a reader have no Chinese word but those that are Chinese by nature."""

import re
from html.parser import HTMLParser

import pytest

from pipeline.core.errors import CorpusError
from pipeline.matters import english_names
from pipeline.site.english import names, quantities, translate
from support.site import ask

HAN = re.compile(r"[㐀-鿿]")
# Headlines, titles of documents with the place in them, remarks and search records of the editors, the
# paper's statements, citations with their 文号; and quotations.
CHINESE = {"headline-text", "doc-title", "remark", "statement", "citation"}
QUOTES = {"q", "blockquote", "mark", "code", "textarea"}


class Chinese(HTMLParser):
    """The Chinese of a page: `stray` outside the elements that may hold it, `unmarked` without lang."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open, self.stray, self.unmarked = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        within = self.open[-1][1:] if self.open else (False, False)
        allowed = tag in QUOTES or not CHINESE.isdisjoint((given.get("class") or "").split())
        chosen = "hreflang" in given  # the other language, in the footer
        allowed, marked = within[0] or allowed or chosen, within[1] or given.get("lang") == "zh-CN"
        for key in ("title", "aria-label", "placeholder", "data-label"):
            if HAN.search(given.get(key) or "") and not allowed:
                self.stray.append(given[key])
        if tag not in translate.VOID:
            self.open.append((tag, allowed, marked))

    def handle_endtag(self, tag):
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if HAN.search(data) and self.open:
            _, allowed, marked = self.open[-1]
            if not allowed:
                self.stray.append(data.strip())
            if not marked:
                self.unmarked.append(data.strip())


def addresses(kb):
    yield from ("/", "/?date=2018")
    for (topic,) in ask(kb, "select topic_id from topics"):
        yield f"/-/topic/{topic}"
    for (matter,) in ask(kb, "select matter_id from matters where origin = 'coded'"):
        yield f"/-/matter/{matter}"


async def test_every_home_topic_and_matter_page_can_be_read_without_chinese(site, kb):
    stray, unmarked = [], []
    for path in addresses(kb):
        answer = await site.client.get(f"{path}{'&' if '?' in path else '?'}_lang=en")
        page = Chinese(answer.text)
        stray += [(path, text) for text in page.stray]
        unmarked += [(path, text) for text in page.unmarked]
    assert not stray
    assert not unmarked


def test_what_is_no_name_or_quotation_is_stray():
    page = Chinese(
        '<p>甲<q>乙</q><span lang="zh-CN" class="remark">丙</span><i title="丁"></i></p>'
    )
    assert (page.stray, page.unmarked) == (["甲", "丁"], ["甲", "乙"])


def test_names_of_this_edition_are_known_and_its_regions_in_short(kb):
    known, regions = names.read(kb)
    assert "上海市" in regions
    for name, english in known.items():
        assert english.strip() and not HAN.search(english), name


@pytest.mark.parametrize(
    "chinese, english",
    [
        ("2000万元", "20 million yuan"),
        ("20万元", "200,000 yuan"),
        ("至多1亿元", "at most 100 million yuan"),
        ("10—1000万元", "100,000–10 million yuan"),
        ("1000—3000万元", "10–30 million yuan"),
        ("每辆每年60—360元", "60–360 yuan per vehicle a year"),
        ("每月至多1年", "at most 1 year a month"),
        ("5000元—5万元", "5,000–50,000 yuan"),
        ("15个工作日", "15 working days"),
        ("12 万元以上", "120,000 yuan or more"),
        ("2018年", None),
        ("3000万元资助", None),
        ("3000万人次", None),
    ],
)
def test_quantities(chinese, english):
    assert quantities.translate(chinese) == english


@pytest.mark.parametrize(
    "line, found",
    [
        ('"甲" = "First 甲"', "有汉字"),
        ('"甲" = 1', "类型不对"),
        ('"甲" = " "', "是空的"),
    ],
)
def test_a_name_without_english_is_told_in_one_line(tmp_path, line, found):
    file = tmp_path / "english_names.toml"
    file.write_text(f"[affects]\n{line}\n[tiers]\n[answers]\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"\[affects\].*{found}.*改法"):
        english_names.load(file)


def test_a_name_in_use_must_be_listed(tmp_path):
    file = tmp_path / "english_names.toml"
    text = '[affects]\n"甲类" = "kind A"\n[tiers]\n[answers]\n'
    file.write_text(text, encoding="utf-8")
    english_names.check_complete({"affects": ["甲类"]}, file)
    with pytest.raises(CorpusError, match=r"\[affects\]：没有 '乙类'.*改法"):
        english_names.check_complete({"affects": ["甲类", "乙类"]}, file)
