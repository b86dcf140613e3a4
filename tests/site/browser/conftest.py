"""The site on a port, and Chromium to read it with."""

import pytest

from support.browser import CHROMIUM, FLAGS, listening
from support.site import serve


@pytest.fixture(scope="session")
def address(kb):
    """The site on a free port, in a thread of its own."""
    with listening(serve(kb)) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Chromium; closed with the module, since Playwright holds this thread's event loop."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()
