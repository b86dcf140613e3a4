"""Every table, view, row and query is a workbook: all rows, in Chinese, no formula, honest where it is cut."""

import io
import re

import openpyxl
import pytest

from pipeline.site.exports import sheets, table_sheet
from pipeline.site.plugins import spreadsheets
from support.site import ARGUMENTS, CONFIG, DESCRIBED, QUERIES, ask, closed, running, serve

SEEN = re.compile("[一-鿿]")


def opened(answer, **options):
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["content-type"] == sheets.CONTENT_TYPE
    return openpyxl.load_workbook(io.BytesIO(answer.content), **options)


def notes(book):
    return {row[0].value: row[1].value for row in book["说明"].iter_rows()}


@pytest.mark.parametrize("name", DESCRIBED)
async def test_every_table_and_view_is_a_workbook_of_all_its_rows(site, kb, name):
    book = opened(await site.client.get(f"/kb/{name}.xlsx"), read_only=True)
    assert book.sheetnames == [sheets.title(DESCRIBED[name]["title"]), "说明"]
    ((total,),) = ask(kb, f"select count(*) from [{name}]")
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert len(rows) == total <= spreadsheets.MAX_ROWS
    columns = [row[1] for row in ask(kb, f"pragma table_info([{name}])")]
    assert len(header) == len(columns) == len(set(header))
    assert all(SEEN.search(heading) for heading in header), header
    told = notes(book)
    assert told["行数"] == f"{total} 行，全部在内" and "不等于没有" in told["未查得"]
    assert told["构建编号"] == ask(kb, "select build_id from builds")[0][0]


@pytest.mark.parametrize("name", QUERIES)
async def test_every_stored_query_is_a_workbook_of_its_rows(site, name):
    book = opened(await site.client.get(f"/kb/{name}.xlsx{ARGUMENTS}"), read_only=True)
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    shown = (await site.client.get(f"/kb/{name}.json{ARGUMENTS}")).json()["rows"]
    assert len(rows) == len(shown)
    assert all(SEEN.search(heading) for heading in header), header
    told = notes(book)
    assert told["名称"] == QUERIES[name]["title"] and told["内容"] == QUERIES[name]["description"]


async def test_a_readers_own_query_and_a_row_are_workbooks_too(site, kb):
    sql = "select gap_id, outcome, headline from gaps where headline like :q limit 3"
    book = opened(await site.client.get("/kb/-/query.xlsx", params={"sql": sql, "q": "%元%"}))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert header == ("差异", "结果", "一句话") and len(rows) == 3
    assert notes(book)["SQL"] == sql and notes(book)["参数：q"] == "%元%"
    ((gap,),) = ask(kb, "select max(gap_id) from gaps")
    row = opened(await site.client.get(f"/kb/gaps/{gap}.xlsx")).worksheets[0]
    assert row.max_row == 2 and row["A2"].value == gap


async def test_filters_search_and_order_are_kept_and_ids_lead_to_pages(site, kb):
    address = "/kb/gap_overview.xlsx?topic_id=shoufei&comparison_id=sh-jx&as_of__gt=2020&_sort_desc=importance"
    book = opened(await site.client.get(address))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    truth = ask(
        kb,
        "select gap_id from gap_overview where topic_id = 'shoufei' and comparison_id = 'sh-jx'"
        " and as_of > '2020' order by importance desc, gap_id",
    )
    ids = [cell.value for cell in sheet["A"][1:]]
    assert set(ids) == {gap for (gap,) in truth}
    weights = [row[header.index("分量")].value for row in sheet.iter_rows(min_row=2)]
    assert weights == sorted(weights, reverse=True)
    assert sheet["A2"].hyperlink.target == f"http://localhost/-/compare/{ids[0]}"
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.endswith(str(len(ids) + 1))
    assert {row[header.index("结果")].value for row in sheet.iter_rows(min_row=2)} <= {
        label for (label,) in ask(kb, "select label from labels where vocabulary = 'outcome'")
    }
    assert notes(book)["比较"] == "上海市 → 嘉兴市"
    found = opened(await site.client.get("/kb/clause_overview.xlsx?_search=引航"))
    ((total,),) = ask(kb, "select count(*) from clauses where is_unit = 1 and instr(text, '引航')")
    assert found.worksheets[0].max_row == total + 1 > 1


async def test_what_is_cut_is_said(kb):
    ((total,),) = ask(kb, "select count(*) from rules")
    async with running(serve(kb, CONFIG | {"plugins": {"excel": {"max_rows": 5}}})) as datasette:
        for path, told in (
            ("rules.xlsx?_sort=rule_id", f"共 {total:,} 行"),
            ("-/query.xlsx?sql=select+*+from+rules", ""),
        ):
            book = opened(await datasette.client.get(f"/kb/{path}"))
            assert book.worksheets[0].max_row == 6
            said = notes(book)["行数"]
            assert "只有前 5 行" in said and "CSV" in said and told in said


async def test_no_text_is_a_formula(hostile):
    import sqlite3

    with sqlite3.connect(hostile) as conn:
        conn.execute('update gaps set headline = \'=HYPERLINK("http://x","y")\'')
        conn.execute("update matters set name = '@sum', question = '-1+1'")
    async with running(serve(hostile)) as datasette:
        for path in (
            "/kb/gap_overview.xlsx?topic_id=shoutai",
            "/kb/matters.xlsx",
            "/kb/shoutai_gaps.xlsx",
        ):
            book = opened(await datasette.client.get(path))
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f"]
            starting = [c for c in cells if str(c.value).startswith(("=", "@"))]
            assert starting and all(cell.quotePrefix for cell in starting)


async def test_a_wrong_query_and_a_closed_table_are_told(site, kb):
    wrong = await site.client.get("/kb/-/query.xlsx?sql=select+nothing")
    assert wrong.status_code == 400 and "查询不能执行" in wrong.text
    async with running(serve(kb, closed("gaps"))) as datasette:
        assert (await datasette.client.get("/kb/gaps.xlsx")).status_code == 403


@pytest.mark.parametrize(
    "value, shown",
    [
        ("\x00a\x0b", "a"),
        ("\ud800", ""),
        ("甲" * 40_000, "甲" * (sheets.MAX_CELL - len(sheets.CUT)) + sheets.CUT),
    ],
)
def test_a_cell_holds_what_excel_can_hold(value, shown):
    assert sheets.text(value) == shown
    book = sheets.workbook([sheets.Sheet("a/b", ["x"], [[value], [10**20], [None], [0.5]])])
    column = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]["A"]
    assert [cell.value for cell in column[1:]] == [shown or None, str(10**20), None, 0.5]


def test_lists_codes_and_differences_are_words():
    def cell(value, column):
        return table_sheet.cell(value, column, None, lambda path: path, lambda v, c, t: v)

    assert cell('["甲","乙"]', "issuers").value == "甲、乙"
    assert cell('[["~","2","3"],["+","","元"]]', "diff") == "【2→3】【仅右：元】"
    assert cell({"value": "m", "label": "名"}, "matter_id") == sheets.Linked("名", "/-/matter/m")
    assert cell("javascript:x", "url").link is None
    assert cell(0.1 + 0.2, "n") == 0.3 and cell(None, "n") is None
