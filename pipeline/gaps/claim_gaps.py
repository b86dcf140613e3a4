"""Claim gaps: whether the verdict on a claim agrees with the gaps of the matters that it rests on."""

from collections.abc import Sequence

from pipeline.core.gap_records import Gap
from pipeline.gaps import directions
from pipeline.gaps.outcomes import EQUAL, OPEN

_OTHER = {directions.BASELINE: directions.TARGET, directions.TARGET: directions.BASELINE}


def contradiction(verdict: str, favours: str | None, gaps: Sequence[Gap]) -> Gap | None:
    """The gap that a verdict contradicts; None where it agrees with all.

    confirmed                a known gap must be a difference, and none may favour the other side
    contradicted, outdated   not every known gap may be the difference that the claim tells
    not_provable             the gaps may not decide the claim, all of them known and of one voice

    Args:
        verdict: on the claim.
        favours: the side that is better off by the claim; None where it does not say.
        gaps: of the matters that the claim names, on the day of the verdict.
    """
    known = [gap for gap in gaps if gap.outcome in OPEN + EQUAL]
    if not known:
        return None
    telling = [gap for gap in known if _tells(gap, favours)]
    against = [gap for gap in known if _speaks_against(gap, favours)]
    if verdict == "confirmed":
        reversed_ = [gap for gap in against if gap.outcome in OPEN]
        return next(iter(reversed_ or (against if len(against) == len(known) else [])), None)
    if verdict == "not_provable":
        decided = len(known) == len(gaps) and len(known) in (len(telling), len(against))
        return known[0] if decided else None
    return telling[0] if len(telling) == len(known) else None


def _tells(gap: Gap, favours: str | None) -> bool:
    """Whether a gap is the difference that the claim tells."""
    return gap.outcome in OPEN and favours in (None, gap.favours)


def _speaks_against(gap: Gap, favours: str | None) -> bool:
    """Whether a gap is no difference, or one that favours the other side."""
    return gap.outcome not in OPEN or (favours is not None and gap.favours == _OTHER[favours])
