"""Validity: the events that began, ended, extended or replaced each document, and where they are read.

Reads   build/documents.jsonl, document_pairs.jsonl, facts.jsonl, clauses.jsonl, citations.jsonl,
        corpus/validity.toml, corpus/validity_rules.toml, corpus/patterns/validity.toml
Writes  build/validity.jsonl

A person's notes in corpus/validity.toml win over the dates of a document's entry, and these over what
official texts state, its own and others'; a presumed term comes last. Nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.core import jsonl, regions, toml_files
from pipeline.core.computation import document_rows
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import (
    COMPARED,
    Citation,
    Clause,
    Document,
    DocumentPair,
    Fact,
    ValidityEvent,
    document_of,
)
from pipeline.core.schema import Keys, one_of
from pipeline.language import dates
from pipeline.references.pinpoint_resolver import ProvisionIndex, ProvisionIndexes
from pipeline.validity import effects, force, presumed_terms, validity_clauses

KINDS = ("施行", "到期", "延长", "修订", "废止", "暂停")
_KEYS: Keys = {
    **dict.fromkeys(("id", "document", "by", "clause", "note"), str),
    "kind": one_of(KINDS),
    "date": toml_files.date,
}
_REVISED = re.compile(r"（(\d{4})年(?:(\d{1,2})月)?(?:\d{1,2}日)?修[正订]）")
_WEAK = ("印发日期", "事实的时点")  # bases of a beginning that any better one replaces


def run(work: Workspace) -> None:
    """Gather the events of all documents."""
    documents = document_rows.heads(work.rows("documents"))
    facts = jsonl.read(work.rows("facts"), Fact)
    pairs = jsonl.read(work.rows("document_pairs"), DocumentPair)
    clause_ids = {clause.clause_id for clause in jsonl.each(work.rows("clauses"), Clause)}
    noted = load(DATA / "validity.toml", {d.document_id for d in documents}, clause_ids)
    compared = [d for d in documents if d.text_kind in COMPARED]  # other kinds have no force
    textual = from_texts(
        jsonl.each(work.rows("documents"), Document),
        ProvisionIndexes(document_rows.index(work.rows("clauses"), Clause)),
        document_rows.index(work.rows("citations"), Citation).of_document,
    )
    merged = merge(list(from_entries(compared, facts)), textual, noted)
    events = [*merged, *from_revisions(documents, pairs), *noted]
    regions_by_id = regions.load(DATA / "regions.toml")
    events += presumed_terms.presume(documents, events, DATA / "validity_rules.toml", regions_by_id)
    jsonl.write(work.rows("validity"), events)
    texts = {e.event_id for e in textual} & {e.event_id for e in merged}
    counts = f"其中 {len(noted)} 件由人补记，{len(texts)} 件读自正文"
    print(f"validity: {len(events)} 件效力事件，{counts}")


def from_texts(
    documents: Iterable[Document],
    indexes: Mapping[str, ProvisionIndex] | ProvisionIndexes,
    citations_of: Callable[[str], list[Citation]],
) -> list[ValidityEvent]:
    """The events that official texts state, first of themselves, then of other documents."""
    expressions = validity_clauses.load(validity_clauses.PATH)
    own_events: list[ValidityEvent] = []
    others: dict[str, ValidityEvent] = {}  # the first text that states an event counts
    for document in documents:
        index = indexes.get(document.document_id)
        if document.text_kind != "official" or index is None:
            continue
        own = validity_clauses.read(document, index.clauses, expressions)
        start = document.effective_date or next((e.date for e in own if e.kind == "施行"), None)
        own_events += own
        cited = citations_of(document.document_id)
        for event in effects.read(document, cited, index, start, expressions):
            others.setdefault(event.event_id, event)
    return [
        *own_events,
        *sorted(others.values(), key=lambda e: (e.document_id, dates.last_day(e.date))),
    ]


def merge(
    entered: list[ValidityEvent], textual: list[ValidityEvent], noted: list[ValidityEvent]
) -> list[ValidityEvent]:
    """The events of entries and texts, minus those that a better source contradicts.

    Args:
        entered: from documents' entries and facts.
        textual: read in texts.
        noted: by a person.
    """
    by_person = {(e.document_id, _matter(e)) for e in noted}
    by_entry = {(e.document_id, e.kind): e.date for e in entered if e.basis not in _WEAK}
    confirmed = []
    for event in textual:
        date = by_entry.get((event.document_id, "到期" if event.kind == "延长" else event.kind))
        later = event.kind == "延长" and date is not None and date < event.date
        agrees = date in (None, event.date)  # it replaces the entered one, for it has a clause
        if (event.document_id, _matter(event)) not in by_person and (agrees or later):
            confirmed.append(event)
    begun = {e.document_id for e in (*confirmed, *noted) if e.kind == "施行"}
    ended = {(e.document_id, e.date) for e in confirmed if e.kind in ("到期", "延长")}
    unreplaced = [
        e
        for e in entered
        if not (e.kind == "施行" and e.document_id in begun)
        and not (e.kind == "到期" and (e.document_id, e.date) in ended)
    ]
    return unreplaced + confirmed


def _matter(event: ValidityEvent) -> str:
    """What an event decides, begin, end or wording; two events of one matter cannot both be right."""
    if event.kind == "修订" and event.successor == event.document_id:
        return "文本"
    return {"施行": "起", "到期": "止", "延长": "止"}.get(event.kind, "终")


def from_entries(documents: Iterable[Document], facts: Iterable[Fact]) -> Iterator[ValidityEvent]:
    """The events by the dates of documents' entries; without one, the day of a document's first fact."""
    first_facts: dict[str, str] = {}  # document id → date
    for fact in facts:
        document_id, date = document_of(fact.clause_id), force.stated(fact.as_of)
        if date:
            earliest = min(first_facts.get(document_id, date), date, key=dates.last_day)
            first_facts[document_id] = earliest
    for d in documents:
        starts = (
            (d.effective_date, "施行日期"),
            (d.issued_date, "印发日期"),
            (first_facts.get(d.document_id), "事实的时点"),
        )
        for date, basis in starts:
            if date:
                yield ValidityEvent(f"{d.document_id}__shixing", d.document_id, "施行", date, basis)
                break
        if d.expires_date:
            yield ValidityEvent(
                f"{d.document_id}__daoqi", d.document_id, "到期", d.expires_date, "有效期"
            )
        if revised := _REVISED.search(d.title):
            date = revised[1] + (f"-{int(revised[2]):02}" if revised[2] else "")
            yield ValidityEvent(
                f"{d.document_id}__xiuzheng",
                d.document_id,
                "修订",
                date,
                "题名",
                successor=d.document_id,
                note="所读为修正后的文本，此前的文字未核",
            )


def from_revisions(
    documents: Iterable[Document], pairs: Iterable[DocumentPair]
) -> Iterator[ValidityEvent]:
    """The ends of older texts, each on the day that a newer text of the same document begins."""
    by_id = {d.document_id: d for d in documents}
    for pair in pairs:
        if pair.kind == "revision":
            new = by_id[pair.document_b]
            date = new.effective_date or new.issued_date
            if date:
                yield ValidityEvent(
                    f"{pair.document_a}__to__{pair.document_b}",
                    pair.document_a,
                    "修订",
                    date,
                    "新文本",
                    successor=pair.document_b,
                    note="同名文件另有较新的文本",
                )


def load(path: Path, documents: set[str], clauses: set[str]) -> list[ValidityEvent]:
    """Read the events that a person noted, of the documents of this build.

    Args:
        path: the file.
        documents: ids of all documents of the build.
        clauses: ids of all clauses of the build.

    Raises:
        CorpusError: an unknown kind, no date, or a clause that the build does not have.
    """
    events = []
    for row in toml_files.entries(path, "event", _KEYS, {"id", "document", "kind", "date", "note"}):
        if row["document"] not in documents:
            continue  # this build leaves the document out
        clause = row.get("clause")
        if clause and document_of(clause) in documents and clause not in clauses:
            where, fix = f"{path} [{row['id']}]", "改正条款编号（见 kb.db 的 clauses 表）"
            raise CorpusError(where, f"没有条款 {clause}", fix)
        events.append(
            ValidityEvent(
                row["id"],
                row["document"],
                row["kind"],
                row["date"],
                "人工补记",
                clause if clause in clauses else None,
                row["by"] if row.get("by") in documents else None,
                row["note"],
            )
        )
    return events
