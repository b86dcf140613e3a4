"""What a reader of the facts expects to find, and the laws that every gap obeys."""

import sqlite3

import pytest


@pytest.fixture(scope="module")
def db(kb):
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_the_first_set_cap_stands_against_the_citys_fixed_sum(db):
    """上海 caps at 3000万元 of a share of the contract; the paper gives 嘉兴's city level as 20万元."""
    (gap,) = db.execute(
        "select * from gaps where topic_id = 'shoutai' and kind = 'amount' and value_a = 3e7 and value_b = 2e5"
    ).fetchall()
    assert (gap["unit"], gap["ratio"], gap["favours"]) == ("元", 150.0, "baseline")
    assert "口径不同" in gap["summary"]  # a cap against a fixed sum is said, not only divided
    quotes = db.execute(
        "select side, quote from gap_evidence where gap_id = ? order by side", [gap["gap_id"]]
    )
    assert [(q["side"], q["quote"]) for q in quotes] == [("a", "最高3000万元"), ("b", "20万元")]


def test_points_for_residence_permits_are_missing_in_jiaxing(db):
    gaps = db.execute(
        """select g.*, e.quote from gaps g join gap_evidence e using (gap_id)
        where topic_id = 'jifen' and kind = 'missing' and quote like '%标准分值为120分%'
            and comparison_id = 'sh-jx'"""
    ).fetchall()
    assert len(gaps) == 2  # at both dates the 2015 text, whose term ended on 2018-06-30
    assert all((gap["grade"], gap["state_a"]) == ("expired", "已过有效期") for gap in gaps)


def test_fees_have_gaps_too(db):
    kinds = {row["kind"] for row in db.execute("select kind from gaps where topic_id = 'shoufei'")}
    assert "missing" in kinds and len(kinds) > 1


def test_a_missing_gap_says_not_found_never_none(db):
    for gap in db.execute("select summary from gaps where kind in ('missing', 'extra')"):
        claim = gap["summary"].split("”；")[-1]
        assert "未查得" in claim and "没有" not in claim


def test_a_missing_gap_names_what_came_nearest_where_anything_did(db):
    alone = db.execute(
        """select count(*) from gaps g join alignments a on a.clause_a = g.clause_a
        join moments m on m.as_of = g.as_of and m.newest
        join clauses c on c.clause_id = a.clause_b join documents d using (document_id)
        where g.kind = 'missing' and g.comparison_id = 'sh-jx' and d.status in ('有效', '未知')
            and d.region_id in ('330400', '330000', '000000')
            and g.gap_id not in (select gap_id from gap_nearest)"""
    ).fetchone()
    assert alone[0] == 0


def test_no_gap_compares_what_has_no_common_dimension(db):
    rows = db.execute(
        """select count(*) from gaps g
        join gap_evidence ea on ea.gap_id = g.gap_id and ea.side = 'a'
        join gap_evidence eb on eb.gap_id = g.gap_id and eb.side = 'b'
        join measures a on a.clause_id = ea.clause_id and a.start = ea.start
        join measures b on b.clause_id = eb.clause_id and b.start = eb.start
        where g.value_a is not null and (a.kind, a.unit) <> (b.kind, b.unit)"""
    ).fetchone()
    assert rows[0] == 0


@pytest.mark.parametrize("word", ["积分", "人才", "收费"])
def test_the_search_index_finds_every_occurrence(db, word):
    phrase = f'"{" ".join(word)}"'
    found = db.execute(
        "select count(*) from clauses_fts where clauses_fts match ?", [phrase]
    ).fetchone()
    truth = db.execute("select count(*) from clauses where instr(text, ?) > 0", [word]).fetchone()
    assert found[0] == truth[0] > 0


def test_every_digest_clause_keeps_its_fact(db):
    bare = db.execute(
        """select clause_id from clauses join documents using (document_id)
        where text_kind = 'digest' and is_unit and clause_id not in (select clause_id from facts)"""
    ).fetchall()
    assert bare == []


def test_the_build_counts_what_it_holds(db):
    build = db.execute(
        "select counts ->> 'clauses' as clauses, counts ->> 'gaps' as gaps from builds"
    ).fetchone()
    for table in ("clauses", "gaps"):
        assert build[table] == db.execute(f"select count(*) from {table}").fetchone()[0]
