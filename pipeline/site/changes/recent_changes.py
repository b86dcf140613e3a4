"""Page of changes: texts that are new, changed or gone, matters that changed, documents that run out soon.

The history of changes is read from history.jsonl beside kb.db; what runs out is in kb.db.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.database import Database
from datasette.utils import MultiParams

from pipeline.site import kb

TABLES = (
    "documents",
    "regions",
    "clauses",
    "clause_topics",
    "topics",
    "topic_departments",
    "comparisons",
    "moments",
    "gaps",
    "matters",
    "gap_departments",
)
SHOWN = 200  # of each kind on the page and in a feed, the newest
MONTHS_AHEAD = 6  # in which a document runs out that is told
CHANGES = {
    "document": {"new": "新收", "changed": "文字更新", "gone": "原处已不在"},
    "matter": {"resolved": "结果改变", "changed": "内容改变", "appeared": "新的事项"},
}
_TEXTS = ("subject", "title", "at", "change", "kind")

_EXPIRING = f"""
    select d.document_id, d.title, d.region_id, r.name as region, d.in_force_to,
        date(d.in_force_to, '-{MONTHS_AHEAD} months') as since
    from documents d join regions r using (region_id) join moments n on n.newest = 1
    where length(d.in_force_to) = 10 and d.in_force_to > n.as_of
        and d.in_force_to <= date(n.as_of, '+{MONTHS_AHEAD} months')
    order by d.in_force_to, d.document_id
"""
_OF_TOPIC = """
    select distinct c.document_id from clauses c join clause_topics t using (clause_id)
    where t.topic_id = ?
"""
_OF_DEPARTMENT = """
    select distinct c.document_id from topic_departments td join clause_topics t using (topic_id)
    join clauses c using (clause_id) join documents d using (document_id)
    where td.department = ? and td.region_id = d.region_id
"""
_KNOWN_DEPARTMENT = """
    select department from gap_departments where department = :department
    union select department from topic_departments where department = :department
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what the changes are told: of a topic, a comparison or a department; of all where all are None.

    `documents` and `regions` are the ids of documents and regions that belong to it; None = all.
    """

    topic: kb.Row | None = None
    comparison: kb.Row | None = None
    department: str | None = None
    documents: frozenset[str] | None = None
    regions: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """What a reader calls it."""
        names = (
            self.topic and self.topic["name"],
            self.comparison and self.comparison["title"],
            self.department,
        )
        return "、".join(str(name) for name in names if name)

    @property
    def feed(self) -> str:
        """The path of its feed; only one of topic, comparison and department has one."""
        if self.topic:
            return f"/-/feed/topic/{self.topic['topic_id']}.atom"
        if self.comparison:
            return f"/-/feed/comparison/{self.comparison['comparison_id']}.atom"
        if self.department:
            return f"/-/feed/department/{quote(self.department, safe='')}.atom"
        return "/-/feed.atom"

    def has_document(self, document_id: str, region_id: str | None) -> bool:
        """Whether a document belongs to it."""
        inside = self.documents is None or document_id in self.documents
        return inside and (self.regions is None or region_id in self.regions)

    def has_matter(self, event: kb.Row) -> bool:
        """Whether the event of a matter belongs to it."""
        return (
            (self.topic is None or event.get("topic_id") == self.topic["topic_id"])
            and (
                self.comparison is None
                or event.get("comparison_id") == self.comparison["comparison_id"]
            )
            and (self.department is None or self.department in event.get("departments", []))
        )


async def scope(
    db: Database, topic: str | None, comparison: str | None, department: str | None
) -> Scope | None:
    """What is asked for; None where a topic, comparison or department is unknown."""
    topic_row = comparison_row = None
    documents: frozenset[str] | None = None
    if topic:
        query = "select topic_id, name from topics where topic_id = ?"
        if (topic_row := await kb.row(db, query, [topic])) is None:
            return None
        documents = await _ids(db, _OF_TOPIC, topic)
    if comparison and (comparison_row := await kb.comparison(db, comparison)) is None:
        return None
    if department:
        if not await kb.rows(db, _KNOWN_DEPARTMENT, {"department": department}):
            return None
        own = await _ids(db, _OF_DEPARTMENT, department)
        documents = own if documents is None else documents & own
    places = comparison_row and {comparison_row["baseline_region"], *comparison_row["stack"]}
    regions = frozenset(places) if places else None
    return Scope(topic_row, comparison_row, department or None, documents, regions)


async def _ids(db: Database, query: str, key: str) -> frozenset[str]:
    return frozenset(row["document_id"] for row in await kb.rows(db, query, [key]))


async def load(db: Database, args: MultiParams, history: Path) -> dict[str, Any] | None:
    """The page; None for an unknown topic, comparison or department."""
    asked = await scope(db, args.get("topic"), args.get("comparison"), args.get("department"))
    return None if asked is None else await of_scope(db, asked, history)


async def of_scope(db: Database, asked: Scope, history: Path) -> dict[str, Any]:
    """The changes of a scope, the newest first, and what runs out, the earliest first."""
    events = read(history)
    documents = [
        event
        for event in events
        if event["kind"] == "document"
        and asked.has_document(event["subject"], event.get("region_id"))
    ]
    matters = [event for event in events if event["kind"] == "matter" and asked.has_matter(event)]
    expiring = [
        row
        for row in await kb.rows(db, _EXPIRING)
        if asked.has_document(row["document_id"], row["region_id"])
    ]
    known = {row["document_id"] for row in await kb.rows(db, "select document_id from documents")}
    asked_for = await kb.rows(db, "select matter_id from matters")
    matter_ids = {row["matter_id"] for row in asked_for}
    return {
        "name": asked.name,
        "feed": asked.feed,
        "topic": asked.topic and asked.topic["topic_id"],
        "comparison": asked.comparison and asked.comparison["comparison_id"],
        "department": asked.department,
        "topics": await kb.rows(db, "select topic_id, name from topics order by rowid"),
        "comparisons": await kb.comparisons(db),
        "documents": _told(documents, known),
        "matters": _told(matters, matter_ids),
        "total_documents": len(documents),
        "total_matters": len(matters),
        "expiring": expiring,
        "shown": SHOWN,
        "moment": await kb.moment(db),
        "build": await kb.build(db),
    }


def _told(events: list[kb.Row], known: Iterable[str]) -> list[kb.Row]:
    """The newest events first, each with its label, and whether there is a page to link to."""
    pages = set(known)
    return [
        event
        | {"label": CHANGES[event["kind"]][event["change"]], "here": event["subject"] in pages}
        for event in reversed(events[-SHOWN:])
    ]


def read(history: Path) -> list[kb.Row]:
    """The events of a history in their order, each with an id that never changes.

    A line that a crash tore, or that is no event, is left out.
    """
    try:
        lines = history.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    events = []
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if _is_event(event):
            events.append(event | {"event_id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, line)}"})
    return events


def _is_event(event: Any) -> bool:
    if not isinstance(event, dict) or not all(isinstance(event.get(key), str) for key in _TEXTS):
        return False
    return event["change"] in CHANGES.get(event["kind"], {})
