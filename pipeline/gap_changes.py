"""Gap changes: what became of each matter from one date to the next, and the event that did it.

Reads   build/gaps.jsonl, validity, documents, corpus/comparisons.toml
Writes  build/gap_changes.jsonl

A matter is followed by its clause, or by the clause that took its place. Between two dates a gap has
opened, widened, narrowed, closed or reversed (it favours the other side now), or is unchanged.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import force, rows
from pipeline.findings import Gap, GapChange
from pipeline.records import Document, ValidityEvent
from pipeline.settings import GAPS
from pipeline.workspace import Workspace

CHANGES = {"opened": "新出现", "widened": "扩大", "narrowed": "缩小", "closed": "消失",
           "reversed": "反转", "unchanged": "未变"}  # fmt: skip
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
            if after < force.last_day(event.date) <= until or after < event.date <= until
        ]
        wanted = _ENDING if change == "closed" else ("施行", *_ENDING)
        ranked = sorted(found, key=lambda e: (e.kind in wanted, e.kind in _ENDING, e.date))
        return ranked[-1] if ranked else None

    def heir(self, clause_id: str, after: str, until: str) -> str | None:
        """The clause that took a clause's place between two days, if a person named it."""
        for event in self.by_document[clause_id.split("__")[0]]:
            source = event.source_clause_id
            if event.kind == "修订" and source and source.split("__")[0] == event.successor:
                if after < force.last_day(event.date) and event.date <= until:
                    return source
        return None

    def told(self, event: ValidityEvent | None) -> str:
        """An event as a reader wants it."""
        if event is None:
            return "未见相应的效力事件"
        note = f"（{event.note}）" if event.note else ""
        return f"{event.date}《{self.titles[event.document_id]}》{event.kind}{note}"


def run(work: Workspace) -> None:
    """Follow every matter from date to date."""
    by_document: dict[str, list[ValidityEvent]] = defaultdict(list)
    for event in rows.read(work.rows("validity"), ValidityEvent):
        by_document[event.document_id].append(event)
    titles = {d.document_id: d.title for d in rows.read(work.rows("documents"), Document)}
    found = list(follow(rows.read(work.rows("gaps"), Gap), Events(by_document, titles)))
    rows.write(work.rows("gap_changes"), found)
    print(f"gap_changes: {len(found)} 件事项的前后变化")


def follow(gaps: list[Gap], events: Events) -> Iterator[GapChange]:
    """The changes between each two consecutive dates of each comparison."""
    held: dict[str, dict[str, Held]] = defaultdict(lambda: defaultdict(dict))
    dates = sorted({gap.as_of for gap in gaps})
    for gap in gaps:
        day, clause = held[gap.comparison_id][gap.as_of], matter(gap)
        if standing(gap) and (clause not in day or _sharper(gap, day[clause])):
            day[clause] = gap
    for comparison, days in held.items():
        for before, after in zip(dates, dates[1:], strict=False):
            yield from _between(comparison, days[before], days[after], before, after, events)


def matter(gap: Gap) -> str:
    """The clause that a gap is followed by: the baseline's, or the target's own where that has none."""
    return gap.clause_a or gap.clause_b or ""


def documents(gap: Gap) -> list[str]:
    """The documents that a gap rests on, its own clause's first."""
    return [clause.split("__")[0] for clause in (gap.clause_a, gap.clause_b) if clause]


def standing(gap: Gap) -> bool:
    """Whether a gap is one that day: rules that are alike, and one whose own term is over, are none."""
    own = gap.state_a if gap.clause_a else gap.state_b
    return gap.kind != "equivalent" and own not in force.LAPSED


def _sharper(gap: Gap, other: Gap) -> bool:
    return (-gap.severity, gap.gap_id) < (-other.severity, other.gap_id)


def _between(
    comparison: str, before: Held, after: Held, from_date: str, to_date: str, events: Events
) -> Iterator[GapChange]:
    heirs = {
        clause: heir for clause in before
        if clause not in after and (heir := events.heir(clause, from_date, to_date)) in after
    }  # fmt: skip
    inherited = set(heirs.values())
    for clause in dict.fromkeys([*before, *after]):
        if clause in inherited and clause not in before:
            continue  # told under the clause that it took the place of
        old, new = before.get(clause), after.get(heirs.get(clause, clause))
        change = _change(old, new)
        gaps = [gap for gap in (old, new) if gap]
        event = events.cause(change, gaps, from_date, to_date) if change != "unchanged" else None
        subject = gaps[-1].summary.split("｜")[0]
        line = f"{subject}：{from_date} 至 {to_date} {CHANGES[change]}"
        yield GapChange(
            f"{comparison}__{from_date}__{to_date}__{clause}", comparison, gaps[-1].topic_id, clause,
            from_date, to_date, change, old.gap_id if old else None, new.gap_id if new else None,
            event.event_id if event else None,
            line + ("。" if change == "unchanged" else f"；{events.told(event)}。"),
        )  # fmt: skip


def _change(old: Gap | None, new: Gap | None) -> str:
    if old is None or new is None:
        return "closed" if new is None else "opened"
    if {old.favours, new.favours} == {"baseline", "target"}:
        return "reversed"
    if abs(new.severity - old.severity) < GAPS.changed:
        return "unchanged"
    return "widened" if new.severity > old.severity else "narrowed"
