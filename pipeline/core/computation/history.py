"""History: what changed of documents and of matters, one event a line, in history.jsonl beside kb.db.

Events are only ever added. kb.db does not hold them: equal inputs give equal databases, whatever went before.
"""

import datetime
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pipeline.core.errors import CorpusError


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One thing that changed.

    Attributes:
        kind: document or matter.
        change: new, changed, gone of a document; resolved (another outcome), changed, appeared of a matter.
        subject: id of the document or matter.
        title: of the document, name of the matter.
        comparison_id: of a matter's gap; None of a document.
        topic_id: of the matter, or None.
        region_id: of the document, or None.
        departments: that answer for the matter.
        before: what the gap said, or the hash of the text; None where there was nothing.
        after: what it says now, likewise.
        matters: names of the matters whose rules are in a document that changed.
        at: when, in UTC, ISO 8601 to the second; filled in by `append`.
    """

    kind: str
    change: str
    subject: str
    title: str
    comparison_id: str | None = None
    topic_id: str | None = None
    region_id: str | None = None
    departments: list[str] = field(default_factory=list)
    before: str | None = None
    after: str | None = None
    matters: list[str] = field(default_factory=list)
    at: str = ""


def path_beside(kb: Path) -> Path:
    """The history that belongs to a database."""
    return kb.with_name("history.jsonl")


def append(path: Path, events: Iterable[HistoryEvent]) -> None:
    """Add events, but those that are the latest of their subject already: a run that was killed repeats them.

    Raises:
        CorpusError: the file cannot be written.
    """
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    latest = {_subject(event): _content(event) for event in _read(path)}
    rows = [asdict(replace(event, at=now)) for event in events]
    new = [row for row in rows if latest.get(_subject(row)) != _content(row)]
    if not new:
        return
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in new)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_torn = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as out:
            out.write("\n" * bool(is_torn) + lines)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        fix = "检查权限和磁盘空间；kb.db 不受影响"
        raise CorpusError(str(path), f"写不进去（{error.strerror}）", fix) from None


def _read(path: Path) -> list[dict[str, object]]:
    """The events so far; a line that a crash tore is left out."""
    if not path.exists():
        return []
    rows = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            rows.append(row)
    return rows


def _subject(event: dict[str, object]) -> tuple[object, ...]:
    return tuple(event.get(key) for key in ("kind", "subject", "comparison_id"))


def _content(event: dict[str, object]) -> tuple[object, ...]:
    return tuple(event.get(key) for key in ("change", "before", "after"))
