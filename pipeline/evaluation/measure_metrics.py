"""Measure scores: measures held against those that people annotated.

A predicted measure answers a gold one where kind, unit, min and max are the same; of several that
do, the one with the same quote, then role, is taken. Bound, role and quote count among the answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

from pipeline.core.records import Measure


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add up over clauses; the figures are ratios of them."""

    gold: int
    predicted: int
    value: int  # answered: same kind, unit, min and max
    bound: int
    role: int
    quote: int

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.gold + other.gold, self.predicted + other.predicted, self.value + other.value,
            self.bound + other.bound, self.role + other.role, self.quote + other.quote,
        )  # fmt: skip

    def figures(self) -> dict[str, float]:
        """F1 of value, bound, role and quote: the harmonic mean of precision and recall.

        >>> Score(gold=4, predicted=6, value=4, bound=4, role=3, quote=2).figures()
        {'value': 0.8, 'bound': 0.8, 'role': 0.6, 'quote': 0.4}
        """
        total = self.gold + self.predicted
        counts = {"value": self.value, "bound": self.bound, "role": self.role, "quote": self.quote}
        return {part: round(2 * n / total, 4) if total else 1.0 for part, n in counts.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of one clause, and what a person should look at."""

    score: Score
    missed: list[dict[str, Any]]  # gold measures without an answer
    extra: list[Measure]  # predicted measures that answer nothing
    differing: list[tuple[dict[str, Any], Measure]]  # answered, but not in bound, role or quote


def compare(gold: Sequence[dict[str, Any]], predicted: Sequence[Measure]) -> Comparison:
    """Hold the predicted measures of one clause against the gold ones.

    Args:
        gold: objects of the codebook: kind, min, max, unit, bound, role, text.
        predicted: the measures found in the same clause.
    """
    left, missed, pairs = list(predicted), [], []
    for wanted in gold:
        answers = [found for found in left if _answers(wanted, found)]
        if answers:
            best = max(answers, key=lambda found: _agreement(wanted, found))
            left.remove(best)
            pairs.append((wanted, best))
        else:
            missed.append(wanted)
    agreed = [_agreement(wanted, found) for wanted, found in pairs]
    score = Score(
        gold=len(gold),
        predicted=len(predicted),
        value=len(pairs),
        quote=sum(quote for quote, _, _ in agreed),
        role=sum(role for _, role, _ in agreed),
        bound=sum(bound for _, _, bound in agreed),
    )
    differing = [pair for pair, parts in zip(pairs, agreed, strict=True) if not all(parts)]
    return Comparison(score, missed, left, differing)


def total(scores: Iterable[Score]) -> Score:
    """The score over all clauses."""
    return sum(scores, Score(0, 0, 0, 0, 0, 0))


def _answers(wanted: dict[str, Any], found: Measure) -> bool:
    ends = ((wanted["min"], found.min), (wanted["max"], found.max))
    same = (wanted["kind"], wanted["unit"]) == (found.kind, found.unit)
    return same and all(_same_end(a, b) for a, b in ends)


def _same_end(wanted: float | None, found: float | None) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return isclose(wanted, found, rel_tol=1e-5, abs_tol=1e-9)


def _agreement(wanted: dict[str, Any], found: Measure) -> tuple[bool, bool, bool]:
    return (
        wanted["text"] == found.quote,
        wanted["role"] == found.role,
        wanted["bound"] == found.bound,
    )
