"""In a real browser: regulations article by article, numbered in both texts, wide and narrow."""

import pytest

from support.browser import in_chromium, listening
from support.site import serve

pytestmark = in_chromium
PAIR = "/-/pair/sh-2024-danche__and__jx-2023-danche"


@pytest.mark.parametrize("width", [390, 1280])
def test_from_two_documents_to_the_words_that_differ(browser, small, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    faults = []
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.on("console", lambda m: m.type == "error" and faults.append(m.text))

    def whole(kind):
        page.wait_for_url(
            f"**/-/{kind}/**"
        )  # a click returns before the page that it leads to is there
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        grave = ("serious", "critical")
        broken = axe.run(page).response["violations"]
        assert not [rule["id"] for rule in broken if rule["impact"] in grave]

    with listening(serve(small)) as address:
        page.goto(f"{address}/-/pairs")
        page.locator(f'a[href="{PAIR}"]').click()
        whole("pair")
        page.get_by_role("row", name="第七条").get_by_role("link", name="第七条").last.click()
        for side in range(2):
            mark = page.locator("blockquote").nth(side).locator("mark").first
            number = "getComputedStyle(element, '::before').content"
            assert mark.evaluate(f"element => {number}") == '"1"' and "罚款" in mark.inner_text()
        whole("compare")
        page.get_by_role("link", name="《上海市共享单车管理办法》第七条：").click()
        whole("matter")
    page.close()
    assert not faults
