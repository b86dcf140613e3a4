"""Gap changes: what became of each matter from one date to the next, and the event that did it.

Reads   build/gaps.jsonl, validity, documents, corpus/comparisons.toml
Writes  build/gap_changes.jsonl

A matter is followed by its clause, or by the clause that took its place. Between two dates a gap has
opened, widened, narrowed, closed or reversed (it favours the other side now), or is unchanged. Where it
is of another kind, grade or level than before, it is altered: no size tells one from the other. Where the
clause's own term ran out and nothing is known in its place, it has lapsed: that is no closing.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core import jsonl
from pipeline.core.gap_records import Gap, GapChange
from pipeline.core.paths import Workspace
from pipeline.core.records import Document, ValidityEvent, document_of
from pipeline.core.settings import GAPS
from pipeline.gaps import severity
from pipeline.language import dates
from pipeline.validity import force

CHANGES = {"opened": "新出现", "widened": "扩大", "narrowed": "缩小", "closed": "消失", "reversed": "反转",
           "altered": "性质改变", "lapsed": "到期，后续未查得", "unchanged": "未变"}  # fmt: skip
_FIRST = {
    "印发日期": "印发",
    "事实的时点": "最早见于材料",
}  # what is known of a beginning without a date of force
_ENDING = ("修订", "废止", "暂停", "到期")
Held = dict[str, Gap]  # clause → its sharpest gap on a day


@dataclass(frozen=True, slots=True)
class Events:
    """The events of every document, and the documents' titles."""

    by_document: dict[str, list[ValidityEvent]]
    titles: dict[str, str]

    def cause(self, change: str, gaps: list[Gap], after: str, until: str) -> ValidityEvent | None:
        """The event between two days that explains a change: an end for what closed, a beginning else."""
        found = [
            event
            for document in dict.fromkeys(d for gap in gaps for d in documents(gap))
            for event in self.by_document[document]
            if after < dates.last_day(event.date) and event.date <= until
        ]
        own = documents(gaps[0])[0] if gaps else ""

        def telling(event: ValidityEvent) -> tuple[object, ...]:
            ends = event.kind in _ENDING and event.successor != event.document_id
            begins = event.kind == "施行"
            fits = ends if change == "closed" else ends or begins
            return (
                fits,
                fits and event.document_id == own,
                ends or begins,
                event.date,
                event.event_id,
            )

        return max(found, key=telling, default=None)

    def heir(self, clause_id: str, after: str, until: str) -> str | None:
        """The clause that took a clause's place between two days, if a person named it."""
        for event in self.by_document[document_of(clause_id)]:
            source = event.source_clause_id
            between = after < dates.last_day(event.date) and event.date <= until
            if (
                between
                and event.kind == "修订"
                and source
                and source.startswith(f"{event.successor}__")
            ):
                return source
        return None

    def told(self, event: ValidityEvent | None) -> str:
        """An event as a reader wants it."""
        if event is None:
            return "未见相应的效力事件"
        title, note = (
            f"《{self.titles[event.document_id]}》",
            f"（{event.note}）" if event.note else "",
        )
        if event.successor not in (None, event.document_id):
            return f"{event.date} {title}由《{self.titles[event.successor]}》代替{note}"
        kind = _FIRST.get(event.basis, event.kind)
        return f"{event.date} {title}{kind}{note}"


def run(work: Workspace) -> None:
    """Follow every matter from date to date."""
    by_document: dict[str, list[ValidityEvent]] = defaultdict(list)
    for event in jsonl.read(work.rows("validity"), ValidityEvent):
        by_document[event.document_id].append(event)
    titles = {d.document_id: d.title for d in jsonl.read(work.rows("documents"), Document)}
    found = list(follow(jsonl.read(work.rows("gaps"), Gap), Events(by_document, titles)))
    jsonl.write(work.rows("gap_changes"), found)
    print(f"gap_changes: {len(found)} 件事项的前后变化")


def follow(gaps: list[Gap], events: Events) -> Iterator[GapChange]:
    """The changes between each two consecutive dates of each comparison."""
    held: dict[str, dict[str, Held]] = defaultdict(lambda: defaultdict(dict))
    paired: dict[str, dict[str, Held]] = defaultdict(lambda: defaultdict(dict))
    dates = sorted({gap.as_of for gap in gaps})
    for gap in gaps:
        if standing(gap):
            _keep(held[gap.comparison_id][gap.as_of], matter(gap), gap)
            if gap.clause_a and gap.clause_b and gap.level == "own":
                _keep(paired[gap.comparison_id][gap.as_of], gap.clause_b, gap)
    for comparison, days in held.items():
        for before, after in zip(dates, dates[1:], strict=False):
            pairs = paired[comparison][before], paired[comparison][after]
            yield from _between(
                comparison, (days[before], days[after]), pairs, (before, after), events
            )


def _keep(day: Held, clause: str, gap: Gap) -> None:
    """Keep the sharper gap of a clause."""
    if clause not in day or (-gap.severity, gap.gap_id) < (
        -day[clause].severity,
        day[clause].gap_id,
    ):
        day[clause] = gap


def matter(gap: Gap) -> str:
    """The clause that a gap is followed by: the baseline's, or the target's own where that has none."""
    return gap.clause_a or gap.clause_b or ""


def documents(gap: Gap) -> list[str]:
    """The documents that a gap rests on, its own clause's first, then what came nearest."""
    clauses = [gap.clause_a, gap.clause_b, *(clause for clause, _, _ in gap.nearest[:1])]
    return [document_of(clause) for clause in clauses if clause]


def standing(gap: Gap) -> bool:
    """Whether a gap is one that day: rules that are alike, and one whose own term is over, are none."""
    own = gap.state_a if gap.clause_a else gap.state_b
    return gap.kind != "equivalent" and own not in force.LAPSED


def _between(
    comparison: str,
    held: tuple[Held, Held],
    paired: tuple[Held, Held],
    dates: tuple[str, str],
    events: Events,
) -> Iterator[GapChange]:
    before, after = held
    heirs = _heirs(before, after, dates, events)
    told = set(heirs.values()) - set(before)  # under the clause that they took the place of
    for clause in dict.fromkeys([*before, *after]):
        old, new = before.get(clause), after.get(heirs.get(clause, clause))
        old, new = old or paired[0].get(clause), new or paired[1].get(clause)
        if clause in told or (new is not None and old is None and new.clause_b in before):
            continue
        gaps = [gap for gap in (new, old) if gap]
        change = _change(old, new)
        event = events.cause(change, gaps, *dates) if change != "unchanged" else None
        if change == "closed" and event and event.kind == "到期":
            change = "lapsed"  # nothing is known in its place
        subject = gaps[-1].summary.split("｜")[0]
        line = f"{subject}：{dates[0]} 至 {dates[1]} {CHANGES[change]}"
        yield GapChange(
            f"{comparison}__{dates[0]}__{dates[1]}__{clause}", comparison, gaps[0].topic_id, clause,
            *dates, change, old.gap_id if old else None, new.gap_id if new else None,
            event.event_id if event else None,
            line + ("。" if change == "unchanged" else f"；{events.told(event)}。"),
        )  # fmt: skip


def _heirs(before: Held, after: Held, dates: tuple[str, str], events: Events) -> dict[str, str]:
    """Which clause took which one's place; of several with one heir the sharpest gap's."""
    found: dict[str, str] = {}
    for clause in sorted(before, key=lambda c: (-before[c].severity, c)):
        heir = None if clause in after else events.heir(clause, *dates)
        if heir in after and heir not in found.values():
            found[clause] = heir
    return found


def _change(old: Gap | None, new: Gap | None) -> str:
    if old is None or new is None:
        return "closed" if new is None else "opened"
    if (old.kind, old.grade, old.level) != (new.kind, new.grade, new.level):
        return "altered"
    if {old.favours, new.favours} == {"baseline", "target"}:
        return "reversed"
    grown = _extent(new) - _extent(old)
    if abs(grown) < GAPS.changed:
        return "unchanged"
    return "widened" if grown > 0 else "narrowed"


def _extent(gap: Gap) -> float:
    """A gap's severity without how sure we are of it: to know more is no change of policy."""
    return math.prod(value for name, value in gap.factors if name != severity.NAMES[-1])
