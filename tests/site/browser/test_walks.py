"""What a stranger can do by clicking alone, in a real browser without JavaScript."""

import io

import openpyxl
import pytest

from support.browser import in_chromium

pytestmark = in_chromium


@pytest.fixture
def page(browser, address):
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_the_first_set_gap_and_its_legal_text_are_two_clicks_from_home(page):
    page.get_by_role("link", name="首台(套)，数额，").click()
    page.get_by_role("link", name="首台套、首批次资助上限").first.click()
    sides = page.locator("article.side")
    assert "最高2000万元" in sides.nth(0).inner_text() and "200万元" in sides.nth(1).inner_text()
    assert "逐级对照" in page.inner_text("main")


def test_what_jiaxing_lacks_for_talents_is_one_click_from_home(page):
    page.get_by_role("link", name="人才补贴，缺位，").click()
    gaps = page.locator("ol.gaps > li")
    assert gaps.count() > 3
    assert all("未查得" in gaps.nth(i).inner_text() for i in range(gaps.count()))
    assert "不等于没有" in page.inner_text("body")


def test_what_changed_in_fees_since_2018_is_one_click_from_home(page):
    page.get_by_role("link", name="行政收费与基金", exact=True).first.click()
    section = page.locator("section", has=page.get_by_role("heading", name="2018-12-31 以来的变化"))
    assert section.locator("li").count() > 0
    assert "至 2026-11-23" in section.inner_text()


def test_a_topics_matrix_can_be_taken_home_as_excel(page):
    page.get_by_role("link", name="首台(套)", exact=True).first.click()
    page.get_by_role("link", name="各地对照表").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").first.click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    told = {str(cell.value) for cell in cells}
    assert any("上海市" in words for words in told) and any("2000万元" in words for words in told)
    assert not any(isinstance(cell.value, str) and cell.value.startswith("=") for cell in cells)
    linked = [cell for cell in cells if cell.hyperlink]
    assert linked and all(
        "/-/clause/" in cell.hyperlink.target or "/-/compare/" in cell.hyperlink.target
        for cell in linked
    )
