"""The pages of claims: every claim, both verdicts, their evidence."""

import shutil
import sqlite3
from pathlib import Path

from support.site import ask, running, serve, visible


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
            assert quote in seen or (clause is None and quote.partition("：")[2] in seen)
            assert clause is None or (f"/-/clause/{clause}" in page and "摘编" in seen)


async def test_a_matter_among_the_evidence_is_linked_at_its_date(kb, tmp_path):
    copied = shutil.copy(kb, tmp_path / "kb.db")
    with sqlite3.connect(copied) as conn:
        claim, as_of, gap, matter, headline = conn.execute(
            "select claim_id, c.as_of, gap_id, matter_id, headline from claims c join gaps g using (as_of)"
            " where as_of = '2018-12-31' and outcome = 'differs' order by 1, 3 limit 1"
        ).fetchone()
        conn.execute(
            "insert into claim_evidence (claim_id, as_of, ordinal, gap_id, quote) values (?, ?, 99, ?, ?)",
            (claim, as_of, gap, headline),
        )
    async with running(serve(Path(copied))) as datasette:
        page = (await datasette.client.get(f"/-/claim/{claim}")).text
    comparison = gap.split("__")[0]
    assert f'href="/-/matter/{matter}?comparison={comparison}#date-2018"' in page
    assert headline.partition("：")[2] in visible(page)


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
    async with running(serve(Path(copied))) as datasette:
        page = await datasette.client.get("/-/claims")
    assert page.status_code == 200 and "没有收入随库附带的摘编" in page.text
