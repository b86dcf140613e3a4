"""The matrix of a topic: one row an attribute, one column a region, nothing claimed that no clause says."""

import csv
import io
import json
import re

import openpyxl
import pytest

from pipeline.site.parts import key_figures, workbook
from support.site import ask, closed, running, serve, visible

TOPICS = ("shoutai", "jifen", "chanye", "shoufei")
BASELINE = """
    with recursive below(id) as (
        select '310000' union select region_id from regions join below on parent_id = id
    )
    select ct.clause_id from clause_topics ct
    join clauses c using (clause_id) join documents d using (document_id)
    join document_states s on s.document_id = d.document_id
    join moments m on m.as_of = s.as_of and m.moment_id = ?
    where ct.topic_id = ? and c.is_unit = 1 and s.state in ('有效', '未知') and d.region_id in below
"""


async def table(site, topic, arguments=""):
    return (await site.client.get(f"/-/matrix/{topic}.json{arguments}")).json()


def cell(row, region):
    return next(cell for cell in row["cells"] if cell["region_id"] == region)


def entries(data):
    return [e for row in data["rows"] for c in row["cells"] for e in c["entries"] + c["past"]]


# What it says


@pytest.mark.parametrize("date", ["2018", "newest"])
@pytest.mark.parametrize("topic", TOPICS)
async def test_every_quote_stands_in_its_clause_and_every_link_leads_somewhere(site, kb, topic, date):  # fmt: skip
    data = await table(site, topic, f"?date={date}")
    texts = dict(ask(kb, "select clause_id, text from clauses"))
    gaps = {gap for (gap,) in ask(kb, "select gap_id from gaps where as_of = ?", data["moment"]["as_of"])}  # fmt: skip
    for entry in entries(data):
        assert entry["quote"] and entry["quote"] in texts[entry["clause_id"]]
        assert entry["value"] and entry["gap_id"] in gaps | {None}
    for row in data["rows"]:
        for each in row["cells"]:
            assert bool(each["entries"]) != bool(each["grade"])
            assert each["gap_id"] in gaps | {None}
            assert "没有" not in each["text"] or any("没有" in e["value"] for e in each["entries"])


@pytest.mark.parametrize("date", ["2018", "newest"])
async def test_every_clause_of_the_baseline_in_force_has_one_row(site, kb, date):
    for (topic,) in ask(kb, "select topic_id from topics"):
        data = await table(site, topic, f"?date={date}")
        heads = [row["clause_id"] for row in data["rows"]]
        wanted = {clause for (clause,) in ask(kb, BASELINE, date, topic)}
        assert len(heads) == len(set(heads))
        assert {row["clause_id"] for row in data["rows"] if row["group"] != "target"} == wanted


@pytest.mark.parametrize("topic", TOPICS)
async def test_every_clause_of_the_target_in_force_is_shown(site, kb, topic):
    shown = {entry["clause_id"] for entry in entries(await table(site, topic))}
    for (clause,) in ask(kb, "select c.clause_id from clause_topics join clauses c using (clause_id) join documents using (document_id) where topic_id = ? and is_unit = 1 and region_id like '3304%' and status in ('有效', '未知')", topic):  # fmt: skip
        assert clause in shown


async def test_what_gaps_pair_stands_in_one_row(site, kb):
    """Every pair of clauses that a gap of the topic holds together is a row's cell."""
    for (topic,) in ask(kb, "select topic_id from topics"):
        data = await table(site, topic)
        rows = {r["clause_id"]: {e["clause_id"] for c in r["cells"] for e in c["entries"]} for r in data["rows"]}  # fmt: skip
        pairs = ask(kb, "select clause_a, clause_b from gaps join moments using (as_of) where newest = 1 and clause_b is not null and clause_a is not null and topic_id = ? and comparison_id like 'sh-%'", topic)  # fmt: skip
        for a, b in pairs:
            assert b in rows[a]


async def test_the_first_set_grant_then_and_now(site):
    """最高3000万元 against 20万元 in 2018; now 2000万元, nothing known of the city, and the province gives 200万元."""
    then, now = await table(site, "shoutai", "?date=2018"), await table(site, "shoutai")
    row = next(r for r in then["rows"] if "3000万元" in cell(r, "310000")["text"])
    assert cell(row, "310000")["text"] == "按销售合同额的20%至30%、最高3000万元"
    assert cell(row, "330400")["text"] == "20万元"
    assert all(
        "3000万元" not in cell(r, "310000")["text"]
        for r in now["rows"]
        if r["clause_id"] == row["clause_id"]
    )
    row = next(r for r in now["rows"] if r["clause_id"] == "sh-2026-zhizaoye__st-010")
    city, province = cell(row, "330400"), cell(row, "330000")
    assert not city["entries"] and city["grade"] == "upper_level_only"
    assert city["text"].splitlines() == ["仅上级有规定（浙江省）"]
    assert province["entries"][0]["value"].startswith("国际200万元")


async def test_counties_can_be_left_out(site):
    full, short = await table(site, "chanye"), await table(site, "chanye", "?counties=0")
    assert [c["name"] for c in short["columns"]] == ["上海市", "嘉兴市", "浙江省", "国家"]
    assert {"海宁市", "桐乡市", "嘉善县"} <= {c["name"] for c in full["columns"]}
    assert not {e["clause_id"] for e in entries(short)} - {e["clause_id"] for e in entries(full)}


async def test_the_page_is_a_table_that_can_be_read_without_seeing_it(site):
    page = (await site.client.get("/-/matrix/shoutai?date=2018")).text
    assert re.search('<div class="matrix-box" role="region" tabindex="0" aria-label="[^"]+">', page)
    assert "<caption>" in page and '<th scope="col">嘉兴市</th>' in page
    assert page.count('<th scope="row">') == page.count("<tr>") - 1
    text = visible(page)
    assert "未查得只说本库收录的文件里没有查到" in re.sub(r"\s", "", text)
    assert "最高3000万元" in text and "摘编" in text
    assert "<script" not in page


async def test_the_topic_leads_to_it_and_no_link_of_it_is_dead(site):
    topic = (await site.client.get("/-/topic/shoufei?date=2018")).text
    assert '<a href="/-/matrix/shoufei?date=2018">' in topic
    page = (await site.client.get("/-/matrix/shoufei")).text
    links = sorted(set(re.findall(r'href="(/-/[^"]*)', page)))
    for link in links[:: max(1, len(links) // 25)]:
        answer = await site.client.get(link.replace("&amp;", "&"), follow_redirects=True)
        assert answer.status_code == 200, link


# The files


@pytest.mark.parametrize("topic", TOPICS)
async def test_excel_holds_the_same_cells_with_links_and_no_formula(site, topic):
    data = await table(site, topic)
    answer = await site.client.get(f"/-/matrix/{topic}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["对照表", "说明", "依据"]
    sheet = book["对照表"]
    assert sheet.freeze_panes == "B2"
    assert [c.value for c in sheet[1]] == ["事项", *(c["name"] for c in data["columns"])]
    for row, line in zip(sheet.iter_rows(min_row=2), data["rows"], strict=True):
        assert row[0].value == line["attribute"]
        for here, there in zip(row[1:], line["cells"], strict=True):
            assert here.value == there["text"]
            path = workbook.cell_path(there)
            assert (here.hyperlink.target if here.hyperlink else None) == (path and f"http://localhost{path}")  # fmt: skip
    assert not [c for s in book for line in s.iter_rows() for c in line if c.data_type == "f"]


async def test_excel_says_what_it_is_and_what_each_cell_rests_on(site, kb):
    data = await table(site, "shoutai", "?date=2018")
    answer = await site.client.get("/-/matrix/shoutai.xlsx?date=2018")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert about["主题"] == "首台(套)" and about["比较日期"].startswith("2018-12-31")
    assert about["构建编号"] == ask(kb, "select build_id from builds")[0][0]
    assert "不等于没有" in about["未查得"] and "CC BY 4.0" in about["许可"]
    quotes = [row[2] for row in book["依据"].iter_rows(min_row=2, values_only=True) if row[2]]
    assert quotes == [entry["quote"] for entry in entries(data)]


async def test_csv_opens_in_chinese_excel(site):
    answer = await site.client.get("/-/matrix/chanye.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    data = await table(site, "chanye")
    assert lines[0][:3] == ["事项", "上海市", "嘉兴市"]
    assert lines[1:] == [[r["attribute"], *(c["text"] for c in r["cells"])] for r in data["rows"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5%", "@sum", "=cmd|' /C calc'!A0", "\x01="])
async def test_nothing_is_read_as_a_formula(site, text):
    data = await table(site, "shoutai")
    data["rows"][0]["attribute"] = data["rows"][0]["cells"][1]["text"] = text
    for row in list(csv.reader(io.StringIO(workbook.as_csv(data).decode("utf-8-sig")))):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row)
    book = openpyxl.load_workbook(io.BytesIO(workbook.as_excel(data, lambda path: f"http://x{path}", str)))  # fmt: skip
    found = book["对照表"]["A2"]
    assert found.value == text.replace("\x01", "") and found.data_type == "s"


# Closed, unknown, hostile


@pytest.mark.parametrize("form", ["", ".json", ".xlsx", ".csv"])
async def test_an_unknown_topic_is_not_found_in_chinese(site, form):
    answer = await site.client.get(f"/-/matrix/nothing{form}")
    assert answer.status_code == 404
    text = json.dumps(answer.json(), ensure_ascii=False) if form == ".json" else answer.text
    assert "没有编号为“nothing”的主题" in text.replace('\\"', '"')


@pytest.mark.parametrize("closed_table", ["clauses", "gap_stack", "document_states"])
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


# In few words


def measure(text, quote, **more):
    start = text.index(quote)
    return {"kind": "money", "role": "award", "base": None, "per": None, "of": None, "quote": quote,
            "start": start, "end": start + len(quote)} | more  # fmt: skip


@pytest.mark.parametrize(
    "text, heading, quantities, value",
    [
        ("对项目支持最高1亿元（10000万元）。", None, [("最高1亿元", {}), ("10000万元", {})], "最高1亿元"),
        ("逾期按日加收0.05%。", None, [("0.05%", {"role": "fee", "per": "日"})], "按日加收0.05%"),
        ("投入超过1亿元的补贴1000万元。", None, [("1亿元", {"role": "threshold"}), ("1000万元", {})], "1000万元"),
        ("1. 缴纳期限：60日内缴纳550元。", "缴纳期限", [("60日内", {"role": "deadline", "kind": "duration"}), ("550元", {"role": "fee"})], "60日内"),
        ("到5个新城就业的可以落户。", None, [("5个", {"role": "other", "kind": "count"})], "到5个新城就业的可以落户。"),
        ("1. 学历：积50分。（条件：只选1项。）", "学历", [("50分", {"role": "points", "kind": "points"}), ("1项", {"role": "other", "kind": "count"})], "50分"),
        ("分别给予200万元、100万元。", None, [("200万元", {"of": "国际"}), ("100万元", {"of": "国内"})], "国际200万元、国内100万元"),
        ("一、二类为百分之十。", None, [("百分之十", {"of": "二"})], "百分之十"),
        ("甲" * 60 + "。", None, [], "甲" * 40 + "…"),
    ],
)  # fmt: skip
def test_a_clause_in_few_words(text, heading, quantities, value):
    measures = [measure(text, quote, **more) for quote, more in quantities]
    figures = key_figures.extract(text, heading, measures)
    assert figures["value"] == value
    assert figures["quote"] in text


def test_a_quantity_far_into_a_long_sentence_is_quoted_with_it():
    text = "对" + "甲" * 200 + "的，奖励3万元。"
    figures = key_figures.extract(text, None, [measure(text, "3万元")])
    assert figures["quote"] == "奖励3万元。"
