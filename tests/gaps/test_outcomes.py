"""What a matter comes to on a day: coded as an expert codes it, compared by the real engine."""

import pytest

from pipeline.core.gap_records import Absence
from support import cases
from support.matters import (
    CITY,
    COMPARISONS,
    NEWEST,
    all_gaps,
    basis,
    compared,
    matter,
    rule,
    rules_of,
)

OPTIONAL = {
    "day": NEWEST, "matter": {}, "favours": None, "ratio": None, "basis": None, "grade": None, "a": None,
    "b": None, "inside": None, "searched": [], "places": CITY.title,
}  # fmt: skip


@cases.rows("outcomes.case", "says", "rules", "outcome", **OPTIONAL)
def test_what_a_matter_comes_to(tmp_path, row):
    what, rules = rules_of(tmp_path, row["matter"], row["rules"])
    found = compared(what, rules, row["day"], COMPARISONS[row["places"]], tuple(row["searched"]))
    if row["outcome"] == "none":
        assert found == []
        return
    (gap,) = found
    assert (gap.outcome, gap.favours) == (row["outcome"], row["favours"])
    assert gap.ratio == (row["ratio"] and pytest.approx(row["ratio"]))
    if row["grade"]:
        assert gap.grade == row["grade"]
    if row["basis"]:
        assert gap.points[0].basis == row["basis"]
    for side in "ab":
        if row[side]:
            assert quoted(gap, side) == row[side]
    if row["inside"]:
        assert [number(key) for _, key, _, level, _ in gap.rules if level == "inside"] == row[
            "inside"
        ]


def test_an_absence_whose_source_is_not_in_this_build_is_left_out_as_a_rule_is():
    gone = Absence("南河市", None, None, "closed_list", "f-9")
    (gap,) = all_gaps(basis([matter(absences=[gone])], [rule("东海市", 5.0)], sources={}))
    assert (gap.outcome, gap.favours) == ("uncollected", "unclear")


def number(rule_id: str) -> int:
    """The place of a rule in its case."""
    return int(rule_id.rpartition("-")[2])


def quoted(gap, side: str) -> list[int]:
    """The rules of one side that the points rest on."""
    rows = {number(clause) for p in gap.points for of, clause, *_ in p.quotes if of == side}
    return sorted(rows)
