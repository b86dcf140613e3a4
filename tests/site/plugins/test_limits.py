"""Nothing can be written, and SQL can neither write nor exhaust the site."""

from urllib.parse import quote

import pytest


async def test_nothing_can_be_written(site):
    row = {"row": {"fact_id": "x", "reason": "y"}}
    response = await site.client.post("/kb/excluded_facts/-/insert", json=row)
    assert response.status_code == 405


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
