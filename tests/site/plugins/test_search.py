"""Datasette's own search on tables, and the stored queries."""

from urllib.parse import quote

import pytest

from support.site import ARGUMENTS, QUERIES, ask


# Search
async def test_escape_fts_is_ours(site):
    result = await site.get_database("kb").execute("select escape_fts('积分')")
    assert result.single_value() == '"积 分"'


@pytest.mark.parametrize("word", ["积分", "人才", "收费"])
@pytest.mark.parametrize("table, where", [("clauses", ""), ("clause_overview", "and is_unit = 1")])
async def test_search_finds_a_word_wherever_it_stands(site, kb, word, table, where):
    truth = ask(kb, f"select count(*) from clauses where instr(text, ?) {where}", word)[0][0]
    response = await site.client.get(f"/kb/{table}.json?_search={word}&_extra=count")
    assert response.json()["count"] == truth > 0


async def test_the_search_box_keeps_the_words_and_hits_are_marked(site):
    page = (await site.client.get("/kb/clause_overview?_search=积分")).text
    assert 'name="_search" aria-label="检索" placeholder' in page
    assert 'value="积分"' in page
    assert "<mark>积分</mark>" in page


@pytest.mark.parametrize("words", ['"', "*", "a OR", "(", "；", "NEAR(", "-", "积分 -", "𠮷", "'"])
async def test_no_search_is_an_error(site, words):
    for path in ("/kb/clauses?_search=", "/kb/search?q="):
        assert (await site.client.get(path + quote(words))).status_code == 200


async def test_every_stored_query_runs(site):
    for name in QUERIES:
        response = await site.client.get(f"/kb/{name}.json{ARGUMENTS}")
        assert response.json()["ok"] is True, name
    found = await site.client.get("/kb/search.json?q=积分")
    assert all("【积" in row["摘录"] for row in found.json()["rows"])
    assert found.json()["rows"]
