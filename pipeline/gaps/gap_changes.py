"""Gap changes: how each gap changed from one date to the next, and the event that caused it.

Reads   build/gaps.jsonl, validity, documents, corpus/labels.toml
Writes  build/gap_changes.jsonl

A gap is followed by its clause, or by the clause that replaced it. Between two dates it has opened,
widened, narrowed, closed, reversed (it favours the other side now) or not changed. A gap whose kind,
grade or level differs has altered: its sizes before and after do not compare. Where the clause's own
term ended and nothing is known to replace it, the gap has lapsed, which is no closing.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core import jsonl, labels
from pipeline.core.gap_records import Gap, GapChange
from pipeline.core.paths import Workspace
from pipeline.core.records import Document, ValidityEvent, document_of
from pipeline.core.settings import GAPS
from pipeline.gaps import severity
from pipeline.language import dates
from pipeline.validity import force

# The beginning of a document that does not state its date of effect, by what the date rests on.
_BEGINNINGS = {"印发日期": "印发", "事实的时点": "最早见于材料"}
_ENDINGS = ("修订", "废止", "暂停", "到期")
GapsByClause = dict[str, Gap]  # clause id → its most severe gap on a day


@dataclass(frozen=True, slots=True)
class Events:
    """The events of every document, and the documents' titles."""

    by_document: dict[str, list[ValidityEvent]]
    titles: dict[str, str]

    def cause(self, change: str, gaps: list[Gap], after: str, until: str) -> ValidityEvent | None:
        """The event that explains a change: the end of a document for a closing, else a beginning too.

        Args:
            change: as gap_changes.change.
            gaps: the gap after and before, the later first.
            after: the earlier of the two dates.
            until: the later date; the event lies after the one and not after the other.
        """
        candidates = [
            event
            for document in dict.fromkeys(d for gap in gaps for d in documents(gap))
            for event in self.by_document[document]
            if _between(event, after, until)
        ]
        own = documents(gaps[0])[0] if gaps else ""

        def rank(event: ValidityEvent) -> tuple[object, ...]:
            ends = event.kind in _ENDINGS and event.successor != event.document_id
            begins = event.kind == "施行"
            fits = ends if change == "closed" else ends or begins
            is_own = event.document_id == own
            return fits, fits and is_own, ends or begins, event.date, event.event_id

        return max(candidates, key=rank, default=None)

    def replacement(self, clause_id: str, after: str, until: str) -> str | None:
        """The clause that replaced a clause between two dates, where a person recorded it."""
        for event in self.by_document[document_of(clause_id)]:
            source = event.source_clause_id
            amends = event.kind == "修订" and _between(event, after, until)
            if amends and source and source.startswith(f"{event.successor}__"):
                return source
        return None

    def describe(self, event: ValidityEvent | None) -> str:
        """An event in Chinese, for the summary of a change."""
        if event is None:
            return "未见相应的效力事件"
        title = f"《{self.titles[event.document_id]}》"
        note = f"（{event.note}）" if event.note else ""
        if event.successor not in (None, event.document_id):
            return f"{event.date} {title}由《{self.titles[event.successor]}》代替{note}"
        kind = _BEGINNINGS.get(event.basis, event.kind)
        return f"{event.date} {title}{kind}{note}"


def _between(event: ValidityEvent, after: str, until: str) -> bool:
    return after < dates.last_day(event.date) and event.date <= until


def run(work: Workspace) -> None:
    """Follow every gap from date to date."""
    by_document: dict[str, list[ValidityEvent]] = defaultdict(list)
    for event in jsonl.read(work.rows("validity"), ValidityEvent):
        by_document[event.document_id].append(event)
    titles = {d.document_id: d.title for d in jsonl.read(work.rows("documents"), Document)}
    changes = list(follow(jsonl.read(work.rows("gaps"), Gap), Events(by_document, titles)))
    jsonl.write(work.rows("gap_changes"), changes)
    print(f"gap_changes: {len(changes)} 件事项的前后变化")


def follow(gaps: list[Gap], events: Events) -> Iterator[GapChange]:
    """The changes between each two consecutive dates of each comparison."""
    by_comparison: dict[str, dict[str, GapsByClause]] = defaultdict(lambda: defaultdict(dict))
    by_target: dict[str, dict[str, GapsByClause]] = defaultdict(lambda: defaultdict(dict))
    days = sorted({gap.as_of for gap in gaps})
    for gap in gaps:
        if is_open(gap):
            _keep(by_comparison[gap.comparison_id][gap.as_of], followed_clause(gap), gap)
            if gap.clause_a and gap.clause_b and gap.level == "own":
                _keep(by_target[gap.comparison_id][gap.as_of], gap.clause_b, gap)
    for comparison, by_day in by_comparison.items():
        for period in zip(days, days[1:], strict=False):
            before, after = (by_day[day] for day in period)
            targets = by_target[comparison][period[0]], by_target[comparison][period[1]]
            yield from _changes(comparison, (before, after), targets, period, events)


def _keep(gaps: GapsByClause, clause: str, gap: Gap) -> None:
    """Keep the more severe of two gaps of a clause; ties go to the smaller id."""
    kept = gaps.get(clause)
    if kept is None or (-gap.severity, gap.gap_id) < (-kept.severity, kept.gap_id):
        gaps[clause] = gap


def followed_clause(gap: Gap) -> str:
    """The clause that a gap is followed by: the baseline's, or the target's where that has none."""
    return gap.clause_a or gap.clause_b or ""


def documents(gap: Gap) -> list[str]:
    """The documents that a gap rests on: of its clauses, then of the nearest clause."""
    clauses = [gap.clause_a, gap.clause_b, *(clause for clause, _, _ in gap.nearest[:1])]
    return [document_of(clause) for clause in clauses if clause]


def is_open(gap: Gap) -> bool:
    """Whether the row is a gap on its day: not two equivalent rules, nor a rule past its own term."""
    state = gap.state_a if gap.clause_a else gap.state_b
    return gap.kind != "equivalent" and state not in force.LAPSED


def _changes(
    comparison: str,
    gaps: tuple[GapsByClause, GapsByClause],
    targets: tuple[GapsByClause, GapsByClause],
    period: tuple[str, str],
    events: Events,
) -> Iterator[GapChange]:
    """The changes of one comparison between two dates.

    Args:
        comparison: its id.
        gaps: before and after, by the clause that they are followed by.
        targets: before and after, the gaps of two clauses by the target's clause.
        period: the two dates.
        events: of all documents.
    """
    before, after = gaps
    replacements = _replacements(before, after, period, events)
    replacing = set(replacements.values()) - set(
        before
    )  # listed under the clause that they replace
    for clause in dict.fromkeys([*before, *after]):
        old, new = before.get(clause), after.get(replacements.get(clause, clause))
        old, new = old or targets[0].get(clause), new or targets[1].get(clause)
        if clause in replacing or (new is not None and old is None and new.clause_b in before):
            continue
        yield _gap_change(comparison, clause, (old, new), period, events)


def _gap_change(
    comparison: str,
    clause: str,
    gaps: tuple[Gap | None, Gap | None],
    period: tuple[str, str],
    events: Events,
) -> GapChange:
    old, new = gaps
    latest_first = [gap for gap in (new, old) if gap]
    change = _change(old, new)
    event = events.cause(change, latest_first, *period) if change != "unchanged" else None
    if change == "closed" and event and event.kind == "到期":
        change = "lapsed"  # nothing is known to replace it
    subject = latest_first[-1].summary.split("｜")[0]
    label = labels.of("gap_change", change).in_summary
    cause = "" if change == "unchanged" else f"；{events.describe(event)}"
    return GapChange(
        change_id=f"{comparison}__{period[0]}__{period[1]}__{clause}",
        comparison_id=comparison,
        topic_id=latest_first[0].topic_id,
        clause_id=clause,
        from_date=period[0],
        to_date=period[1],
        change=change,
        gap_before=old.gap_id if old else None,
        gap_after=new.gap_id if new else None,
        event_id=event.event_id if event else None,
        summary=f"{subject}：{period[0]} 至 {period[1]} {label}{cause}。",
    )


def _replacements(
    before: GapsByClause, after: GapsByClause, period: tuple[str, str], events: Events
) -> dict[str, str]:
    """Clause → the clause that replaced it; of several with one replacement, the most severe gap's."""
    replacements: dict[str, str] = {}
    for clause in sorted(before, key=lambda c: (-before[c].severity, c)):
        replacement = None if clause in after else events.replacement(clause, *period)
        if replacement in after and replacement not in replacements.values():
            replacements[clause] = replacement
    return replacements


def _change(old: Gap | None, new: Gap | None) -> str:
    if old is None or new is None:
        return "closed" if new is None else "opened"
    if (old.kind, old.grade, old.level) != (new.kind, new.grade, new.level):
        return "altered"
    if {old.favours, new.favours} == {"baseline", "target"}:
        return "reversed"
    growth = _extent(new) - _extent(old)
    if abs(growth) < GAPS.changed:
        return "unchanged"
    return "widened" if growth > 0 else "narrowed"


def _extent(gap: Gap) -> float:
    """A gap's severity without the factor of confidence: to know more is no change of policy."""
    return math.prod(value for name, value in gap.factors if name != severity.NAMES[-1])
