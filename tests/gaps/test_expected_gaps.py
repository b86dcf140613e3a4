"""Gaps of the bundled corpus that a reader of its facts expects, and what follows from a fact that goes."""

import json
import shutil

import pytest

from support import cases
from support.building import make

MAIN = "sh-jx"
OPTIONAL = {"comparison": MAIN, "ratio": None, "grade": None, "words": []}


def gap(db, matter, as_of, comparison=MAIN):
    if as_of == "newest":
        as_of = db.execute("select max(as_of) from moments").fetchone()[0]
    sql = "select * from gaps where comparison_id = ? and matter_id = ? and as_of = ?"
    return db.execute(sql, [comparison, matter, as_of]).fetchone()


@cases.rows("gaps.expected", "matter", "as_of", "outcome", "favours", "because", **OPTIONAL)
def test_the_gap_that_a_reader_of_the_facts_expects(db, row):
    found = gap(db, row["matter"], row["as_of"], row["comparison"])
    assert (found["outcome"], found["favours"]) == (row["outcome"], row["favours"])
    assert found["ratio"] == (row["ratio"] and pytest.approx(row["ratio"], rel=1e-5))
    assert row["grade"] in (None, found["grade"])
    assert [words for words in row["words"] if words not in found["headline"]] == []


@cases.table("gaps.changed", "matter", "change", fact=None)
def test_the_change_that_a_reader_of_the_facts_expects(db, matter, change, fact):
    sql = """select change, rules.fact_id from gap_changes left join rules using (rule_id)
        where comparison_id = ? and gap_changes.matter_id = ?"""
    assert [tuple(row) for row in db.execute(sql, [MAIN, matter])] == [(change, fact)]


def test_the_cap_of_2019_and_its_successor_are_both_in_the_row_and_one_is_history(db):
    found = gap(db, "guoji-shoutai-jiangli", "newest")
    rules = db.execute(
        "select region_id, level, in_force, value from gap_rules join rules using (rule_id, region_id) where gap_id = ?",
        [found["gap_id"]],
    ).fetchall()
    told = {tuple(row) for row in rules}
    assert {
        ("310000", "own", 0, 3000),
        ("310000", "own", 1, 2000),
        ("330400", "own", 0, 20),
    } <= told
    assert {("330000", "upper", 0, 200), ("330000", "upper", 1, 200)} <= told
    assert {now for _, level, now, _ in told if level == "inside"} == {0}


def test_a_cap_against_a_fixed_sum_is_quoted_on_both_sides_and_said_to_be_one(db):
    found = gap(db, "guoji-shoutai-jiangli", "newest")
    (point,) = db.execute("select * from gap_points where gap_id = ?", [found["gap_id"]]).fetchall()
    assert (point["tier"], point["value_a"], point["value_b"], point["basis"]) == ("国际", 2000, 200, "upper_end")  # fmt: skip
    quotes = dict(db.execute("select side, quote from gap_point_quotes where point_id = ?", [point["point_id"]]).fetchall())  # fmt: skip
    assert "最高2000万元" in quotes["a"] and "200万元" in quotes["b"]


def test_a_county_stands_against_shanghai_its_city_and_its_sisters(db):
    pairs = {tuple(row) for row in db.execute("select baseline_region, target_region from comparisons")}  # fmt: skip
    wanted = {
        ("310000", "330481"),
        ("330400", "330481"),
        ("330421", "330481"),
        ("310000", "330000"),
    }
    assert wanted <= pairs
    (stack,) = db.execute("select stack from comparisons where comparison_id = 'sh-hn'").fetchone()
    assert json.loads(stack) == ["330481", "330400", "330000", "000000"]


@pytest.mark.parametrize("region, name", [("330421", "嘉善县"), ("330481", "海宁市"), ("330482", "平湖市"), ("330483", "桐乡市"), ("330402", "南湖区"), ("330411", "秀洲区"), ("310000-lg", "临港新片区"), ("310115", "浦东新区")])  # fmt: skip
def test_counties_and_areas_have_rules_of_their_own(db, region, name):
    sql = "select r.name, count(*) from rules join regions r using (region_id) where region_id = ?"
    assert tuple(db.execute(sql, [region]).fetchone())[0] == name


def test_each_side_of_a_gap_has_a_department_where_one_is_known(db):
    found = gap(db, "guoji-shoutai-jiangli", "newest")
    assert found["department_a"] == "上海市经济和信息化委员会"
    assert found["department_b"] == "嘉兴市经济和信息化局"


# When evidence goes


def test_a_rule_whose_document_goes_takes_its_difference_with_it_and_that_is_listed(tmp_path, kb):
    """The province's reward of 2024 is taken out: what is left on the target's side has lapsed."""
    corpus = tmp_path / "corpus"
    shutil.copytree("corpus", corpus)
    shutil.copytree(kb.parent / "build", tmp_path / "build")
    shutil.copy(kb, tmp_path / "kb.db")
    sources = (corpus / "sources.toml").read_text(encoding="utf-8")
    kept = [each for each in sources.split("[[document]]") if 'id = "zj-2024-shoutai"' not in each]
    assert len(kept) == sources.count("[[document]]")
    (corpus / "sources.toml").write_text("[[document]]".join(kept), encoding="utf-8")
    (corpus / "digests/zj-2024-shoutai.md").unlink()
    done = make(f"CORPUS={corpus}", f"KB={tmp_path}/kb.db", f"BUILD={tmp_path}/build")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "build/changes.jsonl").read_text(encoding="utf-8").splitlines()
    listed = {row["gap_id"]: row for row in map(json.loads, lines)}
    row = listed["sh-jx__guoji-shoutai-jiangli"]
    assert (row["change"], row["outcome_before"], row["outcome_after"]) == (
        "resolved",
        "differs",
        "lapsed",
    )
    assert "没有" not in row["after"] and "与上次构建相比" in done.stdout
