"""The sites of the bundled corpus and of two small ones, for tests that only read, and a copy of kb.db full of markup."""

import shutil
import sqlite3

import pytest

from support.site import running, serve


@pytest.fixture(scope="session")
async def site(kb):
    """The site as on one's own machine, served once for all tests that only read."""
    async with running(serve(kb)) as datasette:
        yield datasette


@pytest.fixture(scope="session")
async def small_site(small):
    """The site of that kb.db."""
    async with running(serve(small)) as datasette:
        yield datasette


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
        conn.execute("update gaps set headline = ?, summary = ?", (bad, bad))
        conn.execute("update gaps set caveats = json_array(json_array(?, ?))", (bad, bad))
        conn.execute("update matters set name = ?, question = ?", (bad, bad))
        conn.execute(
            "update rules set quote = ?, answer = ?, note = ?, tier = ?", (bad, bad, bad, bad)
        )
        conn.execute("update topics set name = ?, definition = ?", (bad, bad))
        conn.execute("update claims set statement = ?, note = ?", (bad, bad))
        conn.execute("update facts set source = ?, note = ?", (bad, bad))
        conn.execute(
            "update gap_departments set department = department || ? where side = 'a'", (bad,)
        )
        conn.execute("update gap_changes set summary = ?", (bad,))
        conn.execute("update gap_points set sentence = ?, tier = ?", (bad, bad))
    return copied
