"""The site as `make serve` and the published profile run it, its pages, and what a reader sees of one."""

import copy
import html
import re
import shlex
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import yaml
from datasette.app import Datasette
from datasette.utils import pairs_to_nested_config

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
    """The site as `make serve` runs it: one app for all requests, where Datasette's client builds one for each."""
    site = Datasette(
        immutables=[str(kb)],
        config=copy.deepcopy(config),
        metadata=copy.deepcopy(METADATA),
        plugins_dir=str(SITE / "plugins"),
        template_dir=str(SITE / "templates"),
        static_mounts=[("assets", str(SITE / "static"))],
    )
    site.app = cache(site.app)
    return site


@asynccontextmanager
async def running(site: Datasette) -> AsyncIterator[Datasette]:
    """A site that has started, closed in the end."""
    await site.invoke_startup()
    try:
        yield site
    finally:
        site.close()


def closed(table: str) -> dict:
    """The site's configuration with one table closed to readers."""
    config = copy.deepcopy(CONFIG)
    config["databases"]["kb"]["tables"].setdefault(table, {})["allow"] = False
    return config


def merged(low: dict, high: dict) -> dict:
    """Settings of one over another, as Datasette lays -s over -c."""
    both = copy.deepcopy(low)
    for key, value in high.items():
        within = isinstance(value, dict) and isinstance(both.get(key), dict)
        both[key] = merged(both[key], value) if within else value
    return both


def flags(*arguments: str) -> list[str]:
    """What `make serve` would hand to Datasette."""
    run = subprocess.run(["make", "-n", "serve", *arguments], capture_output=True, text=True)
    line = next(line for line in run.stdout.splitlines() if "datasette serve" in line)
    return shlex.split(line)


def published(kb: Path) -> Datasette:
    """The site with the settings that publishing adds."""
    given = flags("PROFILE=publish", f"KB={kb}")
    pairs = [
        (given[i + 1] if "." in given[i + 1] else f"settings.{given[i + 1]}", given[i + 2])
        for i, flag in enumerate(given) if flag == "-s"
    ]  # fmt: skip
    return serve(kb, merged(CONFIG, pairs_to_nested_config(pairs)))


def ask(kb: Path, sql: str, *params):
    """Rows straight from the file, without the site."""
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as conn:
        return conn.execute(sql, params).fetchall()


def keys(kb: Path) -> dict[str, str]:
    """One of each thing that has a page."""
    tables = {"topic": "gaps", "document": "documents", "clause": "clauses", "gap": "gaps",
              "alignment": "alignments", "claim": "claims", "matter": "matters"}  # fmt: skip
    return {n: ask(kb, f"select max({n}_id) from {table}")[0][0] for n, table in tables.items()}


def pages(kb: Path) -> list[str]:
    """Our pages, one of each kind."""
    some = keys(kb)
    matters = ask(kb, "select min(matter_id), comparison_id from gaps group by outcome, grade")
    department = ask(kb, "select min(department) from department_worklist where item = '到期'")[0][
        0
    ]
    return [
        "/",
        f"/-/topic/{some['topic']}",
        f"/-/document/{some['document']}",
        "/?comparison=sh-hn&date=2018",
        f"/-/topic/{some['topic']}?date=2018&comparison=sh-zj",
        f"/-/matrix/{some['topic']}",
        "/-/search",
        "/-/search?q=积分&region=310000",
        "/-/search?q=甲乙丙丁",
        "/-/uncollected",
        "/-/to-collect",
        "/-/to-collect?comparison=sh-zj",
        "/-/pairs",
        "/-/claims",
        f"/-/claim/{some['claim']}",
        "/-/changes",
        f"/-/changes?topic={some['topic']}&comparison=sh-jx",
        "/-/reliability",
        "/-/terms",
        "/-/departments",
        f"/-/department/{quote(department)}",
        f"/-/compare/{some['alignment']}",
        f"/-/matter/{some['matter']}",
        *(f"/-/matter/{matter}?comparison={comparison}" for matter, comparison in matters),
    ]


def core_pages(kb: Path) -> list[str]:
    """Datasette's own pages, in our words."""
    return [
        "/-/addresses",
        "/kb",
        "/kb/clauses?_search=积分",
        "/kb/gap_overview?outcome=missing&_sort=importance&_facet=topic",
        f"/kb/gaps/{keys(kb)['gap']}",
        f"/kb/-/query?sql={quote('select * from gaps limit 2')}",
        *(f"/kb/{name}" for name in DESCRIBED),
        *(f"/kb/{name}{ARGUMENTS}" for name in QUERIES),
    ]


def visible(page: str) -> str:
    """What a reader reads: no scripts, styles, code or tags."""
    page = re.sub(r"(?s)<(script|style|code|pre|textarea|title)\b.*?</\1>", " ", page)
    return html.unescape(re.sub(r"(?s)<[^>]*>", " ", page))


def squeezed(text: str) -> str:
    """Without the spaces, which a page may add or leave out."""
    return re.sub(r"\s", "", text)
