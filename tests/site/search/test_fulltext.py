"""Search finds every place where the words stand, and no other."""

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.search import fulltext

SCHEMA = Path("pipeline/database/schema.sql")
TEXT = st.text(alphabet='居住证积分县市区补贴企业12万元.%（）、，。“”"-*A a\n𠮷', max_size=60)
HAN_WORD = st.text(alphabet="居住证积分县市区补贴企业", min_size=1, max_size=4)


def kb_of(texts: list[str]) -> sqlite3.Connection:
    """An empty database of our schema with one document whose clauses have these texts."""
    conn = sqlite3.connect(":memory:")
    conn.executescript(SCHEMA.read_text(encoding="utf-8"))
    conn.execute("insert into regions values ('310000', '上海市', 'province', null)")
    conn.execute(
        "insert into documents (document_id, title, region_id, applies_to, level, issuers, status, text_kind,"
        " file, sha256, scheme, text) values"
        " ('d', 'T', '310000', '[]', '其他', '[]', '未知', 'official', 'f', '', 'none', 'x')"
    )
    conn.executemany(
        "insert into clauses values (?, 'd', null, ?, 'row', null, '', null, ?, 0, 1, 1)",
        [(f"d__{n}", n, text) for n, text in enumerate(texts)],
    )
    fulltext.create_index(conn)
    return conn


def found(conn: sqlite3.Connection, query: str) -> list[str]:
    rows = conn.execute(
        "select c.clause_id from clauses_fts join clauses c on c.rowid = clauses_fts.rowid"
        " where clauses_fts match ? order by c.ordinal",
        [fulltext.fts_query(query)],
    )
    return [clause_id for (clause_id,) in rows]


@pytest.mark.parametrize(
    "query, text, hit",
    [
        ("积分", "办理居住证积分。", True),
        ("证积", "办理居住证积分。", True),  # a substring, whatever the words are
        ("积分", "积，分", False),  # not across punctuation
        ("积分", "积\n分", True),  # but across a line end
        ("县(市、区)", "各县（市、区）", True),
        ("首台套", "首台（套）装备", True),
        ("首台（套）", "首台套装备", True),
        ("120分", "标准分值为１２０分", True),
        ("12", "120分", False),
        ("1.5", "1.5倍", True),
        ("居住证 落户", "落户与居住证", True),
        ("居住证 -落户", "落户与居住证", False),
        ("最多跑一次", "“最多跑一次”改革", True),
        ("R&D", "r&d 投入", True),
    ],
)
def test_what_a_query_finds(query, text, hit):
    assert bool(found(kb_of([text]), query)) is hit
    assert ("<mark>" in fulltext.mark(text, query)) is hit or "-" in query


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=6), HAN_WORD)
def test_a_word_is_found_exactly_where_it_stands(texts, word):
    standing = [f"d__{n}" for n, text in enumerate(texts) if word in fulltext.fold(text)]
    assert found(kb_of(texts), word) == standing


@given(TEXT | st.text(max_size=30))
def test_no_query_is_a_syntax_error(query):
    assert found(kb_of(["居住证积分"]), query) in ([], ["d__0"])


@given(TEXT | st.text(max_size=30), TEXT)
def test_marking_changes_no_word(text, query):
    marked = fulltext.mark(text, query)
    assert re.sub("</?mark>", "", marked) == fulltext.mark(text, "")
    assert "<script" not in fulltext.mark("<script>积分</script>", query)


@given(TEXT, HAN_WORD, st.integers(10, 80))
def test_a_snippet_is_cut_from_the_text(text, query, width):
    cut = re.sub("[…【】]", "", fulltext.snippet(text, query, width))
    assert cut in text
    assert len(cut) <= width
