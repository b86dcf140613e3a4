"""Absences: a clause of one side without counterpart at the other side's own level.

Missing is a claim about this corpus, never about the world: 未查得, not 没有. It says what the corpus
covers and what came nearest.
"""

from pipeline import regions, summaries
from pipeline.evidence import Evidence
from pipeline.records import Alignment, Comparison, Gap, Provision
from pipeline.settings import GAPS

BENEFITS = {"补贴", "奖励", "资助", "贷款贴息", "保险补偿", "减免", "税收优惠"}
BURDENS = {"罚款", "收费", "基金征收", "电价"}  # instruments that take from whom they meet


def absence(
    comparison: Comparison,
    kind: str,
    clause_id: str,
    near: list[Alignment],
    upper: bool,
    evidence: Evidence,
) -> Gap | None:
    """The gap that a clause without counterpart is, if it gives or demands something.

    `kind` is missing (the target lacks it) or extra (the baseline does); `near` holds the clause's
    alignments, none of them at the other side's own level; `upper` tells whether a level above has one.
    """
    provision, missing = evidence.provisions[clause_id], kind == "missing"
    if not (provision.instrument or evidence.measures[clause_id]):
        return None
    close = sorted(near, key=lambda row: (-row.confidence, -row.similarity, row.alignment_id))[
        : GAPS.nearest
    ]
    sure = GAPS.alone * (1 - (close[0].confidence if close and not upper else 0.0))
    grade = "upper_level_only" if upper else "not_in_corpus"
    quote = evidence.quote(clause_id)
    return Gap(
        gap_id=f"{comparison.comparison_id}__{kind}__{clause_id}",
        comparison_id=comparison.comparison_id,
        topic_id=evidence.topic(clause_id),
        kind=kind,
        grade=grade,
        clause_a=clause_id if missing else None,
        clause_b=None if missing else clause_id,
        favours="unclear"
        if upper
        else favours(provision, missing),  # told by the gap with that level
        severity=severity(evidence.topics[clause_id][0].score, upper, sure),
        confidence=round(sure, 4),
        summary=_summary(comparison, clause_id, quote[3], grade, missing, evidence),
        as_of=comparison.as_of,
        evidence=[("a" if missing else "b", *quote)],
        nearest=[_near(row, missing) for row in close],
    )


def _near(row: Alignment, missing: bool) -> tuple[str, float, float]:
    """The other side's clause, its similarity and its confidence."""
    return row.clause_b if missing else row.clause_a, row.similarity, row.confidence


def _summary(
    comparison: Comparison,
    clause_id: str,
    words: str,
    grade: str,
    missing: bool,
    evidence: Evidence,
) -> str:
    other = comparison.target_region if missing else comparison.baseline_region
    searched = {other} if missing else regions.within(other, evidence.regions)
    return summaries.absence(
        evidence.subject(clause_id),
        words,
        evidence.name(clause_id),
        evidence.regions[other].name,
        grade,
        evidence.covered(searched, evidence.topic(clause_id)),
    )


def favours(provision: Provision, missing: bool) -> str:
    """A burden that only one side lays favours the other; a benefit favours who has it."""
    if provision.instrument is None or provision.modality in ("不得", "禁止"):
        return "unclear"
    has, lacks = ("baseline", "target") if missing else ("target", "baseline")
    return lacks if provision.instrument in BURDENS else has


def severity(topic_score: float, upper: bool, sure: float) -> float:
    """How much an absence matters, 0 to 1: half of a hundredfold difference, less where doubtful.

    severity = 0.5 (0.15 where a level above fills in) × topic score × (0.5 + 0.5 × sureness).
    """
    return round((0.15 if upper else 0.5) * topic_score * (0.5 + 0.5 * sure), 4)
