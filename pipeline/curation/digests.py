"""Digests: Markdown documents written from facts, one per policy, with one numbered clause per fact.

`make digests` writes each digest's file and its sha256, after facts were added to corpus/facts/*.jsonl
or an entry to sources.toml; the build itself only reads them.
"""

import hashlib
import re
from pathlib import Path
from typing import Any

from pipeline.core import fact_files, labels, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import END_OF_HEAD

_NOTICE = "文本性质：摘编。由本项目按所列来源逐条转述，不是官方文本；引用前请核对原文。"

_FIELDS = {
    "number": "文号",
    "issuers": "发文机关",
    "issued": "印发",
    "effective": "施行",
    "expires": "有效期至",
}


def run(work: Workspace) -> None:
    """Write the digests of every corpus folder that has facts."""
    for folder in work.corpus:
        facts = fact_files.read((folder,)).facts
        if facts:
            write(folder, facts)


def write(folder: Path, facts: dict[str, dict[str, Any]]) -> None:
    """Write one folder's digests, and their hashes into its sources.toml.

    Args:
        folder: a corpus folder.
        facts: fact id → fact, of that folder.

    Raises:
        CorpusError: a fact of an unknown document, or a digest without a fact.
    """
    path = folder / "sources.toml"
    entries = {row["id"]: row for row in toml_files.load(path).get("document", [])}
    by_document: dict[str, list[dict[str, Any]]] = {}
    for fact in facts.values():
        if fact["document"] not in entries:
            fix = f'在 {path} 中补 [[document]] id = "{fact["document"]}"'
            raise CorpusError(
                f"{folder}/facts [{fact['id']}]", f"没有文件 {fact['document']!r}", fix
            )
        by_document.setdefault(fact["document"], []).append(fact)
    hashes = {}
    for document_id, entry in entries.items():
        if entry.get("text_kind") == "digest":
            if document_id not in by_document:
                raise CorpusError(
                    f"{path} [{document_id}]", "摘编没有一条事实", "补上事实，或删去这一条"
                )
            text = render(entry, by_document[document_id]).encode()
            (folder / entry["file"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / entry["file"]).write_bytes(text)
            hashes[document_id] = hashlib.sha256(text).hexdigest()
    path.write_text(with_hashes(path.read_text(encoding="utf-8"), hashes), encoding="utf-8")
    print(f"digests: {folder} 写出 {len(hashes)} 件摘编，{len(facts)} 条事实")


def render(entry: dict[str, Any], facts: list[dict[str, Any]]) -> str:
    """One digest as Markdown: head, numbered clauses, sources as footnotes."""
    lines = [f"# {entry['title']}", ""]
    for key, name in _FIELDS.items():
        if value := entry.get(key):
            shown = "、".join(value) if isinstance(value, list) else value
            lines += [f"{name}：{shown}", ""]
    lines += [_NOTICE, "", END_OF_HEAD, ""]
    for count, fact in enumerate(facts, 1):
        lines += [f"{count}. {fact['attribute']}：{clause(fact)}[^{fact['id']}]", ""]
    return "\n".join(lines + [footnote(fact) for fact in facts]) + "\n"


def clause(fact: dict[str, Any]) -> str:
    """The text of a fact's clause: the statement and, in brackets, its condition."""
    condition = (fact["condition"] or "").rstrip("。")
    return str(fact["statement"]) + (f"（条件：{condition}。）" if condition else "")


def footnote(fact: dict[str, Any]) -> str:
    """The footnote of a fact: source, its kind, confidence, date and note."""
    source_kind = labels.of("source_kind", fact["source_kind"]).label
    reliability = labels.of("reliability", fact["confidence"]).label
    parts = [f"来源：{fact['source'].rstrip('。')}（{source_kind}，可信度{reliability}）"]
    if fact["as_of"]:
        parts.append(f"口径：{fact['as_of'].rstrip('。')}")
    if fact["note"]:
        parts.append(f"说明：{fact['note'].rstrip('。')}")
    return f"[^{fact['id']}]: " + "。".join(parts) + "。"


def with_hashes(toml: str, hashes: dict[str, str]) -> str:
    """The text of a sources.toml with new hashes (document id → SHA-256), otherwise unchanged."""
    blocks = re.split(r"(?m)^(?=\[\[document\]\])", toml)
    for place, block in enumerate(blocks):
        name = re.search(r'(?m)^id\s*=\s*"([^"]+)"', block)
        if name and name[1] in hashes:
            line = f'sha256 = "{hashes[name[1]]}"'
            updated, count = re.subn(r"(?m)^sha256\s*=.*$", line, block)
            blocks[place] = updated if count else block.rstrip("\n") + f"\n{line}\n\n"
    return "".join(blocks).rstrip("\n") + "\n"
