"""Validity: what began, ended, prolonged or replaced each document, and where that is read.

Reads   build/documents.jsonl, document_pairs, facts, clauses, citations, corpus/validity.toml,
        corpus/validity_rules.toml, corpus/patterns/validity.toml
Writes  build/validity.jsonl

A person's notes in corpus/validity.toml win over a document's own dates, and those over what is read in
official texts, its own and others'; a term that only a rule gives comes last. Nothing is guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pipeline.core import jsonl, regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import (
    Citation,
    Clause,
    Document,
    DocumentPair,
    Fact,
    ValidityEvent,
    document_of,
)
from pipeline.language import dates
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.validity import effects, force, validity_clauses

KINDS = ("施行", "到期", "延长", "修订", "废止", "暂停")
_REVISED = re.compile(r"（(\d{4})年(?:(\d{1,2})月)?(?:\d{1,2}日)?修[正订]）")
_WEAK = ("印发日期", "事实的时点")  # where a beginning is taken from for want of a better


def run(work: Workspace) -> None:
    """Gather the events of all documents."""
    documents = jsonl.read(work.rows("documents"), Document)
    facts = jsonl.read(work.rows("facts"), Fact)
    pairs = jsonl.read(work.rows("document_pairs"), DocumentPair)
    clauses = jsonl.read(work.rows("clauses"), Clause)
    noted = load(
        DATA / "validity.toml", {d.document_id for d in documents}, {c.clause_id for c in clauses}
    )
    rules = [d for d in documents if d.text_kind in ("official", "digest")]  # others have no force
    stated = list(own(rules, facts))
    found = read(documents, clauses, jsonl.read(work.rows("citations"), Citation))
    kept = merged(stated, found, noted)
    events = [*kept, *replaced(documents, pairs), *noted]
    known = regions.load(DATA / "regions.toml")
    events += effects.defaults(documents, events, DATA / "validity_rules.toml", known)
    jsonl.write(work.rows("validity"), events)
    texts = {e.event_id for e in found} & {e.event_id for e in kept}
    print(
        f"validity: {len(events)} 件效力事件，其中 {len(noted)} 件由人补记，{len(texts)} 件读自正文"
    )


def read(
    documents: list[Document], clauses: list[Clause], citations: list[Citation]
) -> list[ValidityEvent]:
    """What official texts say of their own force, then of others'."""
    rules = validity_clauses.load(validity_clauses.PATH)
    own_clauses = {k: ProvisionIndex(g) for k, g in groupby(clauses, key=lambda c: c.document_id)}
    cited: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        cited[document_of(citation.clause_id)].append(citation)
    found: list[ValidityEvent] = []
    others: dict[str, ValidityEvent] = {}
    for document in documents:
        at = own_clauses.get(document.document_id)
        if document.text_kind != "official" or at is None:
            continue
        events = validity_clauses.read(document, at.clauses, rules)
        begun = document.effective_date or next((e.date for e in events if e.kind == "施行"), None)
        found += events
        for event in effects.read(document, cited[document.document_id], at, begun, rules):
            others.setdefault(event.event_id, event)
    return [*found, *sorted(others.values(), key=lambda e: (e.document_id, dates.last_day(e.date)))]


def merged(
    stated: list[ValidityEvent], found: list[ValidityEvent], noted: list[ValidityEvent]
) -> list[ValidityEvent]:
    """What is stated and what is read, without what a better source says otherwise.

    Args:
        stated: from a document's entry and facts.
        found: read in texts.
        noted: by a person.
    """
    by_person = {(e.document_id, _matter(e)) for e in noted}
    by_entry = {(e.document_id, e.kind): e.date for e in stated if e.basis not in _WEAK}
    kept = []
    for event in found:
        entered = by_entry.get((event.document_id, "到期" if event.kind == "延长" else event.kind))
        later = event.kind == "延长" and entered is not None and entered < event.date
        known = entered in (None, event.date)  # of the same date the one that has a clause stays
        if (event.document_id, _matter(event)) not in by_person and (known or later):
            kept.append(event)
    begun = {e.document_id for e in (*kept, *noted) if e.kind == "施行"}
    ended = {(e.document_id, e.date) for e in kept if e.kind in ("到期", "延长")}
    return [
        e for e in stated
        if not (e.kind == "施行" and e.document_id in begun)
        and not (e.kind == "到期" and (e.document_id, e.date) in ended)
    ] + kept  # fmt: skip


def _matter(event: ValidityEvent) -> str:
    """What an event decides: two events of one matter cannot both be right."""
    if event.kind == "修订" and event.successor == event.document_id:
        return "文本"
    return {"施行": "起", "到期": "止", "延长": "止"}.get(event.kind, "终")


def own(documents: Iterable[Document], facts: Iterable[Fact]) -> Iterator[ValidityEvent]:
    """What a document's own dates say; without one, when its facts are first known to hold."""
    known: dict[str, str] = {}
    for fact in facts:
        name, date = document_of(fact.clause_id), force.stated(fact.as_of)
        if date:
            known[name] = min(known.get(name, date), date, key=dates.last_day)
    for d in documents:
        starts = (
            (d.effective_date, "施行日期"),
            (d.issued_date, "印发日期"),
            (known.get(d.document_id), "事实的时点"),
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
                f"{d.document_id}__xiuzheng", d.document_id, "修订", date, "题名",
                successor=d.document_id, note="所读为修正后的文本，此前的文字未核",
            )  # fmt: skip


def replaced(
    documents: Iterable[Document], pairs: Iterable[DocumentPair]
) -> Iterator[ValidityEvent]:
    """An older text ends where a newer one of the same document begins."""
    by_id = {d.document_id: d for d in documents}
    for pair in pairs:
        if pair.kind == "revision":
            new = by_id[pair.document_b]
            date = new.effective_date or new.issued_date
            if date:
                yield ValidityEvent(
                    f"{pair.document_a}__to__{pair.document_b}", pair.document_a, "修订", date, "新文本",
                    successor=pair.document_b, note="同名文件另有较新的文本",
                )  # fmt: skip


def load(path: Path, documents: set[str], clauses: set[str]) -> list[ValidityEvent]:
    """Read the events that a person noted, of the documents of this build.

    Raises:
        CorpusError: an unknown kind, no date, or a clause that the build does not have.
    """
    required = {"id", "document", "kind", "date", "note"}
    keys: dict[str, type] = dict.fromkeys(("id", "document", "kind", "by", "clause", "note"), str)
    found = []
    for row in toml_files.entries(path, "event", keys | {"date": object}, required):
        where = f"{path} [{row['id']}]"
        if row["kind"] not in KINDS:
            raise CorpusError(where, f"kind = {row['kind']!r}", f"只能是 {'、'.join(KINDS)}")
        date = toml_files.date(where, "date", row["date"]) or ""
        if row["document"] not in documents:
            continue  # this build leaves the document out
        clause = row.get("clause")
        if clause and document_of(clause) in documents and clause not in clauses:
            raise CorpusError(where, f"没有条款 {clause}", "改正条款编号（见 kb.db 的 clauses 表）")
        found.append(
            ValidityEvent(
                row["id"],
                row["document"],
                row["kind"],
                date,
                "人工补记",
                clause if clause in clauses else None,
                row["by"] if row.get("by") in documents else None,
                row["note"],
            )  # fmt: skip
        )
    return found
