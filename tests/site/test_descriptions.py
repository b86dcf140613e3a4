"""Every table, view, column and stored query is described in Chinese."""

import re

from support.site import DESCRIBED, QUERIES, ask


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
