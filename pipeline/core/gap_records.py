"""Records of the results: comparisons, gaps, their changes, claims; conventions as in records.py.

Offsets count characters; `end` is exclusive. Dates are ISO text, to the day, the month or the year.
"""

from dataclasses import dataclass, field
from typing import Any

# (name, value) of each factor of a gap's severity, which is their product.
Factors = list[tuple[str, float]]
# The rule of one level of a stack: region_id, clause_id, state, start, end, quote; all but the region
# are null where the level has no such rule.
Layer = tuple[str, str | None, str | None, int | None, int | None, str | None]
# What the corpus holds of a region: region_id, documents, clauses, date of the newest document.
Coverage = tuple[str, int, int, str | None]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that gaps are computed for, among the rules in force on that day."""

    moment_id: str
    name: str
    as_of: str
    newest: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A baseline region and the target compared with it.

    `stack` lists the target region and the levels above it, whose rules apply there too.
    """

    comparison_id: str
    title: str
    baseline_region: str
    target_region: str
    stack: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A typed difference between baseline and target at a date; its lists fill tables of their own.

    `topic_id` is null outside our topics. `level` is own where clause_b belongs to the target region
    itself or is missing there, upper where it belongs to a level above. `basis` names how two
    quantities were compared: like, both of one form; upper_end, the most that a cap or a range allows
    with a fixed sum; told, quantities of different bases, quoted without a ratio. `kind_chance` is the
    probability of the kind, in [0, 1], where the kind model predicted it from the words.

    An absence records the terms that were searched for (`terms`), what the corpus holds of the regions
    searched (`coverage`), the related search records (`records`), and the facts left out of the corpus
    that bear on it (`left_out`).
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
    """How the gap of one matter changed between two dates, and the event that caused it."""

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
    """A statement of the 2019 paper and its verdict at a date; `evidence` fills a table of its own."""

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
    """A statistical figure of a region at a date, as its source prints it."""

    indicator_id: str
    name: str
    region_id: str
    date: str
    value: float
    unit: str
    source: str
    note: str | None
