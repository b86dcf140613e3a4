"""Article outcomes: what the articles of a matter come to in a comparison on a day.

differs, same    articles that answer each other are in force on both sides; which of the two, their points say
missing, extra   one side has an article, and the other's texts were read whole and have none
lapsed           the articles of one side ended, and nothing took their place
uncollected      the articles of one side had not begun; what held before is not known

Else there is no row: nothing is concluded of an article that is in force on one side alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.gap_records import Absence, Rule
from pipeline.core.point_records import ArticleMatter
from pipeline.gaps import outcomes
from pipeline.gaps.holdings import (
    INSIDE,
    LAPSES,
    NATION,
    NATIONAL,
    OWN,
    Held,
    Side,
    begun,
    in_force,
    level,
)
from pipeline.language.dates import last_day


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """Two articles in force that answer each other: how sure that is, and how alike their documents are."""

    a: Held
    b: Held
    confidence: float
    likeness: float


@dataclass(frozen=True, slots=True)
class ArticleCase:
    """A matter of articles in one comparison on one day.

    Attributes:
        a: the baseline's articles that had begun, those that are over included.
        b: the target's and those above it.
        pairs: of which the points are told; where there are any, the outcome is open until then.
        outcome: what it comes to; differs where there are pairs.
        absences: what says that the side without article has none.
        waiting: articles of the side that is not known, which had not begun.
    """

    a: list[Held]
    b: list[Held]
    pairs: list[ArticlePair]
    outcome: str
    absences: list[Absence]
    waiting: list[Rule]


@dataclass(frozen=True, slots=True)
class Day:
    """A day that gaps are computed for, and the newest one."""

    as_of: str
    newest: str


def case(
    matter: ArticleMatter, sides: tuple[Side, Side], day: Day, is_county: bool
) -> ArticleCase | None:
    """What a matter comes to; None where it has no row.

    Args:
        matter: the matter.
        sides: baseline and target.
        day: the day.
        is_county: whether the target is a county, which has rows only where it has an article of its own.
    """
    (a, later_a), (b, later_b) = (_held(matter.rules, side, day) for side in sides)
    if is_county and not any(held.level == OWN for held in b):
        return None
    standing_a = [held for held in a if _stands(held) and held.level != NATIONAL]
    standing_b = [held for held in b if _stands(held)]
    pairs = _pairs(matter, standing_a, standing_b)
    if pairs:
        linked = {pair.b.rule.rule_id for pair in pairs}
        shown = [held for held in b if not _stands(held) or held.rule.rule_id in linked]
        return ArticleCase(a, shown, pairs, outcomes.DIFFERS, [], [])
    if standing_a:
        answering = {y for held in standing_a for y in _answering(matter, held.rule.clause_id)}
        over = [held for held in b if not held.in_force and held.rule.clause_id in answering]
        waiting = [rule for rule in later_b if rule.clause_id in answering]
        none = _absences(matter, sides[1], day)
        return _one_sided(a, over, waiting, none, outcomes.MISSING)
    if any(held.level != NATIONAL and held.level != INSIDE for held in a) or later_a:
        over = [held for held in a if not held.in_force]
        if not standing_b and not (over and _lapsed(over)):
            return None
        return _one_sided(b, over, later_a, [], outcomes.EXTRA, is_a=False)
    if any(held.level != NATIONAL for held in standing_b):
        none = _absences(matter, sides[0], day)
        return _one_sided(b, [], [], none, outcomes.EXTRA, is_a=False)
    return None


def _held(rules: Sequence[Rule], side: Side, day: Day) -> tuple[list[Held], list[Rule]]:
    """The rules that had begun on a side, and those that had not."""
    found, later = [], []
    for rule in rules:
        if at := level(rule, side):
            if begun(rule, day.as_of, day.newest):
                found.append(Held(rule, *at, in_force(rule, day.as_of, day.newest)))
            elif at[0] not in (INSIDE, NATIONAL):
                later.append(rule)
    return found, later


def _stands(held: Held) -> bool:
    """Whether a rule in force holds for the whole place."""
    return held.in_force and held.level != INSIDE


def _pairs(matter: ArticleMatter, a: Sequence[Held], b: Sequence[Held]) -> list[ArticlePair]:
    """The articles in force that answer each other, the surest first."""
    by_clause = {held.rule.clause_id: held for held in b}
    by_own = {held.rule.clause_id: held for held in a}
    pairs = [
        ArticlePair(by_own[x], by_clause[y], confidence, likeness)
        for x, y, confidence, likeness in matter.pairs
        if x in by_own and y in by_clause
    ]
    return sorted(pairs, key=lambda pair: -pair.confidence)


def _answering(matter: ArticleMatter, article: str) -> set[str]:
    """The articles that answer one of the baseline."""
    return {y for x, y, *_ in matter.pairs if x == article}


def _lapsed(over: Sequence[Held]) -> bool:
    return any(held.rule.ended in LAPSES for held in over)


def _one_sided(
    known: list[Held],
    over: list[Held],
    waiting: list[Rule],
    absences: list[Absence],
    outcome: str,
    is_a: bool = True,
) -> ArticleCase | None:
    """What it comes to where one side alone has an article in force.

    Args:
        known: the articles of that side.
        over: those of the other side that have ended.
        waiting: those of the other side that had not begun.
        absences: what says that the other side has none.
        outcome: missing or extra, where it has none.
        is_a: whether that side is the baseline.
    """
    if over and _lapsed(over):
        outcome, absences = outcomes.LAPSED, []
    elif waiting:
        outcome, absences = outcomes.UNCOLLECTED, []
    elif over or not absences:
        return None
    sides = (known, over) if is_a else (over, known)
    return ArticleCase(*sides, [], outcome, absences, waiting)


def _absences(matter: ArticleMatter, side: Side, day: Day) -> list[Absence]:
    """What says that a side has nothing on a day, at its own level or one above it that is not the nation's."""
    places = {side.region_id, *side.above} - {NATION}
    return [
        absence
        for absence in matter.absences
        if absence.region_id in places
        and (absence.first or "") <= day.as_of
        and (absence.last is None or last_day(absence.last) >= day.as_of)
    ]
