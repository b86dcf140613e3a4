"""The page of addresses: the diagram draws every table and every key."""

from support.site import ask


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
