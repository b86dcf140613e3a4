"""In lists coded matters come before matters of articles, and boilerplate is in none of them."""

import shutil
import sqlite3

import pytest

from support.site import ask, running, serve

LEADING = """
    select g.matter_id, g.topic_id from gaps g join moments n using (as_of)
    where n.newest and g.comparison_id = 'sh-jx' and g.outcome = 'differs' and g.topic_id = 'shebao'
    order by g.importance desc, g.gap_id limit 2
"""


@pytest.fixture
def mixed(kb, tmp_path):
    """A copy of kb.db in which the weightiest matter of a topic is an article, and the next is boilerplate."""
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    (article, _), (common, _) = ask(kb, LEADING)
    with sqlite3.connect(copied) as conn:
        conn.execute("update matters set origin = 'aligned' where matter_id in (?, ?)", (article, common))  # fmt: skip
        conn.execute("update matters set boilerplate = 1 where matter_id = ?", (common,))
    return copied, article, common


async def test_a_topic_has_coded_matters_first_and_no_boilerplate(mixed):
    copied, article, common = mixed
    async with running(serve(copied)) as datasette:
        data = (await datasette.client.get("/-/topic/shebao.json")).json()
        page = (await datasette.client.get("/-/topic/shebao")).text
        home = (await datasette.client.get("/.json")).json()
        matrix = (await datasette.client.get("/-/matrix/shebao.json")).json()
    both = next(part for part in data["sections"] if part["section"] == "differs")
    shown = [gap["matter_id"] for part in data["sections"] for gap in part["gaps"]]
    assert both["gaps"][-1]["matter_id"] == article and both["gaps"][0]["origin"] == "coded"
    assert "法规、规章的条文 1 条" in page
    assert common not in shown and common not in page
    topic = next(one for one in home["topics"] if one["topic_id"] == "shebao")
    assert sum(topic["counts"].values()) == data["total"] == len(shown)
    assert {article, common}.isdisjoint(gap["matter_id"] for gap in home["important"])
    assert {article, common}.isdisjoint(row["matter_id"] for row in matrix["rows"])
    assert matrix["articles"] == 1
    assert home["corpus"]["articles"] == 1 and home["articles"]["in_topics"] == 1
