"""Facts: the statements that digests are written from, joined with the clauses that carry them.

Reads   build/documents.jsonl, build/clauses.jsonl, <corpus folder>/facts/*.jsonl
Writes  build/facts.jsonl
"""

from collections.abc import Container

from pipeline.core import fact_files, jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Document, Fact


def run(work: Workspace) -> None:
    """Join every fact mark of a digest with the fact's own record."""
    documents = [d for d in jsonl.each(work.rows("documents"), Document) if d.marks]
    of_digests = jsonl.of_documents({document.document_id for document in documents})
    clauses = {c.clause_id for c in jsonl.each(work.rows("clauses"), Clause, of_digests)}
    entries = fact_files.read(work.corpus).facts
    jsonl.write(work.rows("facts"), link(documents, clauses, entries))


def link(
    documents: list[Document], clauses: Container[str], entries: dict[str, dict[str, str]]
) -> list[Fact]:
    """The facts that digests carry, in the order of their ids.

    Args:
        documents: those with marks.
        clauses: ids of the clauses of these.
        entries: fact id → its entry in a fact file.

    Raises:
        CorpusError: a fact mark without entry, in two digests, or not at the end of a clause.
    """
    facts: dict[str, Fact] = {}
    for document in documents:
        for _, fact_id in document.marks:
            clause_id, where = f"{document.document_id}__{fact_id}", f"[{document.document_id}]"
            if fact_id not in entries:
                raise CorpusError(
                    where, f"[^{fact_id}] 没有对应的事实", "在 facts/*.jsonl 中补一行"
                )
            if fact_id in facts:
                raise CorpusError(where, f"事实 {fact_id} 用了两次", "一个事实只进一条摘编")
            if clause_id not in clauses:
                raise CorpusError(where, f"[^{fact_id}] 不在编号条目末尾", "移到它所属条目的末尾")
            row = entries[fact_id]
            facts[fact_id] = Fact(
                fact_id=fact_id,
                clause_id=clause_id,
                attribute=row["attribute"],
                source=row["source"],
                source_kind=row["source_kind"],
                confidence=row["confidence"],
                as_of=row["as_of"],
                note=row["note"],
            )
    return [facts[key] for key in sorted(facts)]
