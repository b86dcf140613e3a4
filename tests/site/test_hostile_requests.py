"""What no reader would ask: refused or harmless, soon, and never a fault of the site."""

import sqlite3
from itertools import cycle
from urllib.parse import quote

import pytest

from support.site import keys, published, running, serve

SQL = "1 union select sql from sqlite_master --"
MARKUP = "<script>alert(1)</script>"
BAD = {
    "long": "积分" * 1500,
    "wide": "x" * 7000,
    "regex": "(((((a+)+)+)+)+)$.*[^]]{1,99999}",
    "quote": "' or '1'='1",
    "sql": f"'; drop table gaps; select {SQL}",
    "markup": f'"><img src=x onerror=alert(1)>{MARKUP}',
    "null": "a\0b",
    "unicode": "𠮷" * 1000 + "\u202e\ufeff" + "\u0301" * 500,
    "surrogate": "%ED%A0%80",
    "template": "{{ 7 * 7 }}{% for x in y %}",
    "traversal": "../../../../etc/passwd",
    "number": "9" * 400,
}
RAW = ["%", "%zz", "%FF%FE", "%C0%AF", "%00", "%25%30%30", "a%0d%0aSet-Cookie:%20x=1", "~", "~zz"]
OURS = ["topic", "matter", "compare", "document", "revision", "claim", "department", "clause"]


@pytest.fixture(scope="module")
async def site(kb, request):
    """As on one's own machine, unless a test asks for the published site."""
    async with running(getattr(request, "param", serve)(kb)) as datasette:
        yield datasette


both = pytest.mark.parametrize("site", [serve, published], indirect=True)


async def check_harmless(site, path: str):
    """Ask; no fault, and nothing of ours run in the reader's browser."""
    response = await site.client.get(path)
    assert response.status_code < 500, (path[:200], response.text[:500])
    kind = response.headers.get("content-type", "")
    assert "html" not in kind or MARKUP not in response.text, path[:200]
    assert "set-cookie" not in response.headers
    return response


async def check_all(site, paths) -> None:
    for path in paths:
        await check_harmless(site, path)


@pytest.mark.parametrize("name", BAD)
async def test_in_place_of_a_key(site, name):
    bad = quote(BAD[name], safe="")
    await check_all(site, [f"/-/{page}/{bad}{form}" for page in OURS for form in ("", ".json")])
    await check_all(
        site, [f"/{bad}", f"/kb/{bad}", f"/kb/gaps/{bad}", f"/kb/{bad}.json", f"/-/{bad}"]
    )


@pytest.mark.parametrize("raw", RAW)
async def test_in_place_of_a_key_badly_encoded(site, raw):
    pages = [f"/-/{page}/{raw}" for page in OURS]
    await check_all(site, [*pages, f"/{raw}", f"/kb/{raw}", f"/kb/gaps/{raw}", f"/assets/{raw}"])
    await check_all(
        site, [f"/?date={raw}", f"/kb/gaps?_search={raw}&kind={raw}", f"/kb/search?q={raw}"]
    )


@pytest.mark.parametrize("name", BAD)
async def test_in_every_parameter_of_our_pages(site, kb, name):
    bad, some = quote(BAD[name], safe=""), keys(kb)
    paths = ["/", "/.json", f"/-/topic/{some['topic']}", f"/-/matter/{some['matter']}", "/-/claims",
             f"/-/document/{some['document']}", "/-/departments", "/-/to-collect"]  # fmt: skip
    for parameter in ("comparison", "date", "kind", "_search", "q", "_json", "_nl", "_shape"):
        await check_all(
            site,
            [
                f"{path}?{parameter}={bad}&{parameter}={bad}"
                for path in [*paths[:4], "/-/to-collect"]
            ],
        )
    everything = "&".join(f"{p}={bad[:9000]}" for p in ("comparison", "date", "kind", "x"))
    await check_all(site, [f"{path}?{everything}" for path in paths])


TABLE_PARAMETERS = [
    "_where", "_sort", "_sort_desc", "_facet", "_facet_array", "_facet_date", "_size", "_next",
    "_search", "_search_text", "_searchmode", "_col", "_nocol", "_shape", "_labels", "_extra",
    "_facet_size", "_nofacet", "_trace", "_context", "_json", "_timelimit", "_ttl", "_through",
    "kind", "kind__contains", "kind__like", "kind__glob", "kind__in", "kind__arraycontains",
    "importance__gt", "nothing__exact", "kind__nothing",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD)
async def test_in_every_parameter_of_a_table(site, name):
    bad = quote(BAD[name][:3000], safe="")
    paths = cycle(("/kb/gap_overview", "/kb/clauses.json", "/kb/gaps.csv", "/kb/gaps"))
    await check_all(site, [f"{next(paths)}?{parameter}={bad}" for parameter in TABLE_PARAMETERS])


@pytest.mark.parametrize(
    "arguments",
    ["_size=max", "_size=1e9", "_size=-1", "_size=0", "_size=999999999999999999999", "_next=-1",
     "_next=x,y,z", "_next=" + quote("'"), "_facet=headline&_facet=matter_id&_facet=ratio&_facet=gap_id",
     "_facet_size=max&_facet=headline", "_facet_size=99999999", "_sort=headline&_sort_desc=headline",
     "_where=1%3D1", "_where=" + quote(SQL), "&".join(["_facet=kind"] * 300),
     "&".join(f"kind__contains={i}" for i in range(1500)), "_shape=nothing", "_timelimit=999999999",
     "_search=" + quote("a* NEAR/9999 b* OR " * 300), "_search=" + quote('"' * 999),
     "_through=" + quote('{"table":"x","column":"y","value":"z"}'), "_col=nothing", "_ttl=-9"],
)  # fmt: skip
async def test_tables(site, arguments):
    for path in ("/kb/gap_overview", "/kb/clauses.json", "/kb/clauses.csv"):
        await check_all(site, [f"{path}?{arguments}"])


HARMFUL = [
    "select length(hex(zeroblob(300000000)))",
    "select length(printf('%.*c', 400000000, 'x'))",
    "select length(replace(hex(zeroblob(9000000)), '0', hex(zeroblob(9000))))",
    "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) from n",
    "with recursive n(x) as (select 'a' union all select x || x from n) select length(x) from n",
    "select count(*) from clauses a, clauses b, clauses c where a.text < b.text || c.text",
    "select * from clauses where text regexp '(a+)+$'",
    "select * from clauses where text glob '" + "*a" * 40 + "'",
    "select group_concat(text) from clauses a join clauses b using (document_id)",
    "attach database '/tmp/x.db' as x",
    "pragma journal_mode = wal",
    "pragma database_list",
    "select load_extension('/tmp/x.so')",
    "select readfile('/etc/passwd')",
    "select writefile('/tmp/x', 'y')",
    "vacuum into '/tmp/x.db'",
    "detach database main",
    "with x as (select 1) delete from gaps",
    "insert into builds select * from builds",
    "create temp table x (y)",
    "select 1; drop table gaps",
    "select fts5(?1)",
    "select zh_snippet(text, '积分', 99999999) from clauses",
    "select zh_snippet(group_concat(text), '积分', -1) from clauses",
    "select escape_fts(hex(zeroblob(5000000)))",
    "explain select 1; select",
    "select '" + "(" * 5000,
    "select " + "(" * 2000 + "1" + ")" * 2000,
    "select " + " + ".join(["1"] * 3000),
    "select ?, :x, @y, $z",
    "",
    "\0",
]


@both
@pytest.mark.parametrize("sql", HARMFUL, ids=lambda sql: sql[:40])
async def test_sql(site, kb, sql):
    before = kb.read_bytes()
    for form in ("", ".csv"):
        await check_harmless(site, f"/kb/-/query{form}?sql={quote(sql, safe='')}")
    await check_all(
        site, [f"/kb/search?q={quote(sql, safe='')}", f"/kb/gaps?_where={quote(sql, safe='')}"]
    )
    assert kb.read_bytes() == before


@both
async def test_the_site_is_whole_after_all_this(site, kb):
    for sql in HARMFUL[:6]:
        await site.client.get(f"/kb/-/query.json?sql={quote(sql)}")
    assert (await site.client.get("/")).status_code == 200
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as conn:
        assert conn.execute("pragma integrity_check").fetchone() == ("ok",)


async def test_a_page_that_is_not_there_prints_nothing(site, capsys):
    """Datasette prints every variable of every 404 where rich is installed: seconds each."""
    assert (await site.client.get("/kb/nothing")).status_code == 404
    assert "Traceback" not in capsys.readouterr().out


@both
@pytest.mark.parametrize("path", ["/kb/gaps.docx", "/kb/gaps.x", "/kb/gap_overview.docx?_size=1"])
async def test_an_unknown_format_is_not_found(site, path):
    """Found by fuzzing: Datasette asserts that there is none, which was a fault of the site."""
    response = await site.client.get(path, follow_redirects=True)
    assert response.status_code == 404
