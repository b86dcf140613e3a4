"""The gap engine on the bundled corpus: dates, levels, grades, changes; and what happens when evidence goes."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from conftest import make

from pipeline.core import jsonl
from pipeline.core.gap_records import Moment
from pipeline.core.paths import Workspace
from pipeline.gaps import evidence as evidences
from pipeline.gaps import gap_changes, gaps
from pipeline.gaps.differences import Pairing
from pipeline.gaps.quantity_contexts import Contexts

NEWEST = "2026-11-23"


@pytest.fixture(scope="module")
def db(kb):
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def gap(db, kind, clause, as_of=NEWEST, comparison="sh-jx"):
    found = db.execute(
        """select * from gaps where kind = ? and coalesce(clause_a, clause_b) like ? and as_of = ?
        and comparison_id = ? order by severity desc""",
        [kind, f"%__{clause}", as_of, comparison],
    ).fetchall()
    return found[0] if found else None


# What the facts lead one to expect: (kind, baseline's clause, date, what must hold)
EXPECTED = [
    ("amount", "st-004", "2018-12-31", {"basis": "upper_end", "ratio": 150.0, "favours": "baseline", "level": "own"}),
    ("amount", "st-003", "2018-12-31", {"basis": "told", "ratio": None, "value_a": None}),  # a rate against a sum
    ("missing", "st-010", NEWEST, {"grade": "upper_level_only", "state_a": "有效"}),  # the province rewards, the city is not known to
    ("amount", "st-010", NEWEST, {"level": "upper", "ratio": 10.0}),
    ("amount", "ele-026", NEWEST, {"favours": "target", "level": "upper"}),  # a lower price is better for who pays it
    ("amount", "fund-040", NEWEST, {"favours": "target", "ratio": 0.5}),  # reversed: 5% against 10%
    ("condition", "tal-huk-001", NEWEST, {"favours": "target"}),  # reversed: seven years against none
    ("missing", "tal-pts-001", "2018-12-31", {"grade": "expired", "state_a": "已过有效期"}),  # nominally ended 2018-06-30
    ("missing", "fee-036", NEWEST, {"grade": "other_name"}),
    ("missing", "tal-exe-034", NEWEST, {"grade": "excluded"}),
    ("missing", "tal-exe-002", "2018-12-31", {"grade": "not_in_corpus"}),
]  # fmt: skip


@pytest.mark.parametrize("kind, clause, as_of, expected", EXPECTED)
def test_the_expected_gaps_of_the_facts(db, kind, clause, as_of, expected):
    found = gap(db, kind, clause, as_of)
    assert found is not None
    assert {key: found[key] for key in expected} == expected


def test_the_national_rules_of_2019_closed_the_gap_of_residence_permits(db):
    assert gap(db, "missing", "tal-exe-002") is None
    change = db.execute(
        "select * from change_overview where comparison_id = 'sh-jx' and clause_id like '%tal-exe-002'"
    ).fetchone()
    assert (change["change"], change["event_date"]) == ("closed", "2019-08-01")
    assert "在全国范围推广" in change["summary"]


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


def test_ids_of_the_newest_date_bear_no_date(db):
    ids = [row[0] for row in db.execute("select gap_id from gaps where as_of = ?", [NEWEST])]
    assert ids and not any(NEWEST in gap_id or "__2018__" in gap_id for gap_id in ids)


def test_a_rule_whose_term_ran_out_has_lapsed_and_closes_nothing(db):
    """The 2019 rule is known for that year only; that nothing is known after it is no closing."""
    found = dict(
        db.execute(
            "select clause_id, change from gap_changes where comparison_id = 'sh-jx'"
        ).fetchall()
    )
    assert found["sh-2019-shoutai__st-004"] == "lapsed"
    assert found["sh-2015-churujing-xize__tal-exe-002"] == "closed"


def test_a_rule_past_its_term_is_not_missing_where_its_counterpart_is_known(db):
    gone = db.execute("""
        select g.gap_id from gaps g join alignments a on a.clause_a = g.clause_a and a.status in ('auto', 'accepted')
        join clauses c on c.clause_id = a.clause_b join documents d using (document_id)
        join comparisons k on k.comparison_id = g.comparison_id
        where g.kind = 'missing' and g.state_a = '已过有效期' and d.region_id in (select value from json_each(k.stack))
    """).fetchall()  # fmt: skip
    assert gone == []


def test_an_expert_pair_wins_over_its_figures(db):
    """工作日 from the application against 工作日 from the contract: the person says that they do not compare."""
    found = gap(db, "deadline", "tal-gov-017")
    assert (found["basis"], found["favours"], found["value_a"]) == (None, "unclear", None)
    assert "起点不同" in found["summary"]


def test_a_rule_of_the_city_above_favours_neither_side(db):
    found = db.execute(
        "select favours, summary from gaps where comparison_id like 'jx-%' and kind = 'missing'"
    ).fetchall()
    assert found and {row["favours"] for row in found} == {"unclear"}
    assert all("以文件为准" in row["summary"] for row in found)


# Other dates than the two that ship


def pairing(kb, comparison_id, as_of):
    work = Workspace((Path("corpus"),), kb.parent / "build", kb)
    evidence, comparisons, _ = evidences.gather(work)
    chosen = next(c for c in comparisons if c.comparison_id == comparison_id)
    contexts = Contexts(evidence.words, evidence.measures, _Plain(), _Plain())
    return Pairing(
        chosen, Moment("d", "日", as_of, False), evidence, contexts, lambda _: ("scope", 0.5), {}
    )


class _Plain:
    """Stands for the lexicon and the background where only dates are looked at."""

    words: dict[str, int] = {}

    def terms(self, words):
        return [word for word in words if len(word) > 1]

    def weights(self, terms, counts):
        return [1.0] * len(terms)


def test_suspending_the_water_fund_closes_the_gap(kb):
    found = [
        row for day in ("2016-10-31", "2018-12-31") for row in gaps.compare(pairing(kb, "sh-zj", day))
    ]  # fmt: skip
    by_document: dict[str, list] = {}
    for event in jsonl.read(kb.parent / "build/validity.jsonl", gap_changes.ValidityEvent):
        by_document.setdefault(event.document_id, []).append(event)
    events = gap_changes.Events({d: by_document.get(d, []) for d in _documents(found)}, _Titles())
    (change,) = [
        c for c in gap_changes.follow(found, events) if c.clause_id == "zj-shuili-jijin__fee-014"
    ]
    assert (change.change, change.event_id) == ("closed", "zj-shuili-jijin-zanting")
    before = next(row for row in found if row.gap_id == change.gap_before)
    assert (before.kind, before.favours, before.level) == ("extra", "baseline", "own")


def _documents(found):
    return {name for row in found for name in gap_changes.documents(row)}


class _Titles(dict):
    def __missing__(self, name):
        return name


# When evidence goes


def test_removing_a_gaps_evidence_changes_its_grade_and_is_listed(tmp_path, kb):
    """The province's reward is taken out of the corpus: the city's gap is no longer upper_level_only."""
    corpus = tmp_path / "corpus"
    shutil.copytree("corpus", corpus)
    shutil.copytree(kb.parent / "build", tmp_path / "build")
    shutil.copy(kb, tmp_path / "kb.db")
    sources = (corpus / "sources.toml").read_text(encoding="utf-8")
    entries = sources.split("[[document]]")
    gone = [e for e in entries if 'id = "zj-2024-shoutai"' in e]
    (corpus / "sources.toml").write_text(
        "[[document]]".join(e for e in entries if e not in gone), encoding="utf-8"
    )
    (corpus / "digests/zj-2024-shoutai.md").unlink()
    done = make(f"CORPUS={corpus}", f"KB={tmp_path}/kb.db", f"BUILD={tmp_path}/build")
    assert done.returncode == 0, done.stderr
    listed = {
        row["gap_id"]: row
        for row in map(json.loads, (tmp_path / "build/changes.jsonl").open(encoding="utf-8"))
    }
    row = listed["sh-jx__missing__sh-2026-zhizaoye__st-010"]
    assert (row["change"], row["grade_before"], row["grade_after"]) == (
        "regraded", "upper_level_only", "not_in_corpus",
    )  # fmt: skip
    amount = next(
        key for key in listed if "__amount__sh-2026-zhizaoye__st-010__vs__zj-2024-shoutai" in key
    )
    assert listed[amount]["change"] == "disappeared"
    assert "与上次构建相比" in done.stdout
