"""Nearest clauses: for a one-sided matter, what the alignment puts nearest on the other side."""

from pipeline.core.records import Alignment
from pipeline.core.settings import GAPS
from pipeline.gaps import nearest
from support.matters import all_gaps, basis, matter, rule

PLACES = {"d": "东海市", **{f"n{i}": "南河市" for i in range(6)}, "x": "西山省", "w": "外江省"}


def pair(a: str, b: str, confidence: float, status: str = "candidate") -> Alignment:
    return Alignment(
        f"{a}-{b}", "dh-nh", a, b, 0.5, confidence, 1, [], status, "corpus", None, [], None
    )


def found(*pairs: Alignment, regions=("南河市", "西山省")) -> list[str]:
    return [name for name, *_ in nearest.of_alignments(pairs, PLACES).of(["d__1"], regions)]


def test_the_likeliest_come_first_each_once():
    pairs = pair("d__1", "n1__1", 0.2), pair("d__1", "n2__1", 0.7), pair("d__1", "n1__1", 0.9)
    assert found(*pairs) == ["n1__1", "n2__1"]


def test_an_alignment_is_followed_from_either_side():
    assert found(pair("n1__1", "d__1", 0.5)) == ["n1__1"]


def test_other_regions_other_clauses_and_what_a_person_rejected_stay_out():
    pairs = (
        pair("d__1", "w__1", 0.9),
        pair("d__2", "n1__1", 0.9),
        pair("d__1", "n2__1", 0.9, "rejected"),
    )
    assert found(*pairs) == []


def row(rules, *pairs):
    near = nearest.of_alignments(pairs, PLACES)
    (gap,) = all_gaps(basis([matter()], rules, neighbours=near))
    return gap


def test_a_one_sided_matter_shows_the_few_nearest_of_the_unknown_side():
    pairs = [pair("d__1", f"n{i}__1", i / 10) for i in range(6)]
    gap = row([rule("东海市", 5.0, clause_id="d__1")], *pairs, pair("d__1", "w__1", 0.9))
    assert gap.outcome == "uncollected"
    assert [name for name, *_ in gap.nearest] == [f"n{i}__1" for i in (5, 4, 3)][: GAPS.nearest]


def test_a_matter_with_both_sides_shows_none():
    rules = [rule("东海市", 5.0, clause_id="d__1"), rule("南河市", 4.0, "f-2", clause_id="n0__1")]
    assert row(rules, pair("d__1", "n1__1", 0.9)).nearest == []
