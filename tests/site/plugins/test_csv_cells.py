"""CSV of tables and queries: no text is a formula, and nothing else is changed."""

import csv
import io
import shutil
import sqlite3

import pytest

from support.site import running, serve

FORMULAS = ['=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@sum(1)", "\t=1", "=cmd|' /C calc'!A0"]


@pytest.fixture(scope="module")
async def formulas(kb, tmp_path_factory):
    """The site of a kb.db whose headlines are formulas."""
    copied = tmp_path_factory.mktemp("formulas") / "kb.db"
    shutil.copy(kb, copied)
    conn = sqlite3.connect(copied)
    for place, text in enumerate(FORMULAS):
        conn.execute("update gaps set headline = ? where rowid % 6 = ?", (text, place))
    conn.commit()
    conn.close()
    async with running(serve(copied)) as site:
        yield site


async def rows(site, path):
    return list(csv.DictReader(io.StringIO((await site.client.get(path)).text)))


@pytest.mark.parametrize("more", ["", "&_stream=on", "&_dl=1"])
async def test_no_text_of_a_table_is_a_formula(formulas, more):
    found = await rows(formulas, f"/kb/gaps.csv?_size=100{more}")
    assert {row["headline"] for row in found} == {f"'{text}" for text in FORMULAS}


async def test_no_text_of_a_query_is_a_formula(formulas):
    (row,) = await rows(
        formulas,
        "/kb/-/query.csv?sql=select+%27%3D1%27+as+a,+-5+as+b,+%27%3D%27+as+c,+%27甲%27+as+d",
    )
    assert row == {"a": "'=1", "b": "-5", "c": "=", "d": "甲"}


async def test_json_holds_the_values_as_they_are(formulas):
    page = (await formulas.client.get("/kb/gaps.json?_size=100")).json()
    shown = {row["headline"] for row in page["rows"]}
    assert shown and shown <= set(FORMULAS)
