"""Build changes: which gaps appeared, disappeared or changed since the build before.

Reads   the old kb.db, and the new one before it takes its place
Writes  build/changes.jsonl

Not in kb.db itself: the same input must give the same database, whatever was built before.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import jsonl

NAMES = {"appeared": "新增", "disappeared": "消失", "regraded": "改级", "changed": "改变"}
_SHOWN = 10  # lines that are printed; the file holds all
Held = dict[str, tuple[str, str | None, str]]  # gap → kind, grade, summary


@dataclass(frozen=True, slots=True)
class BuildChange:
    """One gap that is not as it was; `before` and `after` are summaries."""

    gap_id: str
    change: str
    grade_before: str | None
    grade_after: str | None
    before: str | None
    after: str | None


def held(kb: Path) -> Held | None:
    """The gaps of a kb.db; None where there is none, or one that cannot be read."""
    if not kb.exists():
        return None
    try:
        db = sqlite3.connect(f"file:{kb}?mode=ro", uri=True)
        found = db.execute("select gap_id, kind, grade, summary from gaps").fetchall()
        db.close()
    except sqlite3.Error:
        return None
    return {gap_id: (kind, grade, summary) for gap_id, kind, grade, summary in found}


def compare(old: Held, new: Held) -> list[BuildChange]:
    """What changed, in order of ids.

    >>> old = {"g": ("missing", "upper_level_only", "甲"), "h": ("scope", None, "乙")}
    >>> new = {"g": ("missing", "not_in_corpus", "丙"), "k": ("scope", None, "丁")}
    >>> [(c.gap_id, c.change) for c in compare(old, new)]
    [('g', 'regraded'), ('h', 'disappeared'), ('k', 'appeared')]
    """
    found = []
    for gap_id in sorted(old.keys() | new.keys()):
        _, grade_before, before = old.get(gap_id, (None, None, None))
        _, grade_after, after = new.get(gap_id, (None, None, None))
        if gap_id not in new:
            change = "disappeared"
        elif gap_id not in old:
            change = "appeared"
        elif grade_before != grade_after:
            change = "regraded"
        elif before != after:
            change = "changed"
        else:
            continue
        found.append(BuildChange(gap_id, change, grade_before, grade_after, before, after))
    return found


def note(old: Held | None, kb: Path, path: Path) -> None:
    """Write what changed since the old build, and print the counts and the first of them."""
    new = held(kb)
    if old is None or new is None:
        return
    found = compare(old, new)
    jsonl.write(path, found)
    if not found:
        print("与上次构建相比：差异没有变化")
        return
    counts = {name: sum(c.change == change for c in found) for change, name in NAMES.items()}
    told = "，".join(f"{name} {count}" for name, count in counts.items() if count)
    print(f"与上次构建相比：差异{told}（全部见 {path}）")
    for change in found[:_SHOWN]:
        print(f"  {NAMES[change.change]}\t{change.gap_id}\t{change.after or change.before}")
