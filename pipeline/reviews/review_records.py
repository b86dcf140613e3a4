"""Records of reviews; conventions as in core/records.py."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person said of a pair of clauses, a point of a pair, or a matter's rule.

    `kind` is alignment, point or rule; `target_id` names what was reviewed: the two clauses, these and
    the point's key, or the rule. `clause_a` and `clause_b` are the clauses that the reviewer read,
    `clause_b` null of a rule. `verdict` is accept, reject, repair (`partner` answers clause_a in place of
    clause_b) or note. `text_hash` is of the texts of these clauses as the reviewer saw them.
    `reviewed_at` is UTC, ISO text with microseconds.
    """

    review_id: str
    reviewed_at: str
    reviewer: str
    kind: str
    target_id: str
    clause_a: str
    clause_b: str | None
    verdict: str
    partner: str | None
    text_hash: str
    note: str

    @property
    def clause_ids(self) -> list[str]:
        """The clauses whose texts it rests on."""
        return [name for name in (self.clause_a, self.clause_b, self.partner) if name]


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Whether a review holds in a build.

    `state` is valid, stale (a text is not as it was reviewed) or orphan (a clause is not in this build).
    `decides` is 1 for the newest valid verdict on its target, which wins over the machine.
    """

    review: Review
    state: str
    decides: int
