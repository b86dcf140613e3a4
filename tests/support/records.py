"""Records for tests: documents, clauses and facts with the least that a test must say."""

from typing import Any

from pipeline.core import fact_files
from pipeline.core.records import Clause, Document

FACT = dict.fromkeys(fact_files.FACT_KEYS) | {
    "id": "f-1", "document": "d-1", "topic": "shoutai", "attribute": "资助上限", "statement": "最高3000万元。",
    "source": "某文件", "source_kind": "secondary", "confidence": "high",
}  # fmt: skip


def document(document_id: str = "d", text: str = "甲。", **fields: Any) -> Document:
    """A document of Shanghai, an official text without number, issuer or dates unless given."""
    plain = {"title": "某办法", "region_id": "310000", "applies_to": [], "level": "其他", "issuers": [], "text_kind": "official",
             "file": f"{document_id}.md", "sha256": "0", "head": ""}  # fmt: skip
    absent = dict.fromkeys(("number", "issued_date", "effective_date", "expires_date", "url"))
    return Document(**{"document_id": document_id, "text": text} | absent | plain | fields)


def clause(text: str, clause_id: str = "d__art_1", **fields: Any) -> Clause:
    """An article that is compared as a whole unless told otherwise."""
    plain = {"document_id": clause_id.split("__")[0], "parent_id": None, "ordinal": 0, "kind": "article",
             "article": "1", "path": "", "heading": None, "start": 0, "end": len(text), "is_unit": 1}  # fmt: skip
    return Clause(**{"clause_id": clause_id, "text": text} | plain | fields)
