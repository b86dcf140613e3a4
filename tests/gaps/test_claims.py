"""The paper's claims: every one has dated verdicts, and every verdict rests on something."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from conftest import SHARED
from test_site import ask, serve, visible

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.gaps import claims, indicators

DATES = ("2018-12-31", "2026-11-23")
KNOWN = {
    "fact:a-1": claims.evidence("最高20万元。", clause_id="a__a-1", start=3, end=10),
    "search:b-1": claims.evidence("未查得。", search_id="b-1"),
}
CLAIM = {
    "id": '"cap"',
    "section": '"二(四)"',
    "kind": '"差异"',
    "topic": '"shoutai"',
    "statement": '"甲多乙少。"',
}
THEN = {"as_of": DATES[0], "verdict": '"confirmed"', "note": '"据甲。"', "evidence": '["fact:a-1"]'}
NOW = {"as_of": DATES[1], "verdict": '"not_provable"', "note": '"未查得。"', "evidence": None}


def lines(keys: dict[str, str | None]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None)


def entry(claim=None, then=None, now=None) -> str:
    """One claim with two verdicts, changed here and there."""
    text = (
        "[[claim]]\n"
        + lines(CLAIM | (claim or {}))
        + "[[claim.verdict]]\n"
        + lines(THEN | (then or {}))
    )
    return text + ("" if now == "absent" else "[[claim.verdict]]\n" + lines(NOW | (now or {})))


def load(folder: Path, toml: str) -> list[claims.Claim]:
    path = folder / "claims.toml"
    path.write_text(toml, encoding="utf-8")
    return claims.load(path, {"shoutai"}, KNOWN)


def message(folder: Path, toml: str) -> str:
    with pytest.raises(CorpusError) as error:
        load(folder, toml)
    return str(error.value)


def test_a_claim_stands_once_at_every_date_with_its_evidence(tmp_path):
    then, now = load(tmp_path, entry())
    assert (then.as_of, now.as_of) == DATES
    assert then.evidence == [KNOWN["fact:a-1"]] and now.evidence == []


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"claim": {"section": None}}, "缺少 section"),
        ({"claim": {"section": '"第二节"'}}, "section = '第二节'"),
        ({"claim": {"kind": '"判断"'}}, "kind = '判断'"),
        ({"claim": {"topic": '"jifen"'}}, "未知主题 'jifen'"),
        ({"claim": {"id": '"首台套"'}}, "id = '首台套'"),
        ({"claim": {"page": "3"}}, "不认识的键 'page'"),
        ({"then": {"verdict": '"true"'}}, "verdict = 'true'"),
        ({"then": {"evidence": None}}, "confirmed 没有依据"),
        ({"then": {"evidence": "[]"}}, "confirmed 没有依据"),
        ({"then": {"evidence": '["fact:a-2"]'}}, "依据 fact:a-2 不存在"),
        ({"then": {"evidence": '["a-1"]'}}, "依据 a-1 不存在"),
        ({"then": {"evidence": '["fact:a-1", "fact:a-1"]'}}, "依据 fact:a-1 重复"),
        ({"then": {"evidence": '"fact:a-1"'}}, "evidence = 'fact:a-1'"),
        ({"then": {"note": '" "'}}, "note 是空的"),
        ({"then": {"note": None}}, "缺键或多键"),
        ({"then": {"source": '"甲"'}}, "缺键或多键"),
        ({"then": {"as_of": '"2018年"'}}, "不是日期"),
        ({"now": "absent"}, "as_of 为 2018-12-31"),
        ({"now": {"as_of": DATES[0]}}, "as_of 为 2018-12-31、2018-12-31"),
    ],
)
def test_a_wrong_claim_is_named_in_one_line_with_its_id(tmp_path, changes, found):
    text = message(tmp_path, entry(**changes))
    assert found in text and "claims.toml [" in text and "改法：" in text and "\n" not in text


def test_the_same_id_twice(tmp_path):
    assert "id 重复" in message(tmp_path, entry() + entry())


def test_a_claim_that_lacks_a_date_that_others_have(tmp_path):
    other = entry({"id": '"b"'}, now={"as_of": "2020-01-01"})
    assert "claims.toml [b]：as_of 为 2018-12-31、2020-01-01" in message(tmp_path, entry() + other)


def test_a_quote_that_the_digest_does_not_hold():
    with pytest.raises(CorpusError, match="make digests"):
        claims.quoted("a__a-1", "1. 上限：最高30万元。", "最高20万元。")


FIGURE = {"id": '"x"', "name": '"甲"', "region": '"330400"', "date": '"2018-06"', "value": "87",
          "unit": '"次/天"', "source": '"二(二)"'}  # fmt: skip


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"region": '"999999"'}, "未知地区 '999999'"),
        ({"value": '"87"'}, "value = '87' 不是数"),
        ({"value": "true"}, "value = True 不是数"),
        ({"source": '"fact:b-1"'}, "source = 'fact:b-1'"),
        ({"date": '"六月"'}, "不是日期"),
        ({"unit": None}, "缺少 unit"),
    ],
)
def test_a_wrong_indicator_is_named(tmp_path, changes, found):
    path = tmp_path / "indicators.toml"
    path.write_text("[[indicator]]\n" + lines(FIGURE | changes), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(found)):
        indicators.load(path, {"330400"}, {"a-1"})


def test_without_the_bundled_digests_the_paper_is_not_answered(tmp_path):
    work = Workspace((Path("tests/corpus"),), tmp_path, tmp_path / "kb.db")
    claims.run(work)
    assert work.rows("claims").read_text(encoding="utf-8") == ""
    assert indicators.of_build(work, set()) == []


# The bundled claims


def test_every_claim_has_a_verdict_at_both_dates(kb):
    rows = ask(
        kb,
        "select claim_id, group_concat(as_of) from (select * from claims order by as_of) group by 1",
    )
    assert len(rows) > 50
    assert [claim for claim, dates in rows if dates != ",".join(DATES)] == []


def test_nothing_is_confirmed_by_the_paper_alone_or_by_a_search(kb):
    confirmed = ask(kb, "select claim_id, as_of from claims where verdict = 'confirmed'")
    proof = """select count(*) from claim_evidence join facts using (clause_id)
        where claim_id = ? and claim_evidence.as_of = ? and source_kind <> 'seed'"""
    assert confirmed
    assert [row for row in confirmed if not ask(kb, proof, *row)[0][0]] == []


def test_a_figure_that_only_the_paper_gives_is_not_provable(kb):
    assert ask(kb, "select distinct verdict from claims where kind = '指标'") == [("not_provable",)]


def test_every_quote_stands_in_its_clause(kb):
    broken = """select claim_id from claim_evidence e join clauses c using (clause_id)
        where substr(c.text, e.start + 1, e.end - e.start) is not e.quote"""
    assert ask(kb, broken) == []
    assert ask(kb, "select count(*) from claim_evidence where clause_id is not null")[0][0] > 200


@pytest.mark.parametrize(
    "claim, then, now, evidence",
    [
        ("shoutai-shanghai", "confirmed", "confirmed", "st-004"),
        ("shoutai-jiaxing", "not_provable", "not_provable", "st-033"),
        ("jifen-none", "confirmed", "confirmed", "tal-pts-060"),
        ("exit-jiaxing", "confirmed", "outdated", "tal-exe-015"),      # national since 2019-08
        ("gap-approval", "contradicted", "outdated", "tal-gov-009"),   # Nanhu was earlier
        ("gap-talent", "confirmed", "confirmed", "tal-huk-030"),       # 落户: Zhejiang is freer
        ("gap-tax", "not_provable", "confirmed", "ftz-005"),           # 15% in Lingang only
        ("policy-unequal", "confirmed", "confirmed", "fund-039"),      # 10% against 5%
        ("power-shanghai", "not_provable", "outdated", "ele-009"),     # Zhejiang is lower
        ("pilotage", "not_provable", "confirmed", "fee-020"),
        ("water-fund", "outdated", "not_provable", "fee-015"),         # suspended since 2016-11
        ("onecard-done", "contradicted", "confirmed", "tal-med-005"),  # against itself
        ("onecard-wanted", "confirmed", "outdated", "tal-med-005"),
    ],
)  # fmt: skip
def test_what_a_reader_of_the_facts_expects(kb, claim, then, now, evidence):
    verdicts = ask(kb, "select verdict from claims where claim_id = ? order by as_of", claim)
    assert verdicts == [(then,), (now,)]
    rests = """select coalesce(fact_id, search_id) from claim_evidence
        left join facts using (clause_id) where claim_id = ?"""
    assert (evidence,) in ask(kb, rests, claim)


def test_no_note_takes_what_was_not_found_for_what_is_not(kb):
    """Quoting a claim that denies is allowed; denying in our own voice is not."""
    notes = ask(kb, "select claim_id, note from claims")
    assert [
        claim
        for claim, note in notes
        if re.search(r"(嘉兴|上海|浙江|两地)(均|都|并|也)?(没有|无)", note)
    ] == []


def test_a_statement_is_restated_never_the_papers_sentence():
    paper = SHARED / "paper.txt"
    if not paper.exists():
        pytest.skip("../shared/paper.txt, the paper itself, is kept outside the repository")
    text = re.sub(r"[\s,，、]", "", paper.read_text(encoding="utf-8"))
    for row in toml_files.load(DATA / "claims.toml")["claim"]:
        said = re.sub(r"[\s,，、]", "", row["statement"])
        runs = [said[at : at + 16] for at in range(len(said) - 15)]
        assert [run for run in runs if run in text] == [], row["id"]


def test_the_peer_cities_are_as_printed(kb):
    trains = """select r.name, i.name, value from indicators i join regions r using (region_id)
        where unit = '次/天' and date = '2018-06'"""
    assert {(city, line.split("至")[1], value) for city, line, value in ask(kb, trains)} == {
        ("嘉兴市", "上海", 87), ("嘉兴市", "杭州", 99), ("苏州市", "上海", 187), ("苏州市", "南京", 172),
        ("湖州市", "上海", 4), ("湖州市", "杭州", 73), ("湖州市", "南京", 71),
        ("绍兴市", "杭州", 73), ("绍兴市", "宁波", 83),
    }  # fmt: skip


# The pages


@pytest.fixture
async def site(kb):
    datasette = serve(kb)
    await datasette.invoke_startup()
    yield datasette
    datasette.close()


async def test_the_list_shows_every_claim_and_counts_every_verdict(site, kb):
    page = (await site.client.get("/-/claims")).text
    for claim, statement in ask(kb, "select distinct claim_id, statement from claims"):
        assert f"/-/claim/{claim}" in page and statement in visible(page)
    counts = (await site.client.get("/-/claims.json")).json()["counts"]
    truth = ask(kb, "select as_of, verdict, count(*) from claims group by 1, 2")
    for as_of, verdict, number in truth:
        assert counts[as_of][verdict] == number
    assert sum(sum(c.values()) for c in counts.values()) == sum(n for *_, n in truth)


async def test_a_claim_shows_both_verdicts_with_their_evidence(site, kb):
    for (claim,) in ask(kb, "select distinct claim_id from claims"):
        page = (await site.client.get(f"/-/claim/{claim}")).text
        seen = visible(page)
        for as_of, note in ask(kb, "select as_of, note from claims where claim_id = ?", claim):
            assert f"截至 {as_of}" in seen and note in seen
        quotes = ask(kb, "select clause_id, quote from claim_evidence where claim_id = ?", claim)
        for clause, quote in quotes:
            assert quote in seen
            assert clause is None or (f"/-/clause/{clause}" in page and "摘编" in seen)


async def test_the_twin_of_a_claim_is_the_same_data(site):
    data = (await site.client.get("/-/claim/water-fund.json")).json()
    assert [one["verdict"] for one in data["dated"]] == ["outdated", "not_provable"]
    assert data["dated"][0]["clauses"][0]["fact_id"] == "fee-015"


async def test_an_unknown_claim_is_not_found(site):
    assert (await site.client.get("/-/claim/nothing-of-the-kind")).status_code == 404


async def test_without_claims_the_page_says_so(site, kb, tmp_path):
    copied = shutil.copy(kb, tmp_path / "kb.db")
    with sqlite3.connect(copied) as conn:
        for table in ("claim_evidence", "claims", "indicators"):
            conn.execute(f"delete from {table}")
    datasette = serve(Path(copied))
    await datasette.invoke_startup()
    page = await datasette.client.get("/-/claims")
    assert page.status_code == 200 and "没有收入随库附带的摘编" in page.text
    datasette.close()
