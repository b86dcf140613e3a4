"""In a real browser: nothing fails, nothing comes from elsewhere, nothing runs off a phone."""

import shutil

import pytest

from pipeline.core.computation import history
from pipeline.core.computation.history import HistoryEvent
from pipeline.reading.formats import reader
from support.browser import in_chromium, listening
from support.site import pages, serve

pytestmark = in_chromium


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_whole_and_keep_to_themselves(browser, address, kb, width, scheme):
    faults = []
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.on("console", lambda m: m.type == "error" and faults.append(m.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda r: r.url.startswith((address, "data:")) or faults.append(r.url))
    core = ["/kb", "/kb/clauses?_search=积分", "/kb/gap_overview", "/kb/search?q=积分",
            "/kb/-/query?sql=select+*+from+gaps+limit+3"]  # fmt: skip
    for path in [*pages(kb), *core]:
        assert page.goto(address + path).status == 200
        across = page.evaluate("document.documentElement.scrollWidth")
        assert across <= width, f"{path} is {across} px wide"
        assert not faults, path
    page.close()


def test_what_changed_fits_on_a_phone(browser, kb, tmp_path):
    """The page has rows only where a history lies beside kb.db."""
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    said = "上海市至多2000万元（2026年起，据二手资料），浙江省200万元（嘉兴市适用，2024年）。"
    history.append(history.path_beside(copied), [
        HistoryEvent("matter", "resolved", "guoji-shoutai-jiangli", "国际首台（套）奖补上限", "sh-jx", before=said, after=said),
        HistoryEvent("document", "new", "law-1", "上海市某某管理条例（2026年修正）", region_id="310000", matters=[said]),
    ])  # fmt: skip
    page = browser.new_page(viewport={"width": 390, "height": 844})
    with listening(serve(copied)) as address:
        page.goto(f"{address}/-/changes")
        assert page.get_by_role("row").filter(has_text=said).count() == 2
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_reader_finds_a_clause_and_comes_back(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("searchbox", name="检索事项和条款").fill("積分")
    page.get_by_role("button", name="检索").first.click()
    assert page.locator("mark").first.inner_text() == "积分"
    assert page.get_by_role("searchbox", name="检索事项和条款").input_value() == "積分"
    page.get_by_role("navigation", name="筛选").get_by_role("link", name="上海市").click()
    assert page.locator("[aria-current]").inner_text().startswith("上海市")
    page.get_by_role("list").locator("h3 a").first.click()
    assert "#" in page.url
    page.get_by_role("link", name="首页").click()
    assert page.locator("table.picture").is_visible()
    page.close()


def test_a_search_needs_no_mouse(browser, address):
    """From the box in the head by keyboard alone, and on to the next page."""
    page = browser.new_page()
    page.goto(address + "/-/claims")
    page.get_by_role("searchbox", name="检索事项、文件和条款").focus()
    page.keyboard.type("的")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="下一页").focus()
    page.keyboard.press("Enter")
    assert page.locator("ol.hits").get_attribute("start") == "21"
    page.close()


@pytest.mark.parametrize("size", [14, 17, 18, 21])
def test_a_page_printed_to_pdf_reads_as_the_page(browser, tmp_path, size):
    """Fonts of Chinese and of figures stand at other heights in one line of a printed page."""
    lines = ["某市人民政府关于甲事的通知", "一、船员证书每人600元，职务证书每人1500元，按照《某市甲办法》执行。",
             "二、本通知自2022年3月1日起执行，有效期至2027年2月28日。", "某市人民政府", "2022年2月18日"]  # fmt: skip
    page = browser.new_page()
    page.set_content("".join(f'<p style="font-size: {size}px">{line}</p>' for line in lines))
    page.pdf(path=tmp_path / "a.pdf")
    page.close()
    assert [line for line in reader.read(tmp_path / "a.pdf").text.split("\n") if line] == lines
