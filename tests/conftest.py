"""What many tests need, made once: kb.db of the bundled corpus, the site that serves it, real texts."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import building, cases, small_corpus
from support.building import SHARED

TESTS = Path(__file__).parent
# The files that take longest come first, so that no process is left with one in the end; those that need
# kb.db take turns with those that do not, for the first process that needs it builds it.
LONGEST = (
    "site/test_crawl.py", "laws/test_makefile.py", "site/test_hostile_requests.py", "real/test_training.py",
    "gaps/test_expected_gaps.py", "reading/formats/test_sandbox.py", "site/browser/test_accessibility.py",
    "real/test_collected_files.py", "site/browser/test_whole_pages.py", "real/test_regulations.py",
    "laws/test_scheduler.py", "site/pages/test_search.py", "site/pages/test_revision.py", "real/test_aligned_regulations.py",
    "site/pages/test_references.py", "site/serving/test_editions.py", "site/test_published.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by file: the longest first, the rest as they are."""
    places = {TESTS / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_make_parametrize_id(val: object) -> str | None:
    """A text names its case as it is written, not as escapes."""
    if isinstance(val, bytes):
        return repr(val[:8])  # not the whole: an archive carries the time at which it was made
    return cases.label(val) if isinstance(val, str) else None


@pytest.fixture(scope="session")
def shared_tmp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def kb(shared_tmp: Path) -> Path:
    """kb.db of the bundled corpus, its rows beside it in build/; never to be written to."""
    folder = shared_tmp / "bundled"
    return building.once(folder, lambda: building.built(Path("corpus"), folder)) / "kb.db"


@pytest.fixture(scope="session")
def small(shared_tmp: Path) -> Path:
    """kb.db of documents that cite, repeal and prolong each other, and of versions of one text."""
    folder = shared_tmp / "small"
    return building.once(folder, lambda: small_corpus.build(folder)) / "kb.db"


@pytest.fixture(scope="session")
def db(kb: Path) -> Iterator[sqlite3.Connection]:
    """A connection to that kb.db which only reads; rows by name."""
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


@pytest.fixture(scope="session")
def realtext() -> Path:
    """A corpus folder of 631 official local regulations; not on a user's machine."""
    folder = SHARED / "realtext"
    if not folder.is_dir():
        pytest.skip(
            "../shared/realtext, 631 official texts kept outside the repository, is not here"
        )
    return folder


@pytest.fixture(scope="session")
def realdocs() -> Path:
    """A folder of 69 files as researchers keep them; not on a user's machine."""
    folder = SHARED / "realdocs"
    if not folder.is_dir():
        pytest.skip("../shared/realdocs, 69 real files kept outside the repository, is not here")
    return folder
