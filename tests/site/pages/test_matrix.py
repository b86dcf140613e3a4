"""The matrix of a topic: one row a matter, one column a place, nothing claimed that no rule says."""

import csv
import io
import json
import re

import openpyxl
import pytest

from pipeline.site.exports import matrix_file
from pipeline.site.parts import matrix_cells
from support.site import ask, closed, running, serve, visible

TOPICS = ("shoutai", "jifen", "chanye", "shoufei")


async def table(site, topic, arguments=""):
    return (await site.client.get(f"/-/matrix/{topic}.json{arguments}")).json()


def cell(row, region):
    return next(cell for cell in row["cells"] if cell["region_id"] == region)


def entries(data):
    return [entry for row in data["rows"] for c in row["cells"] for entry in c["entries"]]


# What it says


@pytest.mark.parametrize("date", ["2018", "newest"])
@pytest.mark.parametrize("topic", TOPICS)
async def test_every_entry_is_a_rule_of_its_matter_and_place_with_its_quote(site, kb, topic, date):
    data = await table(site, topic, f"?date={date}")
    rules = {
        row[0]: row[1:]
        for row in ask(kb, "select rule_id, matter_id, region_id, quote, clause_id from rules")
    }
    also = set(ask(kb, "select rule_id, region_id from rule_regions"))
    for row in data["rows"]:
        for each in row["cells"]:
            for entry in each["entries"]:
                matter, region, quote, clause = rules[entry["rule_id"]]
                assert (matter, quote, clause) == (
                    row["matter_id"],
                    entry["quote"],
                    entry["clause_id"],
                )
                assert region == each["region_id"] or (entry["rule_id"], each["region_id"]) in also
                assert entry["says"] in each["text"]


@pytest.mark.parametrize("date", ["2018", "newest"])
async def test_what_counts_for_a_gap_on_a_day_is_in_the_matrix_of_that_day(site, kb, date):
    """The rules of gaps are told in force by the stage gaps, those of the matrix by the page."""
    for (topic,) in ask(kb, "select topic_id from topics"):
        shown = {entry["rule_id"] for entry in entries(await table(site, topic, f"?date={date}"))}
        of_gaps = ask(
            kb,
            "select distinct rule_id, in_force from gap_rules join gaps using (gap_id)"
            " join moments using (as_of) where topic_id = ? and moment_id = ?",
            topic,
            date,
        )
        assert {rule for rule, counts in of_gaps if counts} <= shown
        assert not {rule for rule, counts in of_gaps if not counts} & shown


async def test_columns_are_the_places_with_a_rule_in_force_the_compared_ones_first(site, kb):
    for topic in TOPICS:
        data = await table(site, topic)
        assert [c["region_id"] for c in data["columns"]][:2] == ["310000", "330400"]
        filled = {c["region_id"] for row in data["rows"] for c in row["cells"] if c["entries"]}
        assert filled | {"310000", "330400"} == {c["region_id"] for c in data["columns"]}


async def test_nothing_is_said_of_a_place_without_a_rule(site):
    data = await table(site, "jifen")
    empty = [c for row in data["rows"] for c in row["cells"] if not c["entries"]]
    assert empty and {c["text"] for c in empty} == {matrix_cells.EMPTY}
    assert "未收集不等于没有" in visible((await site.client.get("/-/matrix/jifen")).text)


async def test_the_first_set_grant_then_and_now(site):
    """至多3000万元 against 20万元 in 2018; now 2000万元, nothing known of the city, and the province gives 200万元."""
    then, now = await table(site, "shoutai", "?date=2018"), await table(site, "shoutai")
    row = next(r for r in then["rows"] if r["matter_id"] == "guoji-shoutai-jiangli")
    assert cell(row, "310000")["text"] == "国际：至多3000万元（2018-04-01起）"
    assert "20万元" in cell(row, "330400")["text"]
    row = next(r for r in now["rows"] if r["matter_id"] == "guoji-shoutai-jiangli")
    assert "至多2000万元" in cell(row, "310000")["text"]
    assert cell(row, "330400")["text"] == matrix_cells.EMPTY
    assert "200万元" in cell(row, "330000")["text"]


async def test_tiers_are_lines_of_a_cell(site):
    data = await table(site, "rencai")
    row = next(r for r in data["rows"] if r["matter_id"] == "biyesheng-shenghuo-butie")
    lines = cell(row, "330400")["text"].splitlines()
    assert len(lines) == len(cell(row, "330400")["entries"]) > 2
    assert lines[0].startswith("博士：6万元")


async def test_counties_can_be_left_out(site):
    full, short = await table(site, "chanye"), await table(site, "chanye", "?counties=0")
    names = {c["name"] for c in short["columns"]}
    assert {"上海市", "嘉兴市", "浙江省"} <= names and not {"海宁市", "闵行区"} & names
    assert {"海宁市", "桐乡市", "闵行区"} <= {c["name"] for c in full["columns"]}
    assert not {e["rule_id"] for e in entries(short)} - {e["rule_id"] for e in entries(full)}


async def test_the_page_is_a_table_that_can_be_read_without_seeing_it(site):
    page = (await site.client.get("/-/matrix/shoutai?date=2018")).text
    assert re.search('<div class="matrix-box" role="region" tabindex="0" aria-label="[^"]+">', page)
    assert "<caption>" in page and '<th scope="col">嘉兴市</th>' in page
    assert page.count('<th scope="row">') == page.count("<tr>") - 1
    assert "至多3000万元" in visible(page) and "<script" not in page
    assert 'href="/-/matter/guoji-shoutai-jiangli"' in page
    assert re.search(
        r'class="value quoted" href="/-/matter/[^"]+" title="[^"]*3000万元[^"]*"', page
    )


async def test_the_topic_leads_to_it(site):
    topic = (await site.client.get("/-/topic/shoufei?date=2018")).text
    assert '<a href="/-/matrix/shoufei?date=2018">' in topic


# The files


@pytest.mark.parametrize("topic", TOPICS)
async def test_excel_holds_the_same_cells_with_links_and_no_formula(site, topic):
    data = await table(site, topic)
    answer = await site.client.get(f"/-/matrix/{topic}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["对照表", "说明", "规定"]
    sheet = book["对照表"]
    assert sheet.freeze_panes == "B2"
    assert [c.value for c in sheet[1]] == ["事项", *(c["name"] for c in data["columns"])]
    for row, line in zip(sheet.iter_rows(min_row=2), data["rows"], strict=True):
        address = f"http://localhost{matrix_file.matter_path(line)}"
        assert (row[0].value, row[0].hyperlink.target) == (line["matter"], address)
        for here, there in zip(row[1:], line["cells"], strict=True):
            assert here.value == there["text"]
            assert bool(here.hyperlink) == bool(there["entries"])
            assert not here.hyperlink or here.hyperlink.target == address
    assert not [c for s in book for line in s.iter_rows() for c in line if c.data_type == "f"]


async def test_excel_says_what_it_is_and_what_each_rule_rests_on(site, kb):
    data = await table(site, "shoutai", "?date=2018")
    answer = await site.client.get("/-/matrix/shoutai.xlsx?date=2018")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert about["主题"] == "首台（套）" and about["比较日期"].startswith("2018-12-31")
    assert about["构建编号"] == ask(kb, "select build_id from builds")[0][0]
    assert "不等于没有" in about["—"] and "CC BY 4.0" in about["许可"]
    header, *rules = book["规定"].iter_rows(values_only=True)
    told = [dict(zip(header, rule, strict=True)) for rule in rules]
    assert [rule["引语"] for rule in told] == [entry["quote"] for entry in entries(data)]
    assert [rule["规定"] for rule in told] == [entry["says"] for entry in entries(data)]
    assert {rule["摘编/正文"] for rule in told} <= {"摘编", "正文"}
    assert all(rule["来源"] and "/-/clause/" in rule["链接"] for rule in told)


async def test_csv_opens_in_chinese_excel(site):
    answer = await site.client.get("/-/matrix/chanye.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    data = await table(site, "chanye")
    assert lines[0][:3] == ["事项", "上海市", "嘉兴市"]
    assert lines[1:] == [[r["matter"], *(c["text"] for c in r["cells"])] for r in data["rows"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5%", "@sum", "=cmd|' /C calc'!A0", "\x01="])
async def test_nothing_is_read_as_a_formula(site, text):
    data = await table(site, "shoutai")
    data["rows"][0]["matter"] = data["rows"][0]["cells"][1]["text"] = text
    for row in list(csv.reader(io.StringIO(matrix_file.as_csv(data).decode("utf-8-sig")))):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row)
    excel = matrix_file.as_excel(data, lambda path: f"http://x{path}", lambda code, column: code)
    found = openpyxl.load_workbook(io.BytesIO(excel))["对照表"]["A2"]
    assert found.value == text.replace("\x01", "") and found.data_type == "s"


# Closed, unknown, hostile


@pytest.mark.parametrize("form", ["", ".json", ".xlsx", ".csv"])
async def test_an_unknown_topic_is_not_found_in_chinese(site, form):
    answer = await site.client.get(f"/-/matrix/nothing{form}")
    assert answer.status_code == 404
    text = json.dumps(answer.json(), ensure_ascii=False) if form == ".json" else answer.text
    assert "没有编号为“nothing”的主题" in text.replace('\\"', '"')


@pytest.mark.parametrize("closed_table", ["clauses", "matters", "rules"])
async def test_a_closed_table_closes_the_page_and_its_files(kb, closed_table):
    async with running(serve(kb, closed(closed_table))) as datasette:
        for form in ("", ".json", ".xlsx", ".csv"):
            assert (await datasette.client.get(f"/-/matrix/shoutai{form}")).status_code == 403


async def test_markup_in_the_data_is_shown_not_run(hostile):
    async with running(serve(hostile)) as datasette:
        page = (await datasette.client.get("/-/matrix/shoutai")).text
        excel = await datasette.client.get("/-/matrix/shoutai.xlsx")
    assert "alert(" in page
    assert "<script>alert" not in page and "<img src=x" not in page
    assert excel.status_code == 200
