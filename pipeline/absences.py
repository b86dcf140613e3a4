"""Absences: a clause of one side without counterpart at the other side's own level.

Missing is a claim about this corpus, never about the world: 未查得, not 没有. It says what the corpus
covers and what came nearest.
"""

from pipeline import summaries
from pipeline.evidence import Evidence
from pipeline.records import Alignment, Comparison, Gap, Provision
from pipeline.settings import GAPS

BURDENS = {"罚款", "收费", "基金征收"}  # instruments that take from whom they meet


def absence(
    comparison: Comparison,
    kind: str,
    clause_id: str,
    near: list[Alignment],
    upper: bool,
    evidence: Evidence,
) -> Gap | None:
    """The gap that a clause without counterpart is, if it gives or demands something.

    Args:
        comparison: the comparison.
        kind: missing (the target lacks it) or extra (the baseline lacks it).
        clause_id: the clause that has no counterpart.
        near: its alignments, none of them at the other side's own level.
        upper: whether a level above the target has a counterpart.
        evidence: all rows.
    """
    provision, missing = evidence.provisions[clause_id], kind == "missing"
    if not (provision.instrument or evidence.measures[clause_id]):
        return None
    other = comparison.target_region if missing else comparison.baseline_region
    grade, topic = "upper_level_only" if upper else "not_in_corpus", evidence.topic(clause_id)
    quote = evidence.quote(clause_id)
    close = sorted(near, key=lambda row: (-row.similarity, row.alignment_id))[: GAPS.nearest]
    sure = 1 - (close[0].confidence if close and not upper else 0.0)
    return Gap(
        gap_id=f"{comparison.comparison_id}__{kind}__{clause_id}",
        comparison_id=comparison.comparison_id,
        topic_id=topic,
        kind=kind,
        grade=grade,
        clause_a=clause_id if missing else None,
        clause_b=None if missing else clause_id,
        favours=favours(provision, missing),
        severity=severity(evidence.topics[clause_id][0].score, upper, sure),
        confidence=round(sure, 4),
        summary=summaries.absence(
            evidence.subject(clause_id),
            quote[3],
            evidence.name(clause_id),
            evidence.regions[other].name,
            grade,
            evidence.coverage.get((other, topic), (0, 0)),
        ),
        as_of=comparison.as_of,
        evidence=[("a" if missing else "b", *quote)],
        nearest=[(row.clause_b if missing else row.clause_a, row.similarity) for row in close],
    )


def favours(provision: Provision, missing: bool) -> str:
    """A burden that only one side lays favours the other; a benefit favours who has it."""
    if provision.instrument is None or provision.modality in ("不得", "禁止"):
        return "unclear"
    has, lacks = ("baseline", "target") if missing else ("target", "baseline")
    return lacks if provision.instrument in BURDENS else has


def severity(topic_score: float, upper: bool, sure: float) -> float:
    """How much an absence matters, 0 to 1: half of a hundredfold difference, less where doubtful.

    severity = 0.5 (0.35 where a level above fills in) × topic score × (0.5 + 0.5 × sureness).
    """
    return round((0.35 if upper else 0.5) * topic_score * (0.5 + 0.5 * sure), 4)
