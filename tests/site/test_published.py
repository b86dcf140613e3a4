"""The published site is as closed as docs/deploy/publishing.md says, and what that document names exists."""

import os
import re
import shlex
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from support.browser import free_port
from support.site import ARGUMENTS, QUERIES, core_pages, flags, pages, published, running, serve

DOCS = Path("docs/deploy")
UNIT = DOCS / "policy-gaps.service"


@pytest.fixture(scope="module")
async def site(kb):
    """The published site."""
    async with running(published(kb)) as datasette:
        yield datasette


async def status(site, path):
    return (await site.client.get(path)).status_code


async def test_nobody_runs_sql_of_his_own(site):
    sql = quote("select 1")
    for path in (
        f"/kb/-/query?sql={sql}", f"/kb/-/query.json?sql={sql}", f"/kb/-/query.csv?sql={sql}",
        f"/kb/gaps?_where={quote('1=1')}", f"/kb/gaps.json?_where={quote('1=1')}",
        f"/kb?sql={sql}",
    ):  # fmt: skip
        response = await site.client.get(path, follow_redirects=True)
        assert response.status_code in (400, 403) or path.startswith("/kb?"), path
    assert await status(site, f"/kb/-/query?sql={sql}") == 403


@pytest.mark.parametrize(
    "path", ["/kb/gaps/-/insert", "/kb/gaps/-/upsert", "/kb/gaps/-/drop", "/kb/gaps/-/alter",
             "/kb/-/create", "/kb/-/execute-write", "/kb/-/queries/store", "/kb/search/-/update",
             "/kb/gaps/x/-/delete", "/kb/gaps/x/-/update"],
)  # fmt: skip
async def test_nobody_writes(site, path):
    response = await site.client.post(path, json={"rows": [{}], "table": "x", "sql": "select 1"})
    assert response.status_code in (400, 403, 404, 405), response.text


async def test_what_readers_need_is_open(site, kb):
    for path in [*pages(kb), *core_pages(kb), "/kb.db", "/kb/gaps.csv?_stream=on"]:
        if "/-/query" not in path:
            response = await site.client.get(path, follow_redirects=True)
            assert response.status_code == 200, path
            policy = response.headers["content-security-policy"]
            assert policy.startswith("default-src 'self'")
    for query in QUERIES:
        assert await status(site, f"/kb/{query}.json{ARGUMENTS}") == 200
    facets = (await site.client.get("/kb/gaps.json?_facet=kind&_extra=facet_results")).json()
    assert facets["facet_results"]["results"]["kind"]["results"]


def own_pages(datasette) -> set[str]:
    """The addresses of Datasette's own pages about itself."""
    patterns = [route.pattern for route, _ in datasette._routes()]
    found = [re.match(r"\^?/-/([a-z/-]+)", pattern) for pattern in patterns]
    return {name[1].rstrip("/") for name in found if name}


async def test_pages_about_the_server_are_not_there(site, kb):
    ours = {"topic", "matter", "to-collect", "compare", "document", "revision", "claim", "claims", "clause", "department",
            "departments", "pair", "pairs", "search", "matrix", "selection", "uncollected", "addresses", "reliability", "terms", "changes", "feed", "login", "review", "reviews", "password-tool", "static", "static-plugins", "jump"}  # fmt: skip
    about = own_pages(serve(kb)) - ours
    assert {"databases", "config", "plugins", "versions", "create-token"} <= about
    for page in about:
        for form in ("", ".json"):
            assert await status(site, f"/-/{page}{form}") == 404, page
    assert await status(site, "/-/") == 200


async def test_no_page_tells_where_the_site_lives(site, kb):
    places = {str(kb.parent), str(Path.cwd()), str(Path(site.get_database("kb").path).parent)}
    paths = [*pages(kb), *core_pages(kb), "/-/", "/-/.json", "/kb.json", "/kb/-/schema.json", "/nothing",
             "/kb/nothing", "/-/databases.json", "/-/compare/nothing", "/kb/gaps?_sort=nothing",
             "/kb/gaps.json?_size=x", "/kb/gaps?_context=1", "/?_trace=1", "/%00", "/assets/../nothing"]  # fmt: skip
    for path in paths:
        response = await site.client.get(path)
        for place in places:
            assert place not in response.text + str(response.headers), path


async def test_a_copied_answer_is_not_given_to_another_host(site):
    for host in ("one.example", "two.example", "one.example"):
        page = await site.client.get("/-/claims", headers={"host": host})
        assert f"https://{host}/-/claims" in page.text or host not in page.text


# Examples
def test_an_unknown_profile_is_refused():
    run = subprocess.run(
        ["make", "-o", "kb.db", "serve", "PROFILE=nothing"], capture_output=True, text=True
    )
    assert run.returncode != 0 and "没有 pipeline/site/nothing.yaml" in run.stderr


def test_every_setting_of_the_profile_reaches_datasette():
    lines = Path("pipeline/site/publish.yaml").read_text(encoding="utf-8").splitlines()
    named = [line.partition(":")[0] for line in lines if not line.startswith("#")]
    given = flags("PROFILE=publish", "REVIEWS=")
    assert [given[i + 1] for i, flag in enumerate(given) if flag == "-s"] == named
    assert "-s" not in flags("REVIEWS=")


def test_the_files_that_the_examples_name_exist():
    texts = [path.read_text(encoding="utf-8") for path in (DOCS / "publishing.md", UNIT)]
    texts += [(DOCS / name).read_text(encoding="utf-8") for name in ("nginx.conf", "Caddyfile")]
    for text in texts:
        named = re.findall(
            r"(?:/srv/policy-gaps/|\]\((?!http)|(?<![\w/.]))((?:pipeline|docs|tests|corpus)/[\w./-]+\w)",
            text,
        )
        for name in named:
            assert Path(name).exists(), name
    linked = re.findall(r"\]\((?!http)([^)#]+)", texts[0])
    assert linked and all((DOCS / name).exists() for name in linked)


def test_the_unit_starts_the_published_profile_and_stops_cleanly(kb, tmp_path):
    """The command of the unit itself, but for its folder, its port and its database."""
    copied = tmp_path / "kb.db"
    copied.write_bytes(kb.read_bytes())
    line = re.search(r"(?m)^ExecStart=(.*)$", UNIT.read_text(encoding="utf-8"))[1]
    port = free_port()
    command = [*shlex.split(line.replace("kb.db", str(copied))), f"KB={copied}", f"PORT={port}"]
    assert Path(command[0]).name == "make" and "PROFILE=publish" in command
    site = subprocess.Popen(
        ["make", *command[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    try:
        answer = waited(f"http://127.0.0.1:{port}/kb/-/query?sql=select+1")
        assert answer == 403
    finally:
        os.killpg(site.pid, signal.SIGTERM)  # as systemd does: everything in the unit
        site.wait(20)
    assert list(tmp_path.iterdir()) == [copied], "nothing is left beside kb.db"


def waited(address: str) -> int:
    """The status of a page, once the site answers."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the site did not start")
