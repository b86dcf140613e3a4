"""The old–new table of two versions of one document."""

from pipeline.alignment import pair_scoring, revisions
from support.match_samples import LATER, MATCHER, OLD, WORDS, clauses, sheet


def test_moved_changed_new_and_gone():
    words = {
        c.clause_id: WORDS.cut(c.text)
        for n, t in (("v1", OLD), ("v2", LATER))
        for c in clauses(n, t)
    }
    judged = pair_scoring.judge(sheet("v1", OLD), sheet("v2", LATER), MATCHER)
    found = list(
        revisions.table(clauses("v1", OLD), clauses("v2", LATER), judged, MATCHER.model, words)
    )
    told = {(row.clause_old or "-", row.clause_new or "-"): row.kind for row in found}
    assert told["v1__art_1", "v2__art_1"] == "unchanged"
    assert told["v1__art_3", "v2__art_2"] == "unchanged"  # whatever its number
    assert told["v1__art_4", "v2__art_3"] == "changed"
    assert told["v1__art_7", "v2__art_5"] == "changed"
    assert told["-", "v2__art_4"] == "added"
    assert told["v1__art_6", "-"] == "removed"
    both = [{row.clause_old for row in found}, {row.clause_new for row in found}]
    assert both[0] - {None} == {f"v1__art_{i}" for i in range(1, 9)}  # none is lost
    assert both[1] - {None} == {f"v2__art_{i}" for i in range(1, 7)}
