"""Everyone can read it: axe-core's rules on every kind of page, light and dark, wide and narrow."""

import pytest

from support.browser import in_chromium
from support.site import pages

pytestmark = in_chromium


@pytest.mark.parametrize(
    "scheme, width", [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
)
def test_no_page_breaks_a_serious_rule_of_accessibility(browser, address, kb, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    broken = []
    for path in pages(kb):
        page.goto(address + path)
        for rule in axe.run(page).response["violations"]:
            if rule["impact"] in ("serious", "critical"):
                broken.append(
                    (path, rule["id"], [node["html"][:120] for node in rule["nodes"]][:3])
                )
    page.close()
    assert not broken
