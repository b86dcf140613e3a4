"""What a stranger can do by clicking alone, in a real browser without JavaScript."""

import io
import re

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


def test_the_first_set_matter_and_its_words_are_two_clicks_from_home(page):
    page.get_by_role("link", name="首台(套)，有差别，").click()
    page.get_by_role("link", name="国际首台（套）奖补上限").first.click()
    text = page.inner_text("main")
    assert "至多2000万元" in text and "200万元" in text
    assert page.locator("q", has_text="2000万元").count() > 0


def test_what_jiaxing_is_known_to_lack_is_one_click_from_home(page):
    link = page.get_by_role("link", name="出入境便利，对比方没有，")
    told = int(re.search(r"\d+", link.get_attribute("aria-label") or link.text_content())[0])
    link.click()
    lines = page.locator("#absent ol.gaps > li")
    lines.first.wait_for()
    assert lines.count() == told
    for n in range(lines.count()):
        assert "没有这一规定（" in lines.nth(n).inner_text()  # never without what says so


def test_what_is_to_collect_unfolds(page):
    page.get_by_role("link", name="居住证积分", exact=True).first.click()
    part = page.locator("#to_collect")
    assert not part.locator("li").first.is_visible()
    part.get_by_text("展开").click()
    assert "待收集" in part.locator("li").first.inner_text()


def test_what_changed_in_fees_since_2018_is_one_click_from_home(page):
    page.get_by_role("link", name="行政收费与基金", exact=True).first.click()
    section = page.locator("section", has=page.get_by_role("heading", name="2018-12-31 以来的变化"))
    assert "2018年12月：" in section.locator("li").first.inner_text()


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
    assert linked and all("/-/matter/" in cell.hyperlink.target for cell in linked)
