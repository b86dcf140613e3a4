"""In a real browser: citations can be copied, paper has both sides, the margin gives way on a phone."""

import pytest

from support.browser import in_chromium
from support.site import ask, keys

pytestmark = in_chromium
TWO_SIDED = "select min(alignment_id) from alignments group by status"


def test_a_button_copies_where_the_browser_allows_it(browser, address, kb):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/-/matter/{keys(kb)['matter']}")
    button = page.locator("button[data-copies=cite-1]")
    assert button.is_visible()
    button.click()
    page.wait_for_function(
        "document.querySelector('[data-copies=cite-1]').textContent === '已复制'"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-1").input_value() and "[引用日期]" in copied
    context.close()


def test_without_script_the_text_can_be_selected_and_no_button_shows(browser, address, kb):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/-/matter/{keys(kb)['matter']}")
    assert page.locator("#cite-1").is_visible() and page.locator("#cite-1").is_editable() is False
    assert not page.locator("button[data-copies]").first.is_visible()
    context.close()


def test_paper_has_both_sides_and_the_citation_and_no_navigation(browser, address, kb):
    (key,) = ask(kb, TWO_SIDED)[0]
    page = browser.new_page(viewport={"width": 680, "height": 960})  # A4 less its margins
    page.goto(f"{address}/-/compare/{key}")
    page.emulate_media(media="print")
    for hidden in (".masthead nav", ".find", ".crumbs", "textarea", "button[data-copies]"):
        shown = page.locator(hidden).evaluate_all("all => all.some(e => getComputedStyle(e).display !== 'none' && e.offsetParent)")  # fmt: skip
        assert not shown, hidden
    sides = page.locator(".side")
    left, right = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert left["y"] == right["y"] and left["x"] < right["x"]
    assert sides.first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    assert "[引用日期]" in page.locator(".paper").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    page.close()


@pytest.mark.parametrize("width", [390, 1099, 1100, 1280])
def test_counterparts_stand_beside_where_there_is_room_and_under_where_not(
    browser, address, kb, width
):
    (document_id,) = ask(kb, """select document_id from clauses join alignments on clause_id = clause_a
        where status = 'auto' order by confidence desc limit 1""")[0]  # fmt: skip
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}/-/document/{document_id}")
    unit = page.locator("article.unit:has(aside)").first
    text, aside = unit.locator(".clause").bounding_box(), unit.locator("aside").bounding_box()
    assert (aside["x"] >= text["x"] + text["width"]) is (width >= 1100)
    assert (aside["y"] >= text["y"] + text["height"]) is (width < 1100)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
