"""The page of a document: every clause, counterparts and gaps in its margin, its validity."""

import html
import re
import shutil
import sqlite3

from pipeline.site import labels
from support.site import ask, keys, running, serve, visible


async def test_a_document_page_holds_every_clause_and_says_what_it_is(site, kb):
    found = ask(kb, "select document_id, text_kind, text from documents order by length(text) desc")
    for document_id, text_kind, text in (found[0], found[-1]):
        page = (await site.client.get(f"/-/document/{document_id}")).text
        for (clause,) in ask(
            kb, "select clause_id from clauses where document_id = ?", document_id
        ):
            assert f'id="{clause}"' in page
        assert ("本件是摘编" in page) is (text_kind == "digest")
        for line in filter(None, map(str.strip, text.splitlines())):
            assert re.sub(r"\s", "", line)[-8:] in re.sub(r"\s", "", visible(page))


async def test_a_clause_leads_to_its_place(site, kb):
    clause = keys(kb)["clause"]
    response = await site.client.get(f"/-/clause/{clause}")
    assert response.status_code == 302
    assert response.headers["location"].endswith(f"#{clause}")


def asides(page: str) -> dict[str, str]:
    """Clause → what stands beside it."""
    units = re.findall(r'(?s)<article class="unit" id="([^"]+)">(.*?)</article>', page)
    return {clause: "".join(re.findall(r"(?s)<aside.*?</aside>", inner)) for clause, inner in units}


# The document
async def test_the_margin_holds_the_counterparts_of_the_alignments_table(site, kb):
    """Those found to be counterparts and nothing else, the likeliest first, at most three unfolded."""
    told = """select alignment_id from alignments where status in ('auto', 'accepted')
        and ? in (clause_a, clause_b) order by confidence desc, alignment_id"""
    found = ask(kb, """select document_id, count(*) from clauses join alignments on clause_id in (clause_a, clause_b)
        where status in ('auto', 'accepted') group by 1 order by 2 desc, 1 limit 5""")  # fmt: skip
    for document_id, _ in found:
        page = (await site.client.get(f"/-/document/{document_id}")).text
        for clause, beside in asides(page).items():
            truth = [key for (key,) in ask(kb, told, clause)]
            shown = re.findall(r'<li><a href="/-/compare/([^"]+)">(?!<span)', beside)
            if truth:
                assert shown == truth
                unfolded = re.sub(r"(?s)<details.*?</details>", "", beside)
                assert all(key in unfolded for key in truth[:3])
                assert not any(f'{key}"' in unfolded for key in truth[3:])
            else:
                assert "对应条款 · 置信度" not in beside


async def test_matters_of_one_comparison_and_the_newest_date_stand_in_the_margin(site, kb):
    (document_id,) = ask(kb, """select document_id from rules join clauses using (clause_id)
        join gap_rules using (rule_id) join gaps using (gap_id) where comparison_id = 'sh-jx'
        group by 1 order by count(distinct rules.matter_id) desc, 1 limit 1""")[0]  # fmt: skip
    rows = ask(kb, """select distinct r.clause_id, r.matter_id from rules r join clauses c using (clause_id)
        where c.document_id = ?""", document_id)  # fmt: skip
    outcomes = dict(ask(kb, """select distinct g.matter_id, g.outcome from gaps g join moments using (as_of)
        join gap_rules x using (gap_id) join rules r using (rule_id) join clauses c using (clause_id)
        where comparison_id = 'sh-jx' and newest and c.document_id = ?""", document_id))  # fmt: skip
    page = (await site.client.get(f"/-/document/{document_id}")).text
    shown = {
        (clause, matter)
        for clause, beside in asides(page).items()
        for matter in re.findall(r"/-/matter/([\w-]+)", beside)
    }
    assert shown == set(rows)
    summary = re.search(r'(?s)<section class="differences".*?</section>', page)[0]
    counts = re.findall(r'outcome-(\w+)"[^>]*>[^<]*</span> (\d+)', summary)
    assert {outcome: int(count) for outcome, count in counts} == {
        outcome: list(outcomes.values()).count(outcome)
        for outcome in labels.read(kb).vocabularies["outcome"]
        if outcome in outcomes.values()
    }
    assert f"{len({matter for _, matter in rows})} 个事项以本件为依据" in visible(summary)


async def test_the_list_holds_the_rules_of_the_document(site, kb):
    document_id, rules = ask(kb, """select document_id, count(*) from rules join clauses using (clause_id)
        group by 1 order by 2 desc, 1 limit 1""")[0]  # fmt: skip
    page = (await site.client.get(f"/-/document/{document_id}")).text
    path, _, query = html.unescape(re.search(r'href="([^"]*rule_overview[^"]*)"', page)[1]).partition("?")  # fmt: skip
    listed = (await site.client.get(f"{path}.json?{query}&_extra=count")).json()
    assert listed["count"] == rules


async def test_a_clause_tells_its_matters_and_their_newest_headlines(site, kb):
    clause, matter, headline = ask(kb, """select r.clause_id, r.matter_id, g.headline
        from rules r join gap_rules x using (rule_id) join gaps g using (gap_id) join moments using (as_of)
        where newest and g.comparison_id = 'sh-jx' order by 1, 2 limit 1""")[0]  # fmt: skip
    data = (await site.client.get(f"/-/clause/{clause}.json")).json()
    found = {row["matter_id"]: row["gap"]["headline"] for row in data["matters"]}
    assert found[matter] == headline


async def test_another_comparison_or_date_can_be_asked_for(site, kb):
    (document_id,) = ask(kb, "select document_id from clauses join rules using (clause_id) join gap_rules using (rule_id) join gaps using (gap_id) where comparison_id = 'sh-zj' limit 1")[0]  # fmt: skip
    page = (await site.client.get(f"/-/document/{document_id}?comparison=sh-zj&date=2018")).text
    assert "截至 2018-12-31" in visible(page) and "上海市 → 浙江省" in visible(page)
    assert (await site.client.get(f"/-/document/{document_id}?comparison=x")).status_code == 404


async def test_the_validity_line_names_its_events(site, kb):
    """One document of every kind of event and every basis; what is not known stays unknown."""
    for document_id, status in ask(kb, """select min(document_id), status from validity_events
        join documents using (document_id) group by kind, basis, status"""):  # fmt: skip
        page = (await site.client.get(f"/-/document/{document_id}")).text
        line = visible(re.search(r'(?s)<p class="validity">.*?</p>', page)[0])
        assert ("时效未知" if status == "未知" else status) in line
        for kind, date, basis in ask(kb, "select kind, date, basis from validity_events where document_id = ?", document_id):  # fmt: skip
            assert date in line and f"依据：{basis}" in line
            assert {"修订": "修订", "到期": "有效期至"}.get(kind, kind) in line or "替代" in line


async def test_warnings_of_the_reader_are_shown(kb, tmp_path):
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    document_id = keys(kb)["document"]
    with sqlite3.connect(copied) as conn:
        conn.execute(
            "insert into document_warnings values (?, 'hole', '缺少第三条')", (document_id,)
        )
    async with running(serve(copied)) as datasette:
        text = visible((await datasette.client.get(f"/-/document/{document_id}")).text)
    assert "读入时的疑点" in text and "缺号：缺少第三条" in text


async def test_a_text_that_stops_early_says_so_at_its_top_in_its_twin_and_in_the_stored_query(
    kb, tmp_path
):
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    document_id, other = (row[0] for row in ask(kb, "select document_id from documents limit 2"))
    reason = "收录文本止于第九条，未见施行日期等附则，文中引用的第二十条也未见，疑不完整"
    with sqlite3.connect(copied) as conn:
        conn.execute("insert into incomplete_texts values (?, '9', ?)", (document_id, reason))
    async with running(serve(copied)) as datasette:
        get, address = datasette.client.get, f"/-/document/{document_id}"
        text = re.sub(r"\s", "", visible((await get(address)).text))
        english = visible((await get(f"{address}?_lang=en")).text)
        twin = (await get(f"{address}.json")).json()
        whole = await get(f"/-/document/{other}.json")
        listed = (await get("/kb/unfinished_texts.json?_shape=array")).json()
    assert f"{reason}。没有收录的部分有什么规定，本库不知道" in text
    assert text.index(reason) < text.index("效力级别")
    assert "stops at 第九条, without commencement or other closing provisions (第二十条" in english
    assert twin["incomplete"] == {"last_article": "9", "reason": reason}
    assert whole.json()["incomplete"] is None
    assert [(row["document_id"], row["末条"]) for row in listed] == [(document_id, "9")]
