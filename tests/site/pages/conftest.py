"""The site of two small corpora of our own wording."""

import pytest

from support import small_corpus
from support.building import once
from support.site import running, serve


@pytest.fixture(scope="session")
def small(shared_tmp):
    """kb.db of documents that cite, repeal and prolong each other, and of versions of one text."""
    folder = shared_tmp / "small"
    return once(folder, lambda: small_corpus.build(folder)) / "kb.db"


@pytest.fixture(scope="session")
async def small_site(small):
    """The site of that kb.db."""
    async with running(serve(small)) as datasette:
        yield datasette
