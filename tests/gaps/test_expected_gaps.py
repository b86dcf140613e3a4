"""Gaps of the bundled corpus that a reader of its facts expects."""

import json

import pytest

from support import cases


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


NEWEST = "2026-11-23"
COLUMNS = dict.fromkeys(("grade", "level", "favours", "basis", "ratio", "state_a", "absent"))


def gap(db, kind, clause, as_of=NEWEST, comparison="sh-jx"):
    found = db.execute(
        """select * from gaps where kind = ? and coalesce(clause_a, clause_b) like ? and as_of = ?
        and comparison_id = ? order by severity desc""",
        [kind, f"%__{clause}", as_of, comparison],
    ).fetchall()
    return found[0] if found else None


@cases.rows("gaps.expected", "clause", "kind", "as_of", **COLUMNS)
def test_the_expected_gaps_of_the_facts(db, row):
    found = gap(db, row["kind"], row["clause"], row["as_of"])
    expected = {name: row[name] for name in COLUMNS if row[name] not in (None, [])}
    expected |= dict.fromkeys(expected.pop("absent", []))
    assert found is not None
    assert {name: found[name] for name in expected} == expected


def test_the_national_rules_of_2019_closed_the_gap_of_residence_permits(db):
    assert gap(db, "missing", "tal-exe-002") is None
    change = db.execute(
        "select * from change_overview where comparison_id = 'sh-jx' and clause_id like '%tal-exe-002'"
    ).fetchone()
    assert (change["change"], change["event_date"]) == ("closed", "2019-08-01")
    assert "在全国范围推广" in change["summary"]


def test_every_level_of_a_stack_is_listed_the_targets_own_first(db):
    found = gap(db, "missing", "st-010")
    stack = db.execute(
        "select region, quote from stack_overview where gap_id = ? order by ordinal",
        [found["gap_id"]],
    ).fetchall()
    assert [row["region"] for row in stack] == ["嘉兴市", "浙江省", "国家"]
    assert stack[0]["quote"] is None and "200万元" in stack[1]["quote"]


def test_a_county_stands_against_shanghai_its_city_and_its_sisters(db):
    pairs = {
        tuple(row) for row in db.execute("select baseline_region, target_region from comparisons")
    }
    assert {
        ("310000", "330481"),
        ("330400", "330481"),
        ("330421", "330481"),
        ("310000", "330000"),
    } <= pairs
    stack = json.loads(
        db.execute("select stack from comparisons where comparison_id = 'sh-hn'").fetchone()[0]
    )
    assert stack == ["330481", "330400", "330000", "000000"]
    mine = "select count(*) from gaps where comparison_id = 'jx-hn' and clause_a is not null and clause_b is not null"
    regions = db.execute("""
        select distinct d.region_id from gaps g join clauses c on c.clause_id = g.clause_a
        join documents d using (document_id) where g.comparison_id = 'jx-hn'""").fetchall()  # fmt: skip
    assert db.execute(mine).fetchone()[0] >= 0 and {row[0] for row in regions} == {"330400"}


def test_an_absence_says_what_was_searched_and_how_much_the_corpus_holds(db):
    bare = db.execute("""
        select gap_id from gaps where kind in ('missing', 'extra')
        and gap_id not in (select gap_id from gap_searches where json_array_length(terms) > 0)""").fetchall()  # fmt: skip
    assert bare == []
    found = gap(db, "missing", "st-010")
    search = db.execute(
        "select * from gap_searches where gap_id = ? order by ordinal", [found["gap_id"]]
    ).fetchone()
    assert search["region_id"] == "330400" and search["documents"] == 1
    assert json.loads(search["records"]) == ["st-033"]


def test_each_side_of_a_gap_has_a_department_where_one_is_known(db):
    found = gap(db, "missing", "st-010")
    assert found["department_a"] == "上海市经济和信息化委员会"
    assert found["department_b"] == "嘉兴市经济和信息化局"
    due = db.execute("select due from department_worklist where item = '到期'").fetchall()
    assert due and all(row["due"] > NEWEST[:4] for row in due)


def test_a_rule_whose_term_ran_out_has_lapsed_and_closes_nothing(db):
    """The 2019 rule is known for that year only; that nothing is known after it is no closing."""
    found = dict(
        db.execute(
            "select clause_id, change from gap_changes where comparison_id = 'sh-jx'"
        ).fetchall()
    )
    assert found["sh-2019-shoutai__st-004"] == "lapsed"
    assert found["sh-2015-churujing-xize__tal-exe-002"] == "closed"


def test_an_expert_pair_wins_over_its_figures(db):
    """工作日 from the application against 工作日 from the contract: the person says that they do not compare."""
    found = gap(db, "deadline", "tal-gov-017")
    assert (found["basis"], found["favours"], found["value_a"]) == (None, "unclear", None)
    assert "起点不同" in found["summary"]


@cases.table("gaps.noted", "topic", "kind", "favours", "subject", "words")
def test_the_gap_that_a_reader_of_the_notes_expects(db, topic, kind, favours, subject, words):
    found = db.execute(
        "select favours from gaps where topic_id = ? and kind = ? and summary like ? and summary like ?",
        [topic, kind, f"%{subject}%", f"%{words}%"],
    ).fetchall()
    assert favours in [row["favours"] for row in found]


@pytest.mark.parametrize("region, name", [("330421", "嘉善县"), ("330481", "海宁市"), ("330482", "平湖市"), ("330483", "桐乡市"), ("330402", "南湖区"), ("330411", "秀洲区"), ("310000-lg", "临港新片区"), ("310115", "浦东新区")])  # fmt: skip
def test_counties_and_areas_have_documents_of_their_own(db, region, name):
    rows = db.execute(
        "select r.name, count(*) from documents d join regions r using (region_id) where region_id = ?",
        [region],
    ).fetchone()
    assert rows[0] == name and rows[1] > 0
