"""Facts: where each digest clause was read; and what was looked for and not found.

Reads   build/documents.jsonl, build/clauses.jsonl, <corpus folder>/facts/*.jsonl
Writes  build/facts.jsonl
"""

from pathlib import Path

from pipeline.core import fact_files, jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Document, Fact


def run(work: Workspace) -> None:
    """Join every fact mark of a digest with the fact's own record."""
    documents = jsonl.read(work.rows("documents"), Document)
    clauses = {c.clause_id: c for c in jsonl.read(work.rows("clauses"), Clause)}
    known = fact_files.read(work.corpus).facts
    jsonl.write(work.rows("facts"), link(documents, clauses, known))


def link(
    documents: list[Document], clauses: dict[str, Clause], known: dict[str, dict[str, str]]
) -> list[Fact]:
    """The facts that digests carry.

    Raises:
        CorpusError: a digest clause whose fact has no record, or stands in two digests.
    """
    carried: dict[str, Fact] = {}
    for document in documents:
        for _, fact_id in document.marks:
            clause_id, where = f"{document.document_id}__{fact_id}", f"[{document.document_id}]"
            if fact_id not in known:
                raise CorpusError(
                    where, f"[^{fact_id}] 没有对应的事实", "在 facts/*.jsonl 中补一行"
                )
            if fact_id in carried:
                raise CorpusError(where, f"事实 {fact_id} 用了两次", "一个事实只进一条摘编")
            if clause_id not in clauses:
                raise CorpusError(where, f"[^{fact_id}] 不在编号条目末尾", "移到它所属条目的末尾")
            row = known[fact_id]
            carried[fact_id] = Fact(
                fact_id, clause_id, row["attribute"], row["source"], row["source_kind"],
                row["confidence"], row["as_of"], row["note"],
            )  # fmt: skip
    return [carried[key] for key in sorted(carried)]


def inputs(corpus: tuple[Path, ...]) -> list[Path]:
    """The fact files of all corpus folders, for the build's list of inputs."""
    return [path for folder in corpus for path in sorted((folder / "facts").glob("*.jsonl"))]
