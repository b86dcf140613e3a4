"""Pages of documents that cite, repeal and prolong each other: a small corpus of our own wording."""

import html
import json
import re

import pytest

from support.building import built, write_document
from support.site import ask, running, serve, visible

TEXTS = {
    "law": ("国家水价法", "000000", "法律", "2000-01-01", "第一条 水价由政府定。\n第二条 水费按月收。\n用水户按期缴纳。"),
    "old": ("上海市用水办法", "310000", "地方政府规章", "2005-01-01", "第一条 用水登记。\n第二条 本办法自2005年2月1日起施行。"),
    "new": ("上海市水价办法", "310000", "行政规范性文件", "2012-01-01",
            "第一条 根据《国家水价法》第二条第二款和《国家节水条例》，制定本办法。\n第二条 水费每户每月10元。\n"
            "第三条 违反本办法第二条规定的，依照《国家节水条例》（国务院令第999号）处罚。\n"
            "第四条 本办法自2012年2月1日起施行。《上海市用水办法》同时废止。"),
    "term": ("上海市排水办法", "310000", "行政规范性文件", "2015-01-01",
             "第一条 排水许可，适用《国家节水条例》。\n第二条 本办法自2015年2月1日起施行，有效期五年。"),
    "jx": ("嘉兴市节水办法", "330400", "行政规范性文件", "2019-01-01", "第一条 用水单位应当节水。"),
    "longer": ("关于延长有关文件有效期的通知", "310000", "行政规范性文件", "2019-12-01",
               "经评估，《上海市排水办法》有效期延长至2029年1月31日。\n本通知自2019年12月1日起施行，有效期至2029年1月31日。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """kb.db of the six texts."""
    folder = tmp_path_factory.mktemp("cited")
    for name, (title, region, level, issued, text) in TEXTS.items():
        write_document(folder / "corpus", f"texts/{name}.txt", text, id=f'"{name}"', title=f'"{title}"', region=f'"{region}"',
                       level=f'"{level}"', issued=issued, text_kind='"official"')  # fmt: skip
    return built(folder / "corpus", folder)


@pytest.fixture(scope="module")
async def site(small):
    """The site of that corpus."""
    async with running(serve(small)) as datasette:
        yield datasette


async def page(site, path):
    answer = await site.client.get(path)
    assert answer.status_code == 200, path
    return answer.text


async def test_a_clause_lists_what_it_cites_with_links(site, small):
    text = await page(site, "/-/document/new")
    (clause,) = re.findall(r'(?s)<article class="unit" id="new__art_1">.*?</article>', text)
    assert (
        'href="/-/clause/law__art_2__para_2"' in clause
        and "《国家水价法》第二条第二款" in visible(clause)
    )
    assert re.search(r"《国家节水条例》\s*未收入", visible(clause))
    data = json.loads(await page(site, "/-/document/new.json"))
    named = [one["citation_id"] for block in data["clauses"] for one in block["names"]]
    assert sorted(named) == [row[0] for row in ask(small, "select citation_id from citations where clause_id like "
                                                          "'new\\_\\_%' escape '\\' order by 1")]  # fmt: skip


async def test_a_document_says_who_cites_it(site):
    data = json.loads(await page(site, "/-/document/law.json"))
    assert [
        (by["document_id"], [one["clause_id"] for one in by["clauses"]]) for by in data["cited_by"]
    ] == [("new", ["new__art_1"])]
    text = await page(site, "/-/document/law")
    assert "被引用" in visible(text) and 'href="/-/clause/new__art_1"' in text


@pytest.mark.parametrize("document_id, line, source", [
    ("old", "2012-02-01 废止（依据：废止条款）", "new__art_4"),
    ("new", "2012-02-01 施行（依据：施行条款）", "new__art_4"),
    ("new", "推定有效期至 2017-01-31（依据：规则推定）", None),
    ("term", "有效期至 2020-01-31（依据：有效期条款）", "term__art_2"),
    ("term", "延长有效期至 2029-01-31（依据：延长有效期）", "longer__para_1"),
])  # fmt: skip
async def test_every_event_of_validity_leads_to_the_words_that_say_it(
    site, document_id, line, source
):
    text = await page(site, f"/-/document/{document_id}")
    (found,) = [
        event
        for event in re.findall(r'(?s)<span class="event">.*?</span>(?=；|\s*</p>)', text)
        if line in event
    ]
    assert (f'href="/-/clause/{source}"' in found) == (source is not None)
    if source is None:
        assert "沪" not in line and "上海市人民政府令第26号" in found


async def test_the_state_follows_from_the_texts(small):
    assert dict(ask(small, "select document_id, status from documents")) == {
        "law": "未知", "old": "已废止", "new": "已过有效期", "term": "有效", "longer": "有效", "jx": "未知",
    }  # fmt: skip


async def test_what_is_not_collected_is_listed_by_need(site, small):
    data = json.loads(await page(site, "/-/uncollected.json"))
    assert [
        (row["title"], row["number"], row["documents"], row["times"]) for row in data["rows"]
    ] == [("国家节水条例", "国务院令第999号", 2, 3)]
    for path in ("/-/uncollected", "/kb/uncollected", "/kb/citation_overview", "/kb/citations"):
        assert "国家节水条例" in visible(await page(site, path))
    assert "/-/uncollected" in await page(site, "/") and "/-/uncollected" in await page(
        site, "/-/addresses"
    )


async def test_the_pages_read_in_english(site):
    text = visible(await page(site, "/-/uncollected?_lang=en"))
    assert "To be collected" in text and "Documents citing it" in text
    text = visible(await page(site, "/-/document/new?_lang=en"))
    assert "not collected" in text and html.unescape("《国家节水条例》") in text
    assert "Cited by" in visible(await page(site, "/-/document/law?_lang=en"))
