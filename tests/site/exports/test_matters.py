"""Files of topics, matters and selections: every value with its words and its citation, and nothing claimed beyond them."""

import io
import re

import docx
import openpyxl
import pytest

from pipeline.site.exports import matter_sheets, sheets, word_file
from support.site import ask, closed, running, serve

MATTERS = ("guoji-shoutai-jiangli", "yinhang-jiangfu", "qiangzhi-yinhang")


async def brief(site, address):
    answer = await site.client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["content-type"] == word_file.CONTENT_TYPE
    return docx.Document(io.BytesIO(answer.content))


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


async def workbook(site, address):
    answer = await site.client.get(address)
    assert answer.status_code == 200 and answer.headers["content-type"] == sheets.CONTENT_TYPE
    return openpyxl.load_workbook(io.BytesIO(answer.content))


# Word


@pytest.mark.parametrize("arguments", ["", "?comparison=sh-jx&date=2018", "?comparison=sh-zj"])
async def test_a_brief_of_every_topic_says_headlines_words_and_caveats(site, kb, arguments):
    for (topic,) in ask(kb, "select topic_id from topics"):
        text = words(await brief(site, f"/-/topic/{topic}.docx{arguments}"))
        for heading in ("一、要点", "二、对照表", "三、依据", "四、引文", "五、说明"):
            assert heading in text
        assert "未查得不等于没有" in text and "不是原文" in text
        assert "None" not in text


async def test_every_rule_of_a_brief_has_its_quote_its_kind_and_a_citation(site, kb):
    data = (await site.client.get(f"/-/selection.json?sel={','.join(MATTERS)}")).json()
    document = await brief(site, f"/-/selection.docx?sel={','.join(MATTERS)}")
    text = words(document)
    cited = re.findall(r"(?m)^\[(\d+)\] (.*)", text)
    assert [int(number) for number, _ in cited] == list(range(1, len(cited) + 1))
    for matter in data["matters"]:
        assert matter["headline"] in text
        for rule in matter["rules"]:
            assert f"“{rule['quote']}”——《{rule['document']}》{rule['path']}（" in text
            assert any(
                f"/-/clause/{rule['clause_id']}." in line or (rule["url"] or "no address") in line
                for _, line in cited
            )
            stored = ask(kb, "select quote from rules where rule_id = ?", rule["rule_id"])
            assert stored == [(rule["quote"],)]
    assert all("[EB/OL]" in line and "[引用日期]" in line for _, line in cited)


async def test_a_digest_is_never_shown_as_official_text(site):
    for form, read in (("docx", brief), ("xlsx", workbook)):
        file = await read(site, f"/-/matter/guoji-shoutai-jiangli.{form}")
        if form == "docx":
            quotes = [
                p.text for p in file.paragraphs if p.text.startswith("“") and "——《" in p.text
            ]
            assert quotes and all("（摘编，" in quote for quote in quotes)
        else:
            header, *rows = file["规定"].iter_rows(values_only=True)
            assert rows and {row[header.index("摘编/正文")] for row in rows} == {"摘编"}


async def test_an_unknown_side_is_told_as_unknown(site, kb):
    ((matter,),) = ask(
        kb,
        "select min(matter_id) from gaps join moments using (as_of)"
        " where newest and comparison_id = 'sh-jx' and outcome = 'uncollected' and grade = 'searched'",
    )
    text = words(await brief(site, f"/-/matter/{matter}.docx"))
    assert "查过未查得" in text and "“—”只表示本库没有收集到在施行的规定，不等于没有" in text
    cells = [
        c
        for t in (await brief(site, f"/-/matter/{matter}.docx")).tables
        for r in t.rows[1:]
        for c in r.cells
    ]
    assert "—" in [cell.text for cell in cells]


async def test_what_a_brief_leaves_out_is_said(site, kb):
    data = (await site.client.get("/-/topic/shoufei.json")).json()
    left = next(part["total"] for part in data["sections"] if part["section"] == "to_collect")
    text = words(await brief(site, "/-/topic/shoufei.docx"))
    assert f"待收集的 {left} 个事项没有列出" in text if left else "没有列出" not in text


# Excel


async def test_a_workbook_has_matters_rules_searches_and_notes(site, kb):
    book = await workbook(site, f"/-/selection.xlsx?sel={','.join(MATTERS)}")
    assert book.sheetnames == ["事项", "规定", "查找记录", "说明"]
    names = [cell.value for cell in book["事项"]["B"][1:]]
    assert names == [
        ask(kb, "select name from matters where matter_id = ?", m)[0][0] for m in MATTERS
    ]
    assert all(
        f"/-/matter/{m}?" in c.hyperlink.target
        for m, c in zip(MATTERS, book["事项"]["B"][1:], strict=True)
    )
    header, *rows = book["规定"].iter_rows(values_only=True)
    quotes = {row[header.index("原文或摘编")] for row in rows}
    assert quotes <= {quote for (quote,) in ask(kb, "select quote from rules")}
    notes = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert notes["比较"] == "上海市 → 嘉兴市" and notes["构建编号"]
    assert not [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]


def test_what_lies_inside_a_place_does_not_stand_for_it():
    rule = {"side": "b", "level": "inside", "region": "海盐县", "tier": None, "says": "1万元"}
    assert matter_sheets.places({"rules": [rule]}, "b") == ""


# The selection


async def test_marking_and_taking_away_are_addresses(site):
    first, second, third = MATTERS
    answer = await site.client.get(
        f"/-/selection?sel={first}&m={second}&m={third}&m={first}&comparison=sh-zj"
    )
    assert (
        answer.headers["location"] == f"/-/selection?sel={first},{second},{third}&comparison=sh-zj"
    )
    answer = await site.client.get(f"/-/selection?sel={first},{second}&drop={first}")
    assert answer.headers["location"] == f"/-/selection?sel={second}"


async def test_a_selection_is_one_page_one_link_one_excel_one_word(site):
    address = f"/-/selection?sel={','.join(MATTERS)}"
    page = (await site.client.get(address)).text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/-/selection[^"]*)"', page)}
    for form in (".xlsx", ".docx", ".json", ""):
        link = next(
            link for link in links if link.startswith(f"/-/selection{form}?sel={','.join(MATTERS)}")
        )
        assert (await site.client.get(link)).status_code == 200
    without = next(
        link for link in links if link.startswith(f"/-/selection?sel={MATTERS[1]},{MATTERS[2]}&")
    )
    data = (await site.client.get(without.replace("selection?", "selection.json?"))).json()
    assert [one["matter_id"] for one in data["matters"]] == list(MATTERS[1:])
    assert "<script" not in page


async def test_matters_to_mark_are_found_by_word_and_by_topic(site):
    data = (await site.client.get(f"/-/selection.json?sel={MATTERS[1]}&q=引航")).json()
    offered = {one["matter_id"] for one in data["offered"]}
    assert "yinhang-chaoda" in offered and MATTERS[1] not in offered
    page = (await site.client.get(f"/-/selection?sel={MATTERS[1]}&q=引航")).text
    assert 'type="checkbox" name="m" value="yinhang-chaoda"' in page
    assert f'name="sel" value="{MATTERS[1]}"' in page
    topic = (await site.client.get("/-/selection.json?topic=shoutai")).json()
    assert {one["topic_id"] for one in topic["offered"]} == {"shoutai"}
    nothing = (await site.client.get("/-/selection?q=甲乙丙丁")).text
    assert "没有找到" in nothing and "检索了事项的名称和问题" in nothing


@pytest.mark.parametrize("sel", ["", ",,,", "nothing", "'", "%00", "<script>", "a" * 3000])
async def test_no_selection_is_an_error(site, sel):
    for form in ("", ".json", ".xlsx", ".docx"):
        answer = await site.client.get(f"/-/selection{form}", params={"sel": sel})
        assert answer.status_code == 200
        assert form or "<script" not in answer.text


@pytest.mark.parametrize("path", ["/-/topic/nothing", "/-/matter/nothing"])
@pytest.mark.parametrize("form", ["docx", "xlsx"])
async def test_an_unknown_file_is_not_found(site, path, form):
    assert (await site.client.get(f"{path}.{form}")).status_code == 404
    assert (await site.client.get(f"/-/selection.{form}?comparison=zz")).status_code == 404


async def test_a_closed_table_closes_the_files(kb):
    async with running(serve(kb, closed("rules"))) as datasette:
        for path in ("/-/topic/shoutai.docx", "/-/matter/yinhang-jiangfu.xlsx", "/-/selection"):
            assert (await datasette.client.get(path)).status_code == 403
