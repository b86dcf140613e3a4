"""Manifest entries: a document as a corpus keeps it: entry in sources.toml, text file, and remarks."""

import hashlib
from pathlib import Path

from pipeline.core.records import END_OF_HEAD
from pipeline.curation import corpus_folder
from pipeline.curation.single_document import SingleDocument
from pipeline.reading.metadata import legal_levels

# Kind of text by its metadata → text_kind of the entry; all others are official.
_TEXT_KINDS = {
    "draft": "draft",
    "interpretation": "commentary",
    "qa": "commentary",
    "news": "commentary",
}
_REMARKS = {
    "draft": "征求意见稿，不是施行的规定，不参加对照",
    "commentary": "解读、问答或报道，不是政策正文，不参加对照",
}
_NAMES = {
    "number": "文号",
    "issuers": "发文机关",
    "issued": "日期",
    "effective": "施行日期",
    "expires": "有效期",
}
_SHORT = 200  # characters; a shorter text is seldom a policy


def title(document: SingleDocument, file: Path) -> str:
    """The title in the corpus: that of the enclosed text rather than of its notice."""
    return document.metadata.inner_title or document.metadata.title or file.stem


def text(document: SingleDocument) -> str:
    """The text file: the head or notice, and the body, which alone is compared."""
    start = document.metadata.body
    head, body = document.text[:start].strip("\n"), document.text[start:].strip("\n")
    return f"{head}\n\n{END_OF_HEAD}\n\n{body}\n"


def entry(document: SingleDocument, file: Path, region: str) -> dict[str, object]:
    """The entry of a document, with the keys of sources.toml.

    The id is readable, and the same whenever the same text is added: region, year, hash of the text.
    """
    metadata, name = document.metadata, title(document, file)
    year = f"-{metadata.issued[:4]}" if metadata.issued else ""
    document_id = f"{region}{year}-{corpus_folder.fingerprint(document.text)[:8]}"
    return {
        "id": document_id,
        "title": name,
        "region": region,
        "level": _level(document, name, region),
        "number": metadata.number,
        "issuers": list(metadata.issuers),
        "issued": metadata.issued,
        "effective": document.effective,
        "expires": document.expires,
        "text_kind": _TEXT_KINDS.get(metadata.kind, "official"),
        "file": f"texts/{document_id}.md",
        "sha256": hashlib.sha256(text(document).encode()).hexdigest(),
    }


def _level(document: SingleDocument, name: str, region: str) -> str:
    """The legal level of a policy or its draft; 其他 for a guide, a form or a report."""
    metadata = document.metadata
    if metadata.kind not in ("policy", "draft"):
        return "其他"
    return legal_levels.level(name, metadata.number, metadata.issuers, region == "000000")


def notes(document: SingleDocument, entry: dict[str, object]) -> list[str]:
    """What a person should check before relying on an entry."""
    remarks = list(document.warnings)
    if remark := _REMARKS.get(str(entry["text_kind"])):
        remarks.append(remark)
    if len(document.text) < _SHORT:
        remarks.append(f"全文只有 {len(document.text)} 个字，看看是不是正文")
    return remarks


def missing(entry: dict[str, object]) -> list[str]:
    """The names of the fields that the text does not state."""
    return [name for key, name in _NAMES.items() if not entry[key]]
