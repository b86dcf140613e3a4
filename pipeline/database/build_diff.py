"""Build diff: which gaps appeared, disappeared or changed since the previous build.

Reads   the previous kb.db, and the new one
Writes  build/changes.jsonl

The changes are not in kb.db itself: equal inputs must give equal databases, with or without a
previous build.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import jsonl

_NAMES = {"appeared": "新增", "disappeared": "消失", "resolved": "结果改变", "changed": "改变"}
_PRINTED = 10  # the first changes; the file holds all
Gaps = dict[str, tuple[str | None, str]]  # gap id → outcome, headline


@dataclass(frozen=True, slots=True)
class BuildChange:
    """A gap that differs between two builds; `before` and `after` are headlines."""

    gap_id: str
    change: str
    outcome_before: str | None
    outcome_after: str | None
    before: str | None
    after: str | None


def read(kb: Path) -> Gaps | None:
    """The gaps of a kb.db; None where there is no file or it cannot be read."""
    if not kb.exists():
        return None
    try:
        db = sqlite3.connect(f"file:{kb}?mode=ro", uri=True)
        rows = db.execute("select gap_id, outcome, headline from gaps").fetchall()
        db.close()
    except sqlite3.Error:
        return None
    return {gap_id: (outcome, headline) for gap_id, outcome, headline in rows}


def compare(old: Gaps, new: Gaps) -> list[BuildChange]:
    """The changes between two builds, in order of gap ids.

    >>> old = {"g": ("uncollected", "甲"), "h": ("same", "乙")}
    >>> new = {"g": ("missing", "丙"), "k": ("same", "丁")}
    >>> [(c.gap_id, c.change) for c in compare(old, new)]
    [('g', 'resolved'), ('h', 'disappeared'), ('k', 'appeared')]
    """
    changes = []
    for gap_id in sorted(old.keys() | new.keys()):
        outcome_before, before = old.get(gap_id, (None, None))
        outcome_after, after = new.get(gap_id, (None, None))
        if gap_id not in new:
            change = "disappeared"
        elif gap_id not in old:
            change = "appeared"
        elif outcome_before != outcome_after:
            change = "resolved"
        elif before != after:
            change = "changed"
        else:
            continue
        changes.append(BuildChange(gap_id, change, outcome_before, outcome_after, before, after))
    return changes


def report(old: Gaps | None, kb: Path, path: Path) -> list[BuildChange]:
    """Write the changes since the previous build, and print their counts and the first of them.

    Those with another outcome are not among these: `matter_history.resolved` tells them by name.

    Args:
        old: the gaps of the previous build; None where there was none, and then nothing is written.
        kb: the new database.
        path: file of rows to write.

    Returns:
        the changes.
    """
    new = read(kb)
    if old is None or new is None:
        return []
    changes = compare(old, new)
    jsonl.write(path, changes)
    if not changes:
        print("与上次构建相比：差异没有变化")
        return []
    counts = {name: sum(c.change == change for c in changes) for change, name in _NAMES.items()}
    listed = "，".join(f"{name} {count}" for name, count in counts.items() if count)
    print(f"与上次构建相比：差异{listed}（全部见 {path}）")
    others = [change for change in changes if change.change != "resolved"]
    for change in others[:_PRINTED]:
        print(f"  {_NAMES[change.change]}\t{change.gap_id}\t{change.after or change.before}")
    return changes
