"""Measure metrics: extracted measures compared with annotated ones.

An extracted measure matches an annotated one where kind, unit, min and max are the same; of several that
do, the one with the same quote, then role, then bound, is taken. Bound, role and quote are counted among
the matches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import isclose
from typing import Any

from pipeline.core.records import Measure


@dataclass(frozen=True, slots=True)
class MeasureScore:
    """Counts that add up over clauses; the figures are ratios of them.

    Attributes:
        gold: annotated measures.
        predicted: extracted measures.
        value: matches, which have the same kind, unit, min and max.
        bound: of them, those with the same bound; `role` and `quote` likewise.
    """

    gold: int = 0
    predicted: int = 0
    value: int = 0
    bound: int = 0
    role: int = 0
    quote: int = 0

    def __add__(self, other: "MeasureScore") -> "MeasureScore":
        return MeasureScore(
            *(getattr(self, field.name) + getattr(other, field.name) for field in fields(self))
        )

    def figures(self) -> dict[str, float]:
        """F1 of value, bound, role and quote: the harmonic mean of precision and recall.

        >>> MeasureScore(gold=4, predicted=6, value=4, bound=4, role=3, quote=2).figures()
        {'value': 0.8, 'bound': 0.8, 'role': 0.6, 'quote': 0.4}
        """
        total = self.gold + self.predicted
        counts = {"value": self.value, "bound": self.bound, "role": self.role, "quote": self.quote}
        return {part: round(2 * n / total, 4) if total else 1.0 for part, n in counts.items()}


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """The score of one clause, and the measures that a person should look at.

    Attributes:
        missed: annotated measures without a match.
        extra: extracted measures without a match.
        differing: matches that differ in bound, role or quote.
    """

    score: MeasureScore
    missed: list[dict[str, Any]]
    extra: list[Measure]
    differing: list[tuple[dict[str, Any], Measure]]


def compare(gold: Sequence[dict[str, Any]], predicted: Sequence[Measure]) -> MeasureComparison:
    """Compare the extracted measures of one clause with the annotated ones.

    Args:
        gold: objects of the codebook: kind, min, max, unit, bound, role, text.
        predicted: the measures extracted from the same clause.
    """
    extra, missed, pairs = list(predicted), [], []
    for annotated in gold:
        matches = [measure for measure in extra if _is_match(annotated, measure)]
        if matches:
            best = max(matches, key=lambda measure: _agreement(annotated, measure))
            extra.remove(best)
            pairs.append((annotated, best))
        else:
            missed.append(annotated)
    agreements = [_agreement(annotated, measure) for annotated, measure in pairs]
    score = MeasureScore(
        gold=len(gold),
        predicted=len(predicted),
        value=len(pairs),
        quote=sum(quote for quote, _, _ in agreements),
        role=sum(role for _, role, _ in agreements),
        bound=sum(bound for _, _, bound in agreements),
    )
    differing = [pair for pair, parts in zip(pairs, agreements, strict=True) if not all(parts)]
    return MeasureComparison(score, missed, extra, differing)


def total(scores: Iterable[MeasureScore]) -> MeasureScore:
    """The score over all clauses."""
    return sum(scores, MeasureScore())


def _is_match(annotated: dict[str, Any], measure: Measure) -> bool:
    ends = ((annotated["min"], measure.min), (annotated["max"], measure.max))
    same = (annotated["kind"], annotated["unit"]) == (measure.kind, measure.unit)
    return same and all(_is_same_end(a, b) for a, b in ends)


def _is_same_end(annotated: float | None, extracted: float | None) -> bool:
    if annotated is None or extracted is None:
        return annotated is extracted
    return isclose(annotated, extracted, rel_tol=1e-5, abs_tol=1e-9)


def _agreement(annotated: dict[str, Any], measure: Measure) -> tuple[bool, bool, bool]:
    """Whether (quote, role, bound) are the same."""
    return (
        annotated["text"] == measure.quote,
        annotated["role"] == measure.role,
        annotated["bound"] == measure.bound,
    )
