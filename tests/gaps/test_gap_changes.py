"""What became of a matter from one date to the next, by its chain of rules."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.gaps import gap_changes
from pipeline.gaps.gap_changes import Known
from support import cases
from support.matters import EARLIER, NEWEST, compared, gap, matter, rule, rules_of


def changes(what, rules):
    """The changes of one matter between the two dates."""
    known = Known({"shi": what}, {r.rule_id: r for r in rules}, _Titles())
    found = [gap for day in (EARLIER, NEWEST) for gap in compared(what, rules, day)]
    # A moment without gaps is a date all the same.
    other = gap(matter_id="bie", as_of=EARLIER, outcome="uncollected")
    known.matters["bie"] = matter(matter_id="bie")
    return list(gap_changes.follow([other, *found], known, (EARLIER, NEWEST)))


class _Titles(dict):
    def __missing__(self, name):
        return f"文件{name}"


@cases.table("changes.case", "says", "rules", "change", matter={}, cause=None)
def test_what_became_of_a_matter(tmp_path, says, rules, change, matter, cause):
    what, found = rules_of(tmp_path, matter, rules)
    told = changes(what, found)
    if change == "none":
        assert told == []
        return
    (row,) = told
    assert row.change == change
    assert row.rule_id == (cause and f"shi__f-{cause}")
    assert (row.from_date, row.to_date) == (EARLIER, NEWEST)


def test_a_change_tells_both_states_and_the_document_that_did_it():
    rules = [
        rule("东海市", 100.0, "f-1"),
        rule("南河市", 10.0, "f-2", in_force_to="2019-12-31", ended="successor"),
        rule("南河市", 50.0, "f-3", in_force_from="2020-01-01", clause_id="d-3__f-3"),
    ]
    (row,) = changes(matter(), rules)
    assert "《文件d-3》2020年1月起" in row.summary
    assert "2018年12月：" in row.summary and "现在：" in row.summary
    assert "10万元" in row.summary and "50万元" in row.summary


def test_only_a_move_of_more_than_a_tenth_is_one():
    def after(value: float) -> str:
        rules = [
            rule("东海市", 100.0, "f-1"),
            rule("南河市", 50.0, "f-2", in_force_to="2019-12-31", ended="successor"),
            rule("南河市", value, "f-3", in_force_from="2020-01-01"),
        ]
        return changes(matter(), rules)[0].change

    assert [after(value) for value in (40, 46, 54, 60)] == ["widened", "unchanged", "unchanged", "narrowed"]  # fmt: skip


VALUES = st.sampled_from([0.0, 1.0, 2.0, 3.0, 50.0])


@given(VALUES, VALUES, VALUES, st.sampled_from(["more", "less"]))
def test_widened_narrowed_and_reversed_agree_with_the_directions(there, old, new, better):
    rules = [
        rule("东海市", there, "f-1"),
        rule("南河市", old, "f-2", in_force_to="2019-12-31", ended="successor"),
        rule("南河市", new, "f-3", in_force_from="2020-01-01"),
    ]
    what = matter(better=better)
    before, after = (compared(what, rules, day)[0] for day in (EARLIER, NEWEST))
    (row,) = changes(what, rules)
    assert (row.gap_before, row.gap_after) == (before.gap_id, after.gap_id)
    if row.change in ("widened", "narrowed"):
        assert before.favours == after.favours
        if before.ratio and after.ratio:
            assert (after.ratio > before.ratio) == (row.change == "widened")
    if row.change == "reversed":
        assert {before.favours, after.favours} == {"baseline", "target"}
    if row.change in ("opened", "closed"):
        assert {before.outcome, after.outcome} == {"same", "differs"}
