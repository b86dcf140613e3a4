"""kb.db of the bundled corpus: its index, its facts, its counts."""

import pytest


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
