"""Validity: what began, ended, prolonged or replaced each document, and where that is read.

Reads   build/documents.jsonl, document_pairs, facts, clauses, corpus/validity.toml
Writes  build/validity.jsonl

A document's own dates come first, then a newer text of the same document, then what a person noted in
corpus/validity.toml. Nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import force, rows, tables
from pipeline.errors import CorpusError
from pipeline.records import Clause, Document, DocumentPair, Fact, ValidityEvent
from pipeline.workspace import DATA, Workspace

KINDS = ("施行", "到期", "延长", "修订", "废止", "暂停")
_REVISED = re.compile(r"（(\d{4})年(?:(\d{1,2})月)?(?:\d{1,2}日)?修[正订]）")


def run(work: Workspace) -> None:
    """Gather the events of all documents."""
    documents = rows.read(work.rows("documents"), Document)
    facts = rows.read(work.rows("facts"), Fact)
    pairs = rows.read(work.rows("document_pairs"), DocumentPair)
    clauses = {c.clause_id for c in rows.read(work.rows("clauses"), Clause)}
    noted = load(DATA / "validity.toml", {d.document_id for d in documents}, clauses)
    begun = {event.document_id for event in noted if event.kind == "施行"}
    stated = [e for e in own(documents, facts) if e.kind != "施行" or e.document_id not in begun]
    found = [*stated, *replaced(documents, pairs), *noted]
    rows.write(work.rows("validity"), found)
    print(f"validity: {len(found)} 件效力事件，其中 {len(noted)} 件由人补记")


def own(documents: Iterable[Document], facts: Iterable[Fact]) -> Iterator[ValidityEvent]:
    """What a document's own dates say; without one, when its facts are first known to hold."""
    known: dict[str, str] = {}
    for fact in facts:
        name, date = fact.clause_id.split("__")[0], force.stated(fact.as_of)
        if date:
            known[name] = min(known.get(name, date), date, key=force.last_day)
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
    for row in tables.entries(path, "event", keys | {"date": object}, required):
        where = f"{path} [{row['id']}]"
        if row["kind"] not in KINDS:
            raise CorpusError(where, f"kind = {row['kind']!r}", f"只能是 {'、'.join(KINDS)}")
        date = tables.date(where, "date", row["date"]) or ""
        if row["document"] not in documents:
            continue  # this build leaves the document out
        clause = row.get("clause")
        if clause and clause.split("__")[0] in documents and clause not in clauses:
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
