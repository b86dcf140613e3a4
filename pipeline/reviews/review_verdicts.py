"""Review verdicts: which reviews hold for the texts of a build, and what they decide.

A review holds where every clause that it rests on has the text that the reviewer saw. Of several verdicts
on one target the newest holds.
"""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.core import jsonl
from pipeline.core.paths import Workspace
from pipeline.core.point_records import ArticlePoint, ArticlePoints
from pipeline.core.records import Clause, document_of
from pipeline.reviews.review_records import Review, ReviewState
from pipeline.site.reviews import review_log

VALID, STALE, ORPHAN = "valid", "stale", "orphan"
ACCEPT, REJECT, REPAIR, NOTE = review_log.VERDICTS
_STATUS = {ACCEPT: "accepted", REJECT: "rejected"}  # of an alignment
PairStatuses = dict[tuple[str, str], str]  # (clause_a, clause_b) → status


def of_build(work: Workspace) -> list[ReviewState]:
    """All reviews of a build with their states, the oldest first; none where nobody reviewed."""
    path = work.rows("reviews")
    reviews = jsonl.read(path, Review) if path.exists() else []
    if not reviews:
        return []
    names = {name for review in reviews for name in review.clause_ids}
    lines = jsonl.of_documents({document_of(name) for name in names})
    clauses = jsonl.each(work.rows("clauses"), Clause, lines)
    return states(reviews, {c.clause_id: c.text for c in clauses if c.clause_id in names})


def states(reviews: Sequence[Review], texts: Mapping[str, str]) -> list[ReviewState]:
    """The state of every review.

    Args:
        reviews: the oldest first.
        texts: of clauses by id; a clause that is not among them is not in the build.
    """
    found = [(review, state(review, texts)) for review in reviews]
    deciding = {
        review.target_id: review.review_id
        for review, known in found
        if known == VALID and review.verdict != NOTE
    }
    return [
        ReviewState(review, known, int(deciding.get(review.target_id) == review.review_id))
        for review, known in found
    ]


def state(review: Review, texts: Mapping[str, str]) -> str:
    """Whether a review holds: valid, stale or orphan."""
    seen = [texts[name] for name in review.clause_ids if name in texts]
    if len(seen) < len(review.clause_ids):
        return ORPHAN
    return VALID if review_log.text_hash(seen) == review.text_hash else STALE


def pair_statuses(reviews: Iterable[ReviewState]) -> PairStatuses:
    """The status of every pair of clauses that reviewers decided on; of two verdicts the newer holds.

    A pair that is paired anew is rejected, and the new pair accepted.
    """
    statuses: PairStatuses = {}
    for row in reviews:
        review = row.review
        if row.state != VALID or review.kind != "alignment" or review.clause_b is None:
            continue
        pair = review.clause_a, review.clause_b
        if review.verdict in _STATUS:
            statuses[pair] = _STATUS[review.verdict]
        elif review.verdict == REPAIR and review.partner:
            statuses[pair] = _STATUS[REJECT]
            statuses[review.clause_a, review.partner] = _STATUS[ACCEPT]
    return statuses


def rejected(reviews: Iterable[ReviewState], kind: str) -> frozenset[str]:
    """The targets of a kind that reviewers rejected."""
    return frozenset(
        row.review.target_id
        for row in reviews
        if row.decides and row.review.kind == kind and row.review.verdict == REJECT
    )


def point_id(pair: ArticlePoints, point: ArticlePoint) -> str:
    """What a point of a pair of articles is known by in reviews."""
    key = review_log.point_key(point.kind, point.relation, point.quotes)
    return review_log.point_id(pair.clause_a, pair.clause_b, key)
