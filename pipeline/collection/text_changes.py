"""Text changes: which texts are new, changed or gone, and the matters whose rules are in them."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.collection.law_folder import FetchedFile, FetchedText, LawFolder
from pipeline.core.computation.history import HistoryEvent

_NAMES = {"new": "新收", "changed": "更新", "gone": "不在了"}
_SHOWN = 20  # texts that are named
_MATTERS = 5  # matters that are named of a text
_TOUCHED = """
    select distinct c.document_id, m.name from rules r join clauses c using (clause_id)
    join matters m using (matter_id) where m.boilerplate = 0 order by 1, 2
"""


def events(
    texts: Iterable[FetchedText], known: Mapping[str, FetchedFile], kb: Path
) -> list[HistoryEvent]:
    """The texts that are new or were changed, as events.

    Args:
        texts: to be entered.
        known: what was fetched before, by key.
        kb: the database as it is, for the matters; it need not be there.
    """
    rows = list(texts)
    before = {row.fetched.key: known.get(row.fetched.key) for row in rows}
    matters = _matters(kb, {row.fetched.document_id for row in rows})
    return [
        HistoryEvent(
            kind="document",
            change="changed" if (old := before[row.fetched.key]) else "new",
            subject=row.fetched.document_id,
            title=str(row.entry["title"]),
            region_id=str(row.entry["region"]),
            before=old.blob if old else None,
            after=row.fetched.blob,
            matters=matters.get(row.fetched.document_id, []),
        )
        for row in rows
        if (old := before[row.fetched.key]) is None or old.blob != row.fetched.blob
    ]


def gone(keys: Iterable[str], folder: LawFolder, kb: Path) -> list[HistoryEvent]:
    """The texts that are no longer where they were fetched from, as events."""
    files = [folder.fetched[key] for key in keys]
    matters = _matters(kb, {file.document_id for file in files})
    entries = folder.entries()
    found = []
    for file in files:
        entry = entries.get(file.document_id, {})
        region = entry.get("region")
        found.append(
            HistoryEvent(
                kind="document",
                change="gone",
                subject=file.document_id,
                title=str(entry.get("title", file.document_id)),
                region_id=str(region) if region else None,
                before=file.blob,
                matters=matters.get(file.document_id, []),
            )
        )
    return found


def lines(found: Sequence[HistoryEvent]) -> list[str]:
    """What is told of events: a line each, the first of each kind."""
    told = []
    for change, name in _NAMES.items():
        rows = [event for event in found if event.change == change]
        for event in rows[:_SHOWN]:
            touched = "、".join(event.matters[:_MATTERS])
            more = f"等 {len(event.matters)} 件" if len(event.matters) > _MATTERS else ""
            about = f"，涉及事项：{touched}{more}" if touched else ""
            told.append(f"{name}：{event.title} [{event.subject}]{about}")
        if len(rows) > _SHOWN:
            told.append(f"{name}：还有 {len(rows) - _SHOWN} 件")
    return told


def _matters(kb: Path, document_ids: Collection[str]) -> dict[str, list[str]]:
    """Document → names of the matters whose rules are in it, by the database as it is."""
    touched: dict[str, list[str]] = {}
    if not document_ids or not kb.exists():
        return touched
    db = sqlite3.connect(f"file:{kb}?mode=ro", uri=True)
    try:
        for document_id, name in db.execute(_TOUCHED):
            if document_id in document_ids:
                touched.setdefault(document_id, []).append(name)
    except sqlite3.Error:
        return {}  # of an older build, or none: what is touched is then not known
    finally:
        db.close()
    return touched
