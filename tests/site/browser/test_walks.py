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


def test_the_first_set_difference_and_its_words_are_two_clicks_from_home(page):
    page.get_by_role("link", name="首台（套）", exact=True).click()
    page.get_by_role("link", name="国际首台（套）奖补上限").first.click()
    text = page.inner_text("main")
    assert "至多2000万元" in text and "200万元" in text and "上海市是浙江省的10倍" in text
    assert page.locator("q", has_text="2000万元").count() > 0


def test_what_jiaxing_is_known_to_lack_is_one_click_from_home(page):
    link = page.get_by_role("link", name="出入境便利，嘉兴没有，")
    told = int(re.search(r"\d+", link.get_attribute("aria-label"))[0])
    link.click()
    matters = page.locator("#absent table.matters tbody")
    matters.first.wait_for()
    assert matters.count() == told
    for n in range(matters.count()):
        text = matters.nth(n).inner_text()
        assert "没有这一规定（" in text  # never without what says so
        assert "已失效" not in text


def test_which_fees_differ_and_who_is_better_off_is_one_click_from_home(page):
    page.get_by_role("link", name="行政收费与基金，有差别，").click()
    row = page.locator("#differs tbody", has_text="养犬管理费")
    text = row.inner_text()
    assert "每犬每年500元" in text and "中心城区：不收费" in text and "嘉兴更优惠" in text


def test_what_is_to_collect_unfolds(page):
    page.get_by_role("link", name="居住证积分", exact=True).first.click()
    part = page.locator("#to_collect")
    assert not part.locator("table").first.is_visible()
    part.get_by_text("展开").click()
    assert "待收集" in part.locator("tbody").first.inner_text()


def test_what_closed_since_2018_and_why_is_two_clicks_from_home(page):
    section = page.locator("section", has=page.get_by_role("heading", name="2018-12-31 以来的变化"))
    line = section.locator("li", has_text="消失").first
    assert (
        "2018年12月：" in line.inner_text() and "《" in line.inner_text()
    )  # the document that did it
    line.get_by_role("link").click()
    assert "前后变化" in page.inner_text("main")


def test_who_must_act_and_what_runs_out_next_stand_on_the_home_page(page):
    section = page.locator("section", has=page.get_by_role("heading", name="半年内到期的文件"))
    assert re.match(r"20\d\d-\d\d-\d\d", section.locator("li").first.inner_text())
    page.get_by_role("link", name="按归口部门看").click()
    page.get_by_role("link", name="嘉兴市财政局").click()
    assert page.locator("ol.gaps li").count() > 0


def test_two_counties_are_chosen_in_a_list_and_thin_material_is_told(page):
    page.get_by_label("比较").select_option(label="嘉善县 → 平湖市")
    page.get_by_role("button", name="查看").click()
    assert "这一组比较的材料很少" in page.inner_text("main")


def test_how_reliable_it_is_is_one_click_from_home(page):
    page.get_by_role("navigation").get_by_role("link", name="有多可靠").click()
    assert "92%" in page.get_by_role("row", name="哪一条对应哪一条").inner_text()


def test_a_topics_matrix_can_be_taken_home_as_excel(page):
    page.get_by_role("link", name="首台（套）", exact=True).first.click()
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
