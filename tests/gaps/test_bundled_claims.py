"""The claims that ship with the corpus: every one has dated verdicts, and every verdict rests on evidence."""

import re
from types import SimpleNamespace

import pytest

from pipeline.core import toml_files
from pipeline.core.paths import DATA
from pipeline.gaps import claim_gaps
from support import cases
from support.building import SHARED
from support.site import ask

DATES = ("2018-12-31", "2026-11-29")


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


@cases.table("claims.verdict", "claim", "then", "now", "evidence", matter=None)
def test_what_a_reader_of_the_facts_expects(kb, claim, then, now, evidence, matter):
    verdicts = ask(kb, "select verdict from claims where claim_id = ? order by as_of", claim)
    assert verdicts == [(then,), (now,)]
    rests = """select coalesce(fact_id, search_id) from claim_evidence
        left join facts using (clause_id) where claim_id = ?"""
    assert (evidence,) in ask(kb, rests, claim)
    gaps = """select matter_id from claim_evidence join gaps using (gap_id)
        where claim_id = ? and gaps.as_of = claim_evidence.as_of and comparison_id = 'sh-jx'"""
    assert matter is None or (matter,) in ask(kb, gaps, claim)


def test_no_claim_of_the_bundled_corpus_speaks_against_its_gaps(kb):
    """The rule of the loader over again, of what stands in kb.db: nobody may have come between."""
    rows = ask(kb, "select claim_id, as_of, verdict, favours from claims")
    gaps = """select outcome, g.favours from claim_evidence join gaps as g using (gap_id)
        where claim_id = ? and claim_evidence.as_of = ? order by ordinal"""
    assert [
        (claim, as_of)
        for claim, as_of, verdict, favours in rows
        if claim_gaps.contradiction(
            verdict,
            favours,
            [SimpleNamespace(outcome=o, favours=f) for o, f in ask(kb, gaps, claim, as_of)],
        )
    ] == []


def test_a_claim_that_tells_which_side_is_better_names_the_matter_that_shows_it(kb):
    told = ask(kb, "select distinct claim_id from claims where favours is not null")
    resting = {
        claim for (claim,) in ask(kb, "select claim_id from claim_evidence where gap_id <> ''")
    }
    assert len(told) > 5 and [claim for (claim,) in told if claim not in resting] == []


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
