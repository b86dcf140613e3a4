"""Laws of every page: in Chinese, with a JSON twin, no dead link, markup shown and not run."""

import html
import re

import pytest

from support.site import (
    ARGUMENTS,
    ENGLISH,
    QUERIES,
    ask,
    closed,
    core_pages,
    pages,
    running,
    serve,
    visible,
)

# Data that are not in Chinese: English names, and the key by which Datasette links to a row.
_DATA = re.compile(r'<span lang="en">.*?</span>|<td class="col-Link type-pk".*?</td>')


async def test_every_page_is_in_chinese(site, kb):
    for path in pages(kb) + core_pages(kb):
        response = await site.client.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        assert '<html lang="zh-CN">' in response.text
        text = visible(_DATA.sub("", response.text))
        assert re.search("[一-鿿]", text)
        assert not ENGLISH.search(text), (path, ENGLISH.search(text))


async def test_every_page_has_a_json_twin(site, kb):
    for path in pages(kb):
        name, _, arguments = path.partition("?")
        response = await site.client.get(f"{name}.json?{arguments}")
        assert response.status_code == 200, path
        assert response.json()["ok"] is True


@pytest.mark.parametrize(
    "path", ["topic", "matrix", "matter", "compare", "document", "clause", "claim", "department"]
)
@pytest.mark.parametrize("form", ["", ".json"])
async def test_an_unknown_key_is_not_found_in_chinese(site, path, form):
    response = await site.client.get(f"/-/{path}/nothing-of-the-kind{form}")
    assert response.status_code == 404
    assert "没有编号为" in (response.json()["error"] if form else response.text)


async def test_no_link_of_our_pages_is_dead(site, kb):
    links = set()
    for path in pages(kb):
        found = re.findall(r'href="(/[^"#]*)', (await site.client.get(path)).text)
        links |= {html.unescape(link) for link in found if not link.endswith(".db")}
    sample = sorted(links)[:: max(1, len(links) // 60)]
    for link in sample:
        response = await site.client.get(link, follow_redirects=True)
        assert response.status_code == 200, link


async def test_markup_in_the_data_is_shown_not_run(hostile):
    tables = ["/kb/clauses?_search=积分", "/kb/gap_overview", f"/kb/search{ARGUMENTS}"]
    async with running(serve(hostile)) as datasette:
        for path in [*pages(hostile), *tables]:
            response = await datasette.client.get(path, follow_redirects=True)
            assert response.status_code == 200
            # no two documents of the corpus answer each other; two pages show nothing of the sources
            assert "alert(" in response.text or path in ("/-/pairs", "/-/reliability", "/-/terms")
            assert "<script>alert" not in response.text
            assert "<img src=x" not in response.text


@pytest.mark.parametrize(
    "table, open_pages",
    [
        ("gaps", ("/-/uncollected", "/-/matrix", "/-/reliability", "/-/terms")),
        ("documents", ("/-/to-collect", "/-/reliability", "/-/terms")),
    ],
)
async def test_a_closed_table_closes_every_page_that_shows_it(kb, table, open_pages):
    async with running(serve(kb, closed(table))) as datasette:
        for path in [*pages(kb), "/.json"]:
            expected = 200 if path.startswith(open_pages) else 403
            assert (await datasette.client.get(path)).status_code == expected, path


@pytest.mark.parametrize(
    "path, has_inline",
    [
        ("/", False), ("/kb/clauses", False), ("/kb/clauses.json", False), ("/assets/kb.css", False),
        ("/-/topic/nothing", False), ("/-/search?q=x", False), ("/kb", True), ("/kb/-/query?sql=select+1", True),
        (f"/kb/{next(iter(QUERIES))}", True), ("/-/schema", True),
    ],
)  # fmt: skip
async def test_every_answer_keeps_to_itself(site, path, has_inline):
    headers = (await site.client.get(path)).headers
    sources = "default-src 'self' 'unsafe-inline';" if has_inline else "default-src 'self';"
    assert headers["content-security-policy"].startswith(sources)
    assert headers["x-content-type-options"] == "nosniff"


async def test_a_page_has_nothing_inline_that_its_policy_forbids(site, kb):
    for path in [*pages(kb), *core_pages(kb)]:
        answer = await site.client.get(path)
        if "'unsafe-inline'" not in answer.headers["content-security-policy"]:
            assert not re.search(r"<style|<script>| style=| on[a-z]+=", answer.text), path


async def test_the_plain_index_names_every_topic(site, kb):
    text = (await site.client.get("/llms.txt")).text
    assert (
        all(name in text for (name,) in ask(kb, "select name from topics"))
        and "未查得不等于没有" in text
    )
