"""Pages of documents that cite, repeal and prolong each other: a small corpus of our own wording."""

import html
import json
import re

import pytest

from support.site import ask, visible
from support.small_corpus import CITING


@pytest.fixture
def site(small_site):
    return small_site


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
    assert {d: s for d, s in ask(small, "select document_id, status from documents") if d in CITING} == {
        "law": "有效（未见废止）", "old": "已废止", "new": "已过有效期", "term": "有效", "longer": "有效", "jx": "有效（未见废止）",
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
    assert "Documents to be collected" in text and "Documents citing it" in text
    text = visible(await page(site, "/-/document/new?_lang=en"))
    assert "not collected" in text and html.unescape("《国家节水条例》") in text
    assert "Cited by" in visible(await page(site, "/-/document/law?_lang=en"))
