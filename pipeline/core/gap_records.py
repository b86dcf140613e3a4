"""The rows that tell what was found: comparisons, gaps, their changes, claims; as records.py has them.

Offsets count characters; `end` is exclusive. Dates are text, as precise as is known.
"""

from dataclasses import dataclass, field
from typing import Any

Factors = list[tuple[str, float]]  # what the severity of a gap is the product of
# What one level of a stack says: region_id, clause_id, state, start, end, quote; the latter five null
# where nothing was found there.
Layer = tuple[str, str | None, str | None, int | None, int | None, str | None]
Coverage = tuple[str, int, int, str | None]  # region_id, documents, clauses, date of the newest


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that gaps are computed for; only what was in force then counts."""

    moment_id: str
    name: str
    as_of: str
    newest: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which region is held against which; stack = the target's own level and those above."""

    comparison_id: str
    title: str
    baseline_region: str
    target_region: str
    stack: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A typed difference at a date; the lists fill tables of their own. Without topic: of none of ours.

    `level` is own where clause_b stands at the target's own level, or is missing there; upper where it
    stands above. `basis` tells what was held against what: like, like with like; upper_end, the most that
    a cap or range allows against a fixed sum; told, quantities of different bases, told and not divided.
    `kind_chance` is how likely the kind is where the model of kinds told it from words alone.
    An absence says what was searched for (`terms`), how much of the searched regions the corpus covers
    (`coverage`), and which search records and facts left out of the corpus bear on it.
    """

    gap_id: str
    comparison_id: str
    topic_id: str | None
    kind: str
    grade: str | None = None
    clause_a: str | None = None
    clause_b: str | None = None
    alignment_id: str | None = None
    level: str
    attribute: str | None = None
    value_a: float | None = None
    value_b: float | None = None
    unit: str | None = None
    ratio: float | None = None
    basis: str | None = None
    kind_chance: float | None = None
    favours: str
    severity: float
    factors: Factors
    confidence: float
    summary: str
    as_of: str
    state_a: str | None = None
    state_b: str | None = None
    instrument: str | None = None
    beneficiary: str | None = None
    department_a: str | None = None
    department_b: str | None = None
    evidence: list[tuple[str, str, int, int, str]]
    nearest: list[tuple[str, float, float]] = field(default_factory=list)
    stack: list[Layer] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GapChange:
    """What became of one matter between two dates, and the event that did it."""

    change_id: str
    comparison_id: str
    topic_id: str | None
    clause_id: str
    from_date: str
    to_date: str
    change: str
    gap_before: str | None
    gap_after: str | None
    event_id: str | None
    summary: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the paper as it stood at a date; `evidence` fills a table of its own."""

    claim_id: str
    section: str
    kind: str
    topic_id: str | None
    statement: str
    as_of: str
    verdict: str
    note: str
    evidence: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure as its source prints it: of a place, at a date, in a unit."""

    indicator_id: str
    name: str
    region_id: str
    date: str
    value: float
    unit: str
    source: str
    note: str | None
