"""Matter history: which matters a build changed, for the history and for the person who built."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.core import labels
from pipeline.core.computation.history import HistoryEvent
from pipeline.database.build_diff import BuildChange

_TOLD = ("resolved", "changed", "appeared")  # changes that a reader can open
_MOST_NEW = 100  # matters; when a corpus is added, thousands appear, which is no news of each
_GAPS = """
    select g.gap_id, g.matter_id, m.name, g.comparison_id, k.title, g.topic_id
    from gaps g join matters m using (matter_id) join comparisons k using (comparison_id)
    join moments n on n.as_of = g.as_of and n.newest = 1
    where m.boilerplate = 0
"""


def events(changes: Sequence[BuildChange], kb: Path) -> list[HistoryEvent]:
    """The changes of gaps at the newest date, as events.

    Args:
        changes: between the previous build and this one.
        kb: the new database.
    """
    rows = {change.gap_id: change for change in changes if change.change in _TOLD}
    if sum(change.change == "appeared" for change in rows.values()) > _MOST_NEW:
        rows = {gap_id: row for gap_id, row in rows.items() if row.change != "appeared"}
    departments: dict[str, list[str]] = defaultdict(list)
    db = sqlite3.connect(f"file:{kb}?mode=ro", uri=True)
    try:
        for gap_id, name in db.execute(
            "select distinct gap_id, department from gap_departments order by 1, 2"
        ):
            departments[gap_id].append(name)
        gaps = [row for row in db.execute(_GAPS) if row[0] in rows]
    finally:
        db.close()
    return [
        HistoryEvent(
            kind="matter",
            change=rows[gap_id].change,
            subject=matter_id,
            title=name,
            comparison_id=comparison_id,
            topic_id=topic_id,
            departments=departments[gap_id],
            before=rows[gap_id].before,
            after=rows[gap_id].after,
        )
        for gap_id, matter_id, name, comparison_id, _, topic_id in sorted(gaps)
    ]


def resolved(changes: Iterable[BuildChange], kb: Path) -> list[str]:
    """A line for each matter that has another outcome at the newest date."""
    rows = {change.gap_id: change for change in changes if change.change == "resolved"}
    db = sqlite3.connect(f"file:{kb}?mode=ro", uri=True)
    try:
        gaps = [row for row in db.execute(_GAPS) if row[0] in rows]
    finally:
        db.close()
    return [
        f"{name}（{title}）：{_label(rows[gap_id].outcome_before)} → {_label(rows[gap_id].outcome_after)}"
        for gap_id, _, name, _, title, _ in sorted(gaps)
    ]


def _label(outcome: str | None) -> str:
    return labels.of("outcome", outcome).label if outcome else "—"
