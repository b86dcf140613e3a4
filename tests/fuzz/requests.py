"""Requests: every route with keys and arguments of any kind is answered, never with a fault of the site or with markup of the reader's."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import quote

from support.site import DESCRIBED, QUERIES, ask, published, serve

MARKUP = "<script>alert(1)</script>"
KEYED = [
    "topic",
    "matter",
    "matrix",
    "compare",
    "pair",
    "document",
    "revision",
    "claim",
    "department",
    "clause",
]
ALONE = ["", "-/claims", "-/departments", "-/uncollected", "-/to-collect", "-/pairs", "-/reliability", "-/terms", "-/selection",
         "-/addresses", "-/search", "-/", "-/jump", "llms.txt", "kb", "assets/kb.css", "-/static/app.css",
         "kb/-/query", "-/databases", "-/config", "kb/-/schema", "-/allowed", "favicon.ico", "robots.txt"]  # fmt: skip
FORMS = (
    [""] * 30
    + [".json"] * 12
    + [".csv"] * 4
    + [".json", ".csv", ".xlsx", ".docx", ".blob", ".db", ".atom", ".x"]
)
NAMES = ["comparison", "date", "kind", "q", "region", "topic", "_lang", "m", "item", "matter", "page", "department", "_search", "_where",
         "_sort", "_sort_desc", "_facet", "_facet_array", "_facet_date", "_facet_size", "_size", "_next", "_shape", "_labels", "_extra",
         "_col", "_nocol", "_nofacet", "_nocount", "_trace", "_timelimit", "_ttl", "_through", "_json", "_nl", "_stream", "_dl",
         "_header", "_searchmode", "_all", "_blob_column", "_blob_hash", "sql", "_hide_sql", "as_of", "comparison_id", "outcome",
         "importance__gt", "headline__contains", "kind__in", "gap_id__glob", "ratio__isnull", "x__exact"]  # fmt: skip
VALUES = ["", "*", "1", "0", "-1", "9" * 30, "1e9", "max", "nan", "en", "sh-jx", "sh-zj", "2018", "2026", "2018-12-31", "310000", "积分",
          "（一）", '"', "'", "''", '"积分', "-", "--", "a OR b", "NEAR(a b)", "*a*", "^a", "a:b", "%", "_", "\\", "\0", "\r\nx: y", "\u202e",
          "𠮷", "\ud800", "{{7*7}}", "{% raw %}", MARKUP, f'"><img src=x onerror=alert(1)>{MARKUP}', "javascript:alert(1)", "../../x", "[]",
          "{}", '["a"]', '{"table":"gaps","column":"gap_id","value":"1"}', "select 1", "1;drop table gaps", "甲" * 700, "(" * 500,
          "array", "objects", "object", "arrayfirst", "on", "off", "true", "null", "~2F", "~", "%2e%2e", "//evil.example", "headline", "gap_id",
          "ratio", "topic", "headline,ratio", "query,count", "all"]  # fmt: skip
METHODS = ["GET"] * 20 + ["HEAD", "POST", "PUT", "OPTIONS", "TRACE"]
HEADERS = [{}] * 12 + [{"host": "evil.example"}, {"host": MARKUP}, {"cookie": "ds_actor=x"}, {"authorization": "Bearer dstok_x"},
                       {"accept": "application/json"}, {"x-forwarded-host": "evil.example"}, {"range": "bytes=0-"}]  # fmt: skip


def address(chance: Random, keys: dict[str, list[str]]) -> str:
    """One address: a page, a key that may be real, a form, and some arguments."""
    kind = chance.randrange(4)
    if kind == 0:
        path = "/" + chance.choice(ALONE)
    elif kind == 1:
        page = chance.choice(KEYED)
        key = chance.choice(keys.get(page, [""])) if chance.randrange(3) else chance.choice(VALUES)
        path = f"/-/{page}/{quoted(key)}"
    elif kind == 2:
        path = f"/kb/{chance.choice([*DESCRIBED, *QUERIES])}"
        if not chance.randrange(3):
            path += "/" + quoted(chance.choice([*keys["compare"][:50], *VALUES]))
    else:
        path = "/" + "/".join(
            quoted(chance.choice([*VALUES, "kb", "-", "gaps"])) for _ in range(chance.randrange(4))
        )
    path += chance.choice(FORMS)
    arguments = [
        f"{chance.choice(NAMES)}={quoted(chance.choice(VALUES))}"
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 6)))
    ]
    return path + ("?" + "&".join(arguments) if arguments else "")


def quoted(text: str) -> str:
    """A text in an address; what is half encoded stays so."""
    return text if text.startswith("%") else quote(text, safe="", errors="surrogatepass")


@contextmanager
def target(build: Path, kb: Path) -> Iterator[Callable[[Random], str | None]]:
    """What asks for one address, of one's own site or of the published one, and says what is wrong, if anything is."""
    tables = {
        "topic": "topics",
        "matter": "matters",
        "document": "documents",
        "clause": "clauses",
        "claim": "claims",
    }
    keys = {
        page: [str(row[0]) for row in ask(kb, f"select {page}_id from {table}")]
        for page, table in tables.items()
    }
    keys["matrix"], keys["compare"] = (
        keys["topic"],
        [row[0] for row in ask(kb, "select gap_id from gaps")],
    )
    sites = [serve(kb), published(kb)]
    loop = asyncio.new_event_loop()
    for site in sites:
        loop.run_until_complete(site.invoke_startup())

    def attempt(chance: Random) -> str | None:
        path, site = address(chance, keys), chance.choice(sites)
        request = site.client.request(chance.choice(METHODS), path, headers=chance.choice(HEADERS))
        return problem(loop.run_until_complete(request), path)

    try:
        yield attempt
    finally:
        for site in sites:
            site.close()
        loop.close()


def problem(response, path: str) -> str | None:
    """What is wrong with an answer."""
    kind = response.headers.get("content-type", "")
    if response.status_code >= 500:
        return f"{response.status_code} {path}: {response.text[:300]}"
    if "html" in kind and (MARKUP in response.text or "<img src=x" in response.text):
        return f"markup {path}"
    if "content-security-policy" not in response.headers or "set-cookie" in response.headers:
        return f"headers {path}"
    if (
        response.headers.get("location", "/")[:2] in ("//", "/\\")
        or response.headers.get("location", "/")[0] != "/"
    ):
        return f"location {path}"
    if "Traceback (most recent" in response.text[:100_000]:
        return f"traceback {path}"
    return None
