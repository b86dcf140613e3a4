"""Laws that every gap of the bundled corpus obeys."""

import json

import pytest


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


NEWEST = "2026-11-23"


def test_both_dates_are_set_and_only_what_was_in_force_counts(db):
    dates = [row[0] for row in db.execute("select as_of from moments order by as_of")]
    assert dates == ["2018-12-31", NEWEST]
    counted = db.execute(
        "select distinct state_a, state_b from gaps where kind not in ('missing', 'extra')"
    )
    assert {state for row in counted for state in row} == {"有效", "未知"}
    later = db.execute("""
        select g.gap_id from gaps g join clauses c on c.clause_id = coalesce(g.clause_a, g.clause_b)
        join documents d using (document_id)
        where g.as_of = '2018-12-31' and d.issued_date > '2018-12-31' and length(d.issued_date) = 10
    """).fetchall()  # fmt: skip
    assert later == []


def test_a_plans_goal_or_a_figure_is_never_missing(db):
    found = db.execute("""
        select g.gap_id from gaps g join facts f on f.clause_id = coalesce(g.clause_a, g.clause_b)
        where g.kind in ('missing', 'extra') and f.nature <> '规定'""").fetchall()  # fmt: skip
    assert found == []


def test_a_severity_is_the_product_of_the_factors_that_are_shown(db):
    for row in db.execute("select severity, factors from gaps"):
        product = 1.0
        for _, value in json.loads(row["factors"]):
            product *= value
        assert row["severity"] == pytest.approx(product, abs=1e-4)


def test_incomparable_quantities_have_no_ratio_and_a_ratio_has_a_unit(db):
    assert (
        db.execute(
            "select count(*) from gaps where basis = 'told' and ratio is not null"
        ).fetchone()[0]
        == 0
    )
    assert (
        db.execute("select count(*) from gaps where ratio is not null and unit is null").fetchone()[
            0
        ]
        == 0
    )


def test_ids_of_the_newest_date_bear_no_date(db):
    ids = [row[0] for row in db.execute("select gap_id from gaps where as_of = ?", [NEWEST])]
    assert ids and not any(NEWEST in gap_id or "__2018__" in gap_id for gap_id in ids)


def test_a_rule_past_its_term_is_not_missing_where_its_counterpart_is_known(db):
    gone = db.execute("""
        select g.gap_id from gaps g join alignments a on a.clause_a = g.clause_a and a.status in ('auto', 'accepted')
        join clauses c on c.clause_id = a.clause_b join documents d using (document_id)
        join comparisons k on k.comparison_id = g.comparison_id
        where g.kind = 'missing' and g.state_a = '已过有效期' and d.region_id in (select value from json_each(k.stack))
    """).fetchall()  # fmt: skip
    assert gone == []


def test_a_rule_of_the_city_above_favours_neither_side(db):
    found = db.execute(
        "select favours, summary from gaps where comparison_id like 'jx-%' and kind = 'missing'"
    ).fetchall()
    assert found and {row["favours"] for row in found} == {"unclear"}
    assert all("以文件为准" in row["summary"] for row in found)
