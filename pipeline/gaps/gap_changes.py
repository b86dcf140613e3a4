"""Gap changes: what became of each matter from one date to the next, and the rule that did it.

Reads   build/gaps.jsonl, article_gaps, matters, article_matters, rules, documents, corpus/labels.toml
Writes  build/gap_changes.jsonl

closed, opened      a difference went, or came, where the other date is known to have none
narrowed, widened   the same side is ahead, by less or by more
reversed            the other side is ahead now
altered             still a difference, of another kind or in other words
lapsed              a side's last rule ended, and nothing took its place
unknown             it was known, and is not known now
collected           only the later date is known: it came into the corpus, which is no change
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.core import jsonl, labels
from pipeline.core.computation import document_rows
from pipeline.core.gap_records import Gap, GapChange, Matter, Rule
from pipeline.core.paths import Workspace
from pipeline.core.point_records import ArticleMatter
from pipeline.core.records import document_of
from pipeline.core.settings import GAPS
from pipeline.gaps import directions, outcomes
from pipeline.gaps.holdings import INSIDE, LAPSES
from pipeline.gaps.outcomes import EQUAL, OPEN
from pipeline.gaps.sentences import headlines, remarks
from pipeline.language import dates

_AHEAD = {directions.BASELINE, directions.TARGET}


@dataclass(frozen=True, slots=True)
class Known:
    """Matters and rules by id, and the titles of documents."""

    matters: Mapping[str, Matter]
    rules: Mapping[str, Rule]
    titles: Mapping[str, str]


def run(work: Workspace) -> None:
    """Follow every matter from date to date."""
    count: Counter[str] = Counter()
    changes = jsonl.counted(_of_build(work), count, lambda change: change.change)
    jsonl.write(work.rows("gap_changes"), changes)
    print(f"gap_changes: {count.total()} 件事项的前后变化")


def _of_build(work: Workspace) -> Iterator[GapChange]:
    """The changes of all matters, read comparison by comparison."""
    paths = work.rows("gaps"), work.rows("article_gaps")
    days = sorted({gap.as_of for path in paths for gap in jsonl.each(path, Gap)})
    titles = {d.document_id: d.title for d in document_rows.heads(work.rows("documents"))}
    coded = jsonl.read(work.rows("matters"), Matter)
    known = _known(coded, jsonl.read(work.rows("rules"), Rule), titles)
    yield from follow(jsonl.each(paths[0], Gap), known, days)
    articles = document_rows.index(work.rows("article_matters"), ArticleMatter)
    for _, own in groupby(jsonl.each(paths[1], Gap), key=lambda gap: gap.comparison_id):
        gaps = list(own)
        matters = articles.of({document_of(gap.matter_id) for gap in gaps})
        rules = [rule for matter in matters for rule in matter.rules]
        yield from follow(gaps, _known(matters, rules, titles), days)


def _known(matters: Iterable[Matter], rules: Iterable[Rule], titles: Mapping[str, str]) -> Known:
    return Known(
        {matter.matter_id: matter for matter in matters},
        {rule.rule_id: rule for rule in rules},
        titles,
    )


def follow(gaps: Iterable[Gap], known: Known, days: Sequence[str]) -> Iterator[GapChange]:
    """The changes between each two consecutive dates, by comparison and matter.

    Args:
        gaps: those of a comparison together.
        known: their matters and rules.
        days: all dates that gaps are computed for.
    """
    by_matter: dict[tuple[str, str], dict[str, Gap]] = defaultdict(dict)
    for gap in gaps:
        by_matter[gap.comparison_id, gap.matter_id][gap.as_of] = gap
    for by_day in by_matter.values():
        for before, after in pairwise(days):
            old, new = by_day.get(before), by_day.get(after)
            if new is not None and (change := change_of(old, new, known)):
                yield _gap_change(change, old, new, before, known)


def change_of(old: Gap | None, new: Gap, known: Known) -> str | None:
    """What became of a matter; None where neither date tells whether there is a difference."""
    was = old.outcome if old else None
    if new.outcome not in OPEN + EQUAL:
        if was not in OPEN + EQUAL:
            return None
        over = _lapsed(new, known)
        is_over = new.outcome == outcomes.LAPSED and over and over.ended != "successor_unseen"
        return "lapsed" if is_over else "unknown"
    if old is None or was not in OPEN + EQUAL:
        return "collected"
    if was in EQUAL or new.outcome in EQUAL:
        if was in OPEN:
            return "closed"
        return "unchanged" if new.outcome in EQUAL else "opened"
    return _between_open(old, new, known)


def _between_open(old: Gap, new: Gap, known: Known) -> str:
    """What became of a difference that is one at both dates."""
    if _inside(old) != _inside(new):
        return "collected"  # a county's rule then, the place's own now: not one rule that changed
    if old.outcome == new.outcome and _answers(old, known) == _answers(new, known):
        return "unchanged"
    if {old.favours, new.favours} == _AHEAD:
        return "reversed"
    if old.outcome != new.outcome:
        return "altered"
    matter = known.matters[new.matter_id]
    before, after = spread(matter, old, known), spread(matter, new, known)
    if before is None or after is None or (before > 1) != (after > 1):
        return "altered"
    before, after = (max(each, 1 / each) if each else math.inf for each in (before, after))
    if before == after or abs(after - before) <= GAPS.changed * before:
        return "unchanged"
    return "narrowed" if after < before else "widened"


def spread(matter: Matter, gap: Gap, known: Known) -> float | None:
    """How far the two sides are apart: the lead tier's values, else the highest of each side.

    It only orders two dates of one matter and is not published, for it may cross tiers.

    Returns:
        Baseline over target, infinite over 0; None where there are no values, or bases differ.
    """
    if matter.compare == "told" or matter.kind != "quantity":
        return None
    lead = [p for p in gap.points if p.ratio is not None]
    if lead and lead[0].value_a and lead[0].value_b:
        return lead[0].value_a / lead[0].value_b
    sides = [
        [value for p in gap.points if (value := getattr(p, side)) is not None]
        for side in ("value_a", "value_b")
    ]
    if not all(sides) or not any(map(any, sides)):
        return None
    a, b = (max(values) for values in sides)
    return a / b if b else math.inf


def _answers(gap: Gap, known: Known) -> set[tuple[object, ...]]:
    """What each side answers in each tier, and whose rule does; of articles, which are in force."""
    if known.matters[gap.matter_id].kind == "article":
        return set(_in_force(gap))
    return {
        (side, point.tier, rule.region_id, rule.value_min, rule.value_max, rule.answer)
        for point in gap.points
        for side, rule_id in (("a", point.rule_a), ("b", point.rule_b))
        if rule_id and (rule := known.rules[rule_id])
    }


def _inside(gap: Gap) -> set[str]:
    """The sides for which the rule of a county stands."""
    told = {("a", point.rule_a) for point in gap.points} | {("b", p.rule_b) for p in gap.points}
    return {
        side
        for side, rule_id, _, level, _ in gap.rules
        if level == INSIDE and (side, rule_id) in told
    }


def _in_force(gap: Gap) -> set[tuple[str, str]]:
    return {(side, rule_id) for side, rule_id, _, _, in_force in gap.rules if in_force}


def cause(change: str, old: Gap | None, new: Gap, after: str, known: Known) -> Rule | None:
    """The rule that did it: of those that began in between the latest, else the one that ended last.

    Args:
        change: what became of the matter.
        old: the gap before.
        new: the gap after.
        after: the earlier date.
        known: matters and rules.
    """
    if change == "lapsed":
        return _lapsed(new, known)
    current = {rule_id for _, rule_id in _in_force(new)}
    began = [known.rules[rule_id] for rule_id in sorted(current)]
    began = [rule for rule in began if (rule.in_force_from or "") > after]
    if began:
        return max(began, key=lambda rule: (rule.region_id == "000000", rule.in_force_from or ""))
    return _ended(old, current, known)


def _lapsed(gap: Gap, known: Known) -> Rule | None:
    """The rule above counties that is over and has no successor; of several the one that ended last."""
    current = {rule_id for _, rule_id in _in_force(gap)}
    over = [known.rules[rule_id] for _, rule_id, _, level, _ in gap.rules if level != INSIDE]
    over = [rule for rule in over if rule.rule_id not in current and rule.ended in LAPSES]
    return max(over, key=lambda rule: rule.in_force_to or "", default=None)


def _ended(old: Gap | None, current: set[str], known: Known) -> Rule | None:
    """The rule that was in force before and is not now; of several the one that ended last."""
    gone = {rule_id for _, rule_id in _in_force(old)} - current if old else set()
    ended = [known.rules[rule_id] for rule_id in sorted(gone) if known.rules[rule_id].in_force_to]
    return max(ended, key=lambda rule: rule.in_force_to or "", default=None)


def _gap_change(change: str, old: Gap | None, new: Gap, before: str, known: Known) -> GapChange:
    rule = (
        cause(change, old, new, before, known) if change not in ("unchanged", "collected") else None
    )
    if rule and (rule.in_force_from or "") > before and remarks.began_before(rule):
        change, rule = "collected", None  # nobody read when it began: perhaps before the first day
    return GapChange(
        change_id=f"{new.comparison_id}__{before}__{new.as_of}__{new.matter_id}",
        comparison_id=new.comparison_id,
        matter_id=new.matter_id,
        topic_id=new.topic_id,
        from_date=before,
        to_date=new.as_of,
        change=change,
        gap_before=old.gap_id if old else None,
        gap_after=new.gap_id,
        rule_id=rule.rule_id if rule else None,
        summary=_summary(change, old, new, rule, known),
    )


def _summary(change: str, old: Gap | None, new: Gap, rule: Rule | None, known: Known) -> str:
    """What it was, what it is now, and since which document."""
    name = known.matters[new.matter_id].name
    label = labels.of("gap_change", change).in_summary

    def told(gap: Gap) -> str:
        return headlines.without_name(gap.summary, name)

    if change in ("unchanged", "collected") or old is None:
        return f"{name}：{label}。{told(new)}"
    by = ""
    if rule:
        title = known.titles[document_of(rule.clause_id)]
        began = change != "lapsed" and rule.in_force_from and rule.in_force_from > old.as_of
        day = rule.in_force_from if began else rule.in_force_to
        by = (
            f"（《{title}》{dates.in_words(day or '')}{'起' if began else '止'}）"
            if day
            else f"（《{title}》）"
        )
    return f"{name}：{label}{by}。{dates.in_words(old.as_of)}：{told(old)}现在：{told(new)}"
