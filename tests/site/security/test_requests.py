"""The published profile answers readers and nobody else: methods, hosts, headers, caches, addresses (docs/security.md)."""

import re
from urllib.parse import urlsplit

import pytest

from support.site import core_pages, pages, published, running, serve

EVERY_KIND = [
    "/", "/.json", "/-/claims", "/-/claims.json", "/kb", "/kb/gaps?_size=1", "/kb/gaps.json?_size=1", "/kb/gaps.csv?_size=1",
    "/kb/search?q=积分", "/-/topic/chanye.xlsx", "/-/topic/chanye.docx", "/-/matrix/chanye.csv", "/assets/kb.css",
    "/-/static/app.css", "/favicon.ico", "/llms.txt", "/kb.db", "/-/jump.json?q=a",
]  # fmt: skip
ERRORS = [
    "/nothing", "/-/topic/nothing", "/-/topic/nothing.json", "/kb/nothing", "/kb/gaps?_sort=nothing", "/kb/-/query?sql=select+1",
    "/-/plugins", "/assets/nothing", "/?x=" + "y" * 9000, "/-/search?q=%22", "/kb/gaps.csv?_sort=nothing",
]  # fmt: skip
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
async def site(kb):
    """The published site."""
    async with running(published(kb)) as datasette:
        yield datasette


def is_safe(response) -> bool:
    """Whether an answer carries all headers, no cookie, and nothing that lets other sites read it."""
    sent = response.headers
    policy = sent["content-security-policy"]
    needed = (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return (
        all(sent.get(name) == value for name, value in HEADERS.items())
        and all(each in policy for each in needed)
        and not sent.keys() & {"set-cookie", "access-control-allow-origin", "x-powered-by"}
    )


@pytest.mark.parametrize("path", [*EVERY_KIND, *ERRORS])
async def test_every_kind_of_answer_has_the_headers(site, path):
    response = await site.client.get(path)
    assert response.status_code < 500 and is_safe(response), (path, dict(response.headers))
    assert "charset=utf-8" in response.headers["content-type"] or not response.text.isprintable()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])  # fmt: skip
async def test_no_other_method_reaches_a_page(site, method):
    for path in [*EVERY_KIND, "/kb/gaps/-/insert", "/-/create-token", "/nothing"]:
        response = await site.client.request(method, path)
        assert response.status_code == 405 and response.headers["allow"] == "GET, HEAD", path
        assert is_safe(response) and len(response.content) < 100


async def test_head_has_the_headers_of_get_and_no_body(site):
    for path in EVERY_KIND:
        response = await site.client.head(path)
        assert response.status_code in (200, 302) and not response.content, path


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "//evil.example/%2e%2e/", "/%2f%2fevil.example/", "/\\evil.example/", "/%5cevil.example/",
     "///evil.example/", "/.//evil.example/", "//evil.example/-/claims/", "/kb//evil.example/", "/;@evil.example/"],
)  # fmt: skip
async def test_no_address_leads_to_another_site(site, path):
    """The slash at the end makes Datasette send the reader on."""
    response = await site.client.get(path)
    assert response.status_code < 500
    if location := response.headers.get("location"):
        assert location.startswith("/") and location[1:2] not in ("/", "\\"), location
        assert urlsplit(location).netloc == ""


FORWARDED = [
    {"x-forwarded-host": "evil.example"}, {"forwarded": "host=evil.example;proto=http"}, {"x-original-url": "/-/plugins"},
    {"x-rewrite-url": "/-/plugins"}, {"x-forwarded-proto": "javascript"}, {"x-forwarded-prefix": "/evil.example"},
    {"x-http-method-override": "DELETE"}, {"x-forwarded-for": "127.0.0.1"}, {"accept-language": "evil.example"},
    {"referer": "https://evil.example/"}, {"origin": "https://evil.example"}, {"user-agent": "evil.example"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FORWARDED, ids=lambda headers: next(iter(headers)))
async def test_no_header_but_the_host_changes_a_page(site, headers):
    for path in ("/-/claims", "/kb/gaps.json?_size=1", "/nothing"):
        plain, other = await site.client.get(path), await site.client.get(path, headers=headers)
        assert (plain.status_code, plain.text) == (other.status_code, other.text)
        assert "evil.example" not in str(other.headers)


async def test_a_poisoned_answer_stays_with_its_host(site):
    """Pages print their own address: what one host asked for is not kept for another."""
    for path in ("/-/claims", "/-/topic/chanye", "/llms.txt", "/kb/gaps.json?_size=1"):
        await site.client.get(path, headers={"host": "evil.example"})
        page = await site.client.get(path)
        assert "evil.example" not in page.text + str(page.headers), path


async def test_a_host_with_markup_stays_text(site):
    for host in ('a"><script>alert(1)</script>', "a'onerror='alert(1)", "javascript:alert(1)"):
        for path in ("/-/claims", "/-/topic/chanye", "/kb/gaps?_size=1&as_of=*&comparison_id=*"):
            page = (await site.client.get(path, headers={"host": host})).text
            assert "<script>alert" not in page and "'onerror='" not in page, path
            assert not re.search(r'(?:href|src|action)="javascript:', page)


async def test_a_personal_answer_is_kept_by_nobody(site):
    for headers in (
        {"cookie": "ds_actor=x"},
        {"cookie": "ds_messages=x"},
        {"authorization": "Bearer x"},
    ):
        for path in ("/-/claims", "/kb/gaps.json?_size=1"):
            response = await site.client.get(path, headers=headers)
            assert "no-store" in response.headers["cache-control"] or response.status_code == 401


async def test_an_unknown_argument_is_not_kept_in_the_page(site):
    """Neither as markup nor as a link that another reader would follow."""
    for path in ("/", "/-/claims", "/-/topic/chanye"):
        page = (
            await site.client.get(f"{path}?callback=alert&next=//evil.example&x=%3Cscript%3E")
        ).text
        assert not re.search(r'(?:href|action)="(?:https?:)?//evil\.example', page)
        assert "<script>x" not in page and "=<script>" not in page


@pytest.mark.parametrize(
    "path",
    ["/assets/../publish.yaml", "/assets/..%2fpublish.yaml", "/assets/%2e%2e/publish.yaml", "/assets/....//publish.yaml",
     "/assets/..%5cpublish.yaml", "/assets//etc/passwd", "/-/static/../../../etc/passwd", "/-/static/%2e%2e%2f%2e%2e%2fapp.py",
     "/-/static-plugins/datasette/../x", "/kb.db/../publish.yaml", "/..%2f..%2fetc%2fpasswd", "/kb/..%2f..%2fkb.db",
     "/-/matrix/..%2f..%2fetc%2fpasswd.csv", "/-/topic/..%2f..%2fx.docx", "/-/matter/%2e%2e%2fx.xlsx", "/assets/kb.css%00.png",
     "/_internal.db", "/_internal", "/_memory", "/assets/", "/-/static/"],
)  # fmt: skip
async def test_no_path_leads_out_of_the_site(site, path):
    response = await site.client.get(
        path, follow_redirects=True
    )  # Datasette writes signs its own way
    assert response.status_code in (400, 403, 404), (path, response.status_code)
    assert "root:" not in response.text and "default_allow_sql" not in response.text


async def test_a_downloaded_file_is_named_safely(site, kb):
    """No name that a reader gives comes into a header."""
    for path in (
        "/-/topic/chanye.xlsx",
        "/-/matrix/chanye.csv",
        "/-/selection.docx",
        "/kb/gaps.xlsx?as_of=2018-12-31",
    ):
        response = await site.client.get(
            path + ("&" if "?" in path else "?") + 'name=%22%0d%0ax:y"'
        )
        name = response.headers["content-disposition"]
        assert re.fullmatch(
            r'attachment; filename="export\.\w+"; filename\*=UTF-8\'\'[\w%.~-]+', name
        )


async def test_every_page_loads_from_this_site_alone(site, kb):
    """Scripts, styles, pictures, frames; links may lead to sources."""
    for path in [*pages(kb), *core_pages(kb)]:
        page = (await site.client.get(path, follow_redirects=True)).text
        loaded = re.findall(
            r'<(?:script|img|iframe|source|embed|object)[^>]*?\s(?:src|data)="([^"]*)"', page
        )
        loaded += re.findall(
            r'<link[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]*)"', page
        )
        assert all(link.startswith(("/", "data:")) and link[:2] != "//" for link in loaded), path


async def test_what_opens_elsewhere_knows_nothing_of_this_page(site, kb):
    for path in pages(kb):
        page = (await site.client.get(path)).text
        for link in re.findall(r'<a [^>]*target="_blank"[^>]*>', page):
            assert "noopener" in link or "noreferrer" in link, link


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8001", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::2]"])  # fmt: skip
async def test_ones_own_site_answers_to_its_own_names_only(kb, host):
    async with running(serve(kb)) as own:
        for path in ("/", "/kb/-/query.json?sql=select+1", "/kb.db"):
            response = await own.client.get(path, headers={"host": host})
            assert response.status_code == 421 and is_safe(response)
        for name in ("127.0.0.1:8001", "localhost", "LOCALHOST:80", "[::1]:8001"):
            assert (await own.client.get("/-/claims", headers={"host": name})).status_code == 200
