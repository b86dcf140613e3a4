"""The comparison table of two versions of one document."""

from pipeline.alignment import pair_scoring, revisions
from support.match_samples import LATER, MATCHER, OLD, WORDS, clauses, features


def test_moved_changed_added_and_removed_articles():
    words = {
        c.clause_id: WORDS.cut(c.text)
        for n, t in (("v1", OLD), ("v2", LATER))
        for c in clauses(n, t)
    }
    scores = pair_scoring.score(features("v1", OLD), features("v2", LATER), MATCHER)
    rows = list(
        revisions.table(clauses("v1", OLD), clauses("v2", LATER), scores, MATCHER.model, words)
    )
    kinds = {(row.clause_old or "-", row.clause_new or "-"): row.kind for row in rows}
    assert kinds["v1__art_1", "v2__art_1"] == "unchanged"
    assert kinds["v1__art_3", "v2__art_2"] == "unchanged"  # whatever its number
    assert kinds["v1__art_4", "v2__art_3"] == "changed"
    assert kinds["v1__art_7", "v2__art_5"] == "changed"
    assert kinds["-", "v2__art_4"] == "added"
    assert kinds["v1__art_6", "-"] == "removed"
    both = [{row.clause_old for row in rows}, {row.clause_new for row in rows}]
    assert both[0] - {None} == {f"v1__art_{i}" for i in range(1, 9)}  # none is lost
    assert both[1] - {None} == {f"v2__art_{i}" for i in range(1, 7)}
