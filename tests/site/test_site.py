"""The site says in Chinese, safely and completely, what kb.db holds."""

import copy
import html
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.parts.markup import Highlight, render

SITE = Path("pipeline/site")
CONFIG = yaml.safe_load((SITE / "datasette.yaml").read_text(encoding="utf-8"))
METADATA = yaml.safe_load((SITE / "metadata.yaml").read_text(encoding="utf-8"))
DESCRIBED = METADATA["databases"]["kb"]["tables"]
QUERIES = CONFIG["databases"]["kb"]["queries"]
ARGUMENTS = "?q=积分&region=&department=人力资源"
# What Datasette's own templates would say.
ENGLISH = re.compile(
    r"\b(Search|Apply|Sort|rows?|records?|Next page|Queries|Download|Custom SQL|Powered|Link|"
    r"Suggested|Advanced|Views?|Tables|Error|Run|License|This data)\b"
)


def serve(kb: Path, config=CONFIG) -> Datasette:
    """The site as `make serve` runs it."""
    return Datasette(
        immutables=[str(kb)],
        config=copy.deepcopy(config),
        metadata=copy.deepcopy(METADATA),
        plugins_dir=str(SITE / "plugins"),
        template_dir=str(SITE / "templates"),
        static_mounts=[("assets", str(SITE / "static"))],
    )


@pytest.fixture
async def site(kb):
    datasette = serve(kb)
    await datasette.invoke_startup()
    yield datasette
    datasette.close()


def ask(kb: Path, sql: str, *params):
    """Rows straight from the file, without the site."""
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as conn:
        return conn.execute(sql, params).fetchall()


def keys(kb: Path) -> dict[str, str]:
    """One of each thing that has a page."""
    tables = {"topic": "gaps", "document": "documents", "clause": "clauses", "gap": "gaps",
              "alignment": "alignments", "claim": "claims"}  # fmt: skip
    return {n: ask(kb, f"select max({n}_id) from {table}")[0][0] for n, table in tables.items()}


def pages(kb: Path) -> list[str]:
    """Our pages, one of each kind."""
    some = keys(kb)
    one_sided = ask(kb, "select min(gap_id) from gaps where kind = 'missing'")[0][0]
    department = ask(kb, "select min(department) from department_worklist where item = '到期'")[0][
        0
    ]
    return [
        "/",
        f"/-/topic/{some['topic']}",
        f"/-/topic/{some['topic']}?kind=missing",
        f"/-/document/{some['document']}",
        "/?comparison=sh-hn&date=2018",
        f"/-/topic/{some['topic']}?date=2018&comparison=sh-zj",
        f"/-/matrix/{some['topic']}",
        "/-/search",
        "/-/search?q=积分&region=310000",
        "/-/search?q=甲乙丙丁",
        "/-/uncollected",
        "/-/claims",
        f"/-/claim/{some['claim']}",
        "/-/departments",
        f"/-/department/{quote(department)}",
        *(f"/-/compare/{key}" for key in (some["gap"], some["alignment"], one_sided)),
    ]


def core_pages(kb: Path) -> list[str]:
    """Datasette's own pages, in our words."""
    return [
        "/-/addresses",
        "/kb",
        "/kb/clauses?_search=积分",
        "/kb/gap_overview?kind=missing&_sort=severity&_facet=topic",
        f"/kb/gaps/{keys(kb)['gap']}",
        f"/kb/-/query?sql={quote('select * from gaps limit 2')}",
        *(f"/kb/{name}" for name in DESCRIBED),
        *(f"/kb/{name}{ARGUMENTS}" for name in QUERIES),
    ]


def visible(page: str) -> str:
    """What a reader reads: no scripts, styles, code or tags."""
    page = re.sub(r"(?s)<(script|style|code|pre|textarea|title)\b.*?</\1>", " ", page)
    return html.unescape(re.sub(r"(?s)<[^>]*>", " ", page))


# Texts


def test_every_table_view_and_column_is_described(kb):
    kinds = dict(ask(kb, "select name, type from sqlite_master where type in ('table', 'view')"))
    real = {name for name in kinds if not name.startswith("clauses_fts")}
    assert set(DESCRIBED) == real
    for name in real:
        columns = {row[1] for row in ask(kb, f"pragma table_info({name})")}
        about = DESCRIBED[name]
        assert about["title"] and about["description"]
        assert columns <= about["columns"].keys(), name
        assert kinds[name] == "view" or about["columns"].keys() <= columns, name


def test_every_stored_query_says_what_it_answers():
    for query in QUERIES.values():
        assert re.search("[一-鿿]", query["title"]) and query["description"]


async def test_every_page_is_in_chinese(site, kb):
    for path in pages(kb) + core_pages(kb):
        response = await site.client.get(path)
        assert response.status_code == 200, path
        assert '<html lang="zh-CN">' in response.text
        text = visible(re.sub(r'<span lang="en">.*?</span>', "", response.text))
        assert re.search("[一-鿿]", text)
        assert not ENGLISH.search(text), (path, ENGLISH.search(text))


async def test_every_page_has_a_json_twin(site, kb):
    for path in pages(kb):
        name, _, arguments = path.partition("?")
        response = await site.client.get(f"{name}.json?{arguments}")
        assert response.status_code == 200, path
        assert response.json()["ok"] is True


@pytest.mark.parametrize(
    "path", ["topic", "matrix", "compare", "document", "clause", "claim", "department"]
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


# What the pages hold


async def test_the_heat_map_counts_every_gap(site, kb):
    page = await site.client.get("/")
    printed = re.findall(r'class="heat-number"[^>]*>(\d+)<', page.text)
    shown = "comparison_id = 'sh-jx' and as_of = (select as_of from moments where newest = 1)"
    total = ask(kb, f"select count(*) from gaps where {shown}")[0][0]
    assert sum(map(int, printed)) == total > 0


async def test_a_gap_shows_its_evidence_and_its_clauses(site, kb):
    for (gap,) in ask(kb, "select min(gap_id) from gaps group by kind"):
        text = visible((await site.client.get(f"/-/compare/{gap}")).text)
        text = re.sub(r"\s", "", text)
        for (quoted,) in ask(kb, "select quote from gap_evidence where gap_id = ?", gap):
            assert re.sub(r"\s", "", quoted) in text


async def test_a_missing_gap_never_claims_that_there_is_none(site, kb):
    (gap,) = ask(kb, "select min(gap_id) from gaps where kind = 'missing'")[0]
    assert "未查得不等于没有" in visible((await site.client.get(f"/-/compare/{gap}")).text)


async def test_a_document_page_holds_every_clause_and_says_what_it_is(site, kb):
    found = ask(kb, "select document_id, text_kind, text from documents order by length(text) desc")
    for document_id, text_kind, text in (found[0], found[-1]):
        page = (await site.client.get(f"/-/document/{document_id}")).text
        for (clause,) in ask(
            kb, "select clause_id from clauses where document_id = ?", document_id
        ):
            assert f'id="{clause}"' in page
        assert ("本件是摘编" in page) is (text_kind == "digest")
        for line in filter(None, map(str.strip, text.splitlines())):
            assert re.sub(r"\s", "", line)[-8:] in re.sub(r"\s", "", visible(page))


async def test_a_clause_leads_to_its_place(site, kb):
    clause = keys(kb)["clause"]
    response = await site.client.get(f"/-/clause/{clause}")
    assert response.status_code == 302
    assert response.headers["location"].endswith(f"#{clause}")


async def test_excel_holds_a_table(site):
    response = await site.client.get("/kb/gap_overview.xlsx")
    assert response.status_code == 200
    assert response.content[:2] == b"PK"


async def test_the_name_of_the_file_does_not_matter(kb, tmp_path):
    other = tmp_path / "other.db"
    shutil.copy(kb, other)
    datasette = serve(other)
    await datasette.invoke_startup()
    for path, words in {
        "/": "差异分布",
        "/other/gaps": "差异编号",
        "/other/search?q=积分": "全文检索",
    }.items():
        response = await datasette.client.get(path)
        assert response.status_code == 200
        assert words in response.text
    datasette.close()


def test_make_serve_shows_the_tables_and_the_style_sheet(kb):
    lines = subprocess.run(
        ["make", "-n", "serve", f"KB={kb}"], capture_output=True, text=True
    ).stdout
    command = next(line for line in lines.splitlines() if "datasette serve" in line)
    flags = shlex.split(command.partition("-m datasette ")[2])
    for path in ("/kb/gaps.json", "/assets/kb.css"):
        run = [sys.executable, "-m", "datasette", *flags, "--get", path]
        assert subprocess.run(run, capture_output=True).returncode == 0, path


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


# Safety


@pytest.fixture
def hostile(kb, tmp_path):
    """A copy of kb.db into which someone has written markup wherever text goes."""
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    with sqlite3.connect(copied) as conn:
        conn.execute(
            "update documents set title = ?, url = ?, number = ?", (bad, f"https://x/{bad}", bad)
        )
        conn.execute("update clauses set heading = ?, path = ?, text = text || ?", (bad, bad, bad))
        conn.execute("update gaps set summary = ?, attribute = ?", (bad, bad))
        conn.execute("update topics set name = ?, definition = ?", (bad, bad))
        conn.execute("update claims set statement = ?, note = ?", (bad, bad))
        conn.execute("update facts set source = ?, note = ?", (bad, bad))
        conn.execute(
            "update gap_departments set department = department || ? where side = 'a'", (bad,)
        )
        conn.execute("update gap_changes set summary = ?", (bad,))
        conn.execute("update gap_stack set quote = ? where quote is not null", (bad,))
    return copied


async def test_markup_in_the_data_is_shown_not_run(hostile):
    datasette = serve(hostile)
    await datasette.invoke_startup()
    for path in [
        *pages(hostile),
        "/kb/clauses?_search=积分",
        "/kb/gap_overview",
        f"/kb/search{ARGUMENTS}",
    ]:
        response = await datasette.client.get(path)
        assert response.status_code == 200
        assert "alert(" in response.text
        assert "<script>alert" not in response.text
        assert "<img src=x" not in response.text
    datasette.close()


@pytest.mark.parametrize("table, open_pages", [("gaps", {"/-/uncollected"}), ("documents", set())])
async def test_a_closed_table_closes_every_page_that_shows_it(kb, table, open_pages):
    closed = copy.deepcopy(CONFIG)
    closed["databases"]["kb"]["tables"].setdefault(table, {})["allow"] = False
    datasette = serve(kb, closed)
    await datasette.invoke_startup()
    for path in [*pages(kb), "/.json"]:
        expected = 200 if path in open_pages else 403
        assert (await datasette.client.get(path)).status_code == expected, path
    datasette.close()


async def test_nothing_can_be_written(site):
    row = {"row": {"fact_id": "x", "reason": "y"}}
    response = await site.client.post("/kb/excluded_facts/-/insert", json=row)
    assert response.status_code == 403


@pytest.mark.parametrize(
    "sql",
    [
        "delete from gaps",
        "attach database '/tmp/x' as x",
        "pragma journal_mode = wal",
        "with x as (select 1) insert into topics select * from topics",
        "select length(hex(zeroblob(300000000)))",  # one huge value that no time limit stops
    ],
)
async def test_sql_can_neither_write_nor_exhaust(site, sql):
    response = await site.client.get(f"/kb/-/query.json?sql={quote(sql)}")
    assert response.status_code in (400, 403)


@pytest.mark.parametrize("path", ["/", "/kb/clauses.json", "/assets/kb.css", "/-/topic/nothing"])
async def test_every_answer_keeps_to_itself(site, path):
    headers = (await site.client.get(path)).headers
    assert headers["content-security-policy"].startswith("default-src 'self' 'unsafe-inline'")
    assert headers["x-content-type-options"] == "nosniff"


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)
)
def test_marks_change_no_character(text, places):
    highlights = [Highlight(a, b, "b", "c", '"<>') for a, b in places if b <= len(text)]
    marked = str(render(text, highlights, [(a, f"id{a}") for a, _ in places]))
    assert (
        html.unescape(re.sub(r'<b class="c" title="[^"<>]*">|</b>|<a id="id\d+"></a>', "", marked))
        == text
    )
    assert marked.count("<b ") == marked.count("</b>")


async def test_a_gap_shows_its_levels_its_changes_and_what_its_severity_is_made_of(site, kb):
    """上海 caps at 3000万元 in 2018; the page lists each level, and what became of it."""
    (key,) = ask(kb, "select gap_id from gaps where as_of = '2018-12-31' and value_a = 3e7 and value_b = 2e5 and comparison_id = 'sh-jx'")[0]  # fmt: skip
    page = (await site.client.get(f"/-/compare/{key}")).text
    text = visible(page)
    for words in ("逐级对照", "不相加", "浙江省", "前后变化", "差距", "把握", "归口", "只比上限"):
        assert words in text, words
    assert re.search('<a href="/-/clause/sh-2019-shoutai__st-004">最高3000万元</a>', page)
    assert re.search('<a href="/-/clause/jx-2019-shoutai-lunwen__st-002">20万元</a>', page)


async def test_a_topic_tells_what_changed_since_the_date_before(site):
    text = visible((await site.client.get("/-/topic/churujing")).text)
    assert "2018-12-31 以来的变化" in text and "消失" in text and "推广到全国" in text
    before = visible((await site.client.get("/-/topic/churujing?date=2018")).text)
    assert "截至 2018-12-31" in before and "永久居留/年工资性收入门槛" in before


async def test_a_department_has_its_gaps_claims_and_what_will_expire(site, kb):
    found = ask(kb, "select department from department_worklist where item = '到期' limit 1")[0][0]
    text = visible((await site.client.get(f"/-/department/{quote(found)}")).text)
    assert "到期前评估" in text and found in text


async def test_the_picture_of_the_tables_draws_every_table_and_every_key(site, kb):
    drawn = (await site.client.get("/-/addresses.json")).json()["er"]
    tables = {
        t
        for (t,) in ask(kb, "select name from sqlite_master where type = 'table'")
        if "_fts" not in t
    }
    assert {box["name"] for box in drawn["boxes"]} == tables
    keys = {
        (t, row[2])
        for t in tables
        for row in ask(kb, f"pragma foreign_key_list({t})")
        if t != row[2]
    }
    assert {(line["child"], line["parent"]) for line in drawn["lines"]} == keys
    corners = [(box["x"], box["y"]) for box in drawn["boxes"]]
    assert len(set(corners)) == len(corners)


async def test_the_plain_index_names_every_topic(site, kb):
    text = (await site.client.get("/llms.txt")).text
    assert (
        all(name in text for (name,) in ask(kb, "select name from topics"))
        and "未查得不等于没有" in text
    )
