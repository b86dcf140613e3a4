"""Records of the results: comparisons, matters, rules, gaps, their changes, claims; conventions as in records.py.

Offsets count characters; `end` is exclusive. Dates are ISO text, to the day, the month or the year.
"""

from dataclasses import dataclass, field
from typing import Any

# (name, value) of each factor of a gap's importance, which is their product.
Factors = list[tuple[str, float]]


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


@dataclass(frozen=True, slots=True)
class Absence:
    """A level that is known to have no rule on a matter, for the days from `first` to `last`.

    `why` is closed_list, read_whole or said_so; `source` is the fact or search record that says it.
    """

    region_id: str
    first: str | None
    last: str | None
    why: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One question that can be put to any place; its lists fill tables of their own.

    `kind` is quantity, yes_no, words or article. `unit` and `per` are those that readers think in;
    `better` tells whether more or less is better for those whom it `affects`; `decided_by` lists the
    levels with the power to set it for the target; `reach` is 1 (dozens) to 5 (nearly everybody).

    `lead` is the tier that gives ratio and headline; `compare` is like, upper_end, told or same;
    `inside` tells whether rules of the districts of a place stand for it (compare) or are only shown
    (mention); `favours` maps a date, or newest, to a direction that a person read.
    """

    matter_id: str
    origin: str
    topic_id: str | None
    name: str
    name_en: str | None  # null for an aligned matter
    question: str
    kind: str
    unit: str | None
    per: str | None
    better: str
    affects: str
    decided_by: list[str]
    reach: int
    boilerplate: int
    lead: str | None
    compare: str
    inside: str
    favours: dict[str, str]
    searched: str | None
    departments: dict[str, str]
    absences: list[Absence]
    aliases: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one region's own level says on a matter, from one day to another, as a clause proves it.

    `clause.text[start:end] == quote`. Values are in the matter's unit; null ends are open. `value` is
    the end that is compared: the upper one, or the lower where there is no upper. `in_force_from` null
    is unknown. `regions` are others where the rule holds too; `within` are the only ones inside its own
    region where it holds, null where it holds in all. `replaces` is the rule that it took the
    place of. `source_grade` is official, mirror, summary, press or secondary. `fact_id` is the fact that
    was coded, null for an article of an aligned matter; `derived` says how the value follows from the words, where they do not state it.
    """

    rule_id: str
    matter_id: str
    region_id: str
    tier: str | None
    clause_id: str
    start: int
    end: int
    quote: str
    value: float | None
    value_min: float | None
    value_max: float | None
    unit: str | None
    bound: str | None
    answer: str | None
    in_force_from: str | None
    in_force_to: str | None
    ended: str | None
    replaces: str | None
    source_grade: str
    confidence: str
    fact_id: str | None
    derived: str | None
    note: str | None
    regions: list[str]
    within: list[str] | None


# The kinds of source of a fact, as grades of the rules that rest on it.
SOURCE_GRADES = {
    "official text": "official",
    "mirror of official text": "mirror",
    "official summary": "summary",
    "press": "press",
    "secondary": "secondary",
    "seed": "secondary",
}
# A quote of a point: side, clause_id, start, end, quote.
PointQuote = tuple[str, str, int, int, str]
# A rule of a gap: side, rule_id, region_id, level, in_force.
GapRule = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing in which two places' rules on a matter differ or agree, with the words of both sides.

    `basis` is like, upper_end or told; `ratio` is larger over smaller, null where nothing may be divided.
    """

    point_id: str
    ordinal: int
    kind: str
    relation: str
    tier: str | None
    value_a: float | None
    value_b: float | None
    unit: str | None
    ratio: float | None
    basis: str | None
    favours: str
    weight: int
    rule_a: str | None
    rule_b: str | None
    sentence: str
    quotes: list[PointQuote]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What one matter comes to in one comparison on one day; its lists fill tables of their own.

    `grade` says on what an absence rests (closed_list, read_whole, said_so) or whether an unknown side
    was searched (searched, not_searched). `summary` is the headline in short, and `caveats` are the
    remarks of the headline that it leaves out: whose rule, remarks. `nearest` are the clauses of the unknown side that the
    alignment puts nearest: clause_id, similarity, confidence.
    """

    gap_id: str
    comparison_id: str
    matter_id: str
    topic_id: str | None
    as_of: str
    outcome: str
    kind: str | None
    favours: str
    ratio: float | None
    importance: float
    factors: Factors
    confidence: float
    headline: str
    summary: str
    caveats: list[tuple[str, str]]
    decided_by: str
    grade: str | None
    department_a: str | None
    department_b: str | None
    rules: list[GapRule]
    points: list[Point]
    nearest: list[tuple[str, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GapChange:
    """What became of a matter between two dates, and the rule that began or ended and did it."""

    change_id: str
    comparison_id: str
    matter_id: str
    topic_id: str | None
    from_date: str
    to_date: str
    change: str
    gap_before: str | None
    gap_after: str | None
    rule_id: str | None
    summary: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the 2019 paper and its verdict at a date; `evidence` fills a table of its own.

    `favours` is the side that is better off by the claim, null where it does not say.
    """

    claim_id: str
    section: str
    kind: str
    topic_id: str | None
    statement: str
    as_of: str
    verdict: str
    note: str
    favours: str | None
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
