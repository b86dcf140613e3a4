"""Entries: a paper as a corpus keeps it: its entry in sources.toml, its text, and what it leaves unsaid."""

import hashlib
from pathlib import Path

from pipeline.curation import corpus_folder
from pipeline.curation.single_document import Paper
from pipeline.reading import documents
from pipeline.reading.metadata import legal_levels

_TEXT_KINDS = {"draft": "draft", "interpretation": "commentary", "qa": "commentary", "news": "commentary"}  # fmt: skip
_SAID = {
    "draft": "征求意见稿，不是施行的规定，不参加对照",
    "commentary": "解读、问答或报道，不是政策正文，不参加对照",
}
_NAMES = {"number": "文号", "issuers": "发文机关", "issued": "日期", "effective": "施行日期", "expires": "有效期"}  # fmt: skip
_SHORT = 200  # characters; what is shorter is seldom a policy's text


def title(paper: Paper, file: Path) -> str:
    """What the corpus calls it: an enclosed text by its own name, not by that of its notice."""
    return paper.metadata.inner_title or paper.metadata.title or file.stem


def text(paper: Paper) -> str:
    """The text as it is kept: its head and notice apart from what takes part in comparison."""
    at = paper.metadata.body
    head, body = paper.text[:at].strip("\n"), paper.text[at:].strip("\n")
    return f"{head}\n\n{documents.END_OF_HEAD}\n\n{body}\n"


def entry(paper: Paper, file: Path, region: str) -> dict[str, object]:
    """The entry of a paper, keys as in sources.toml.

    The id is readable and the same whenever the same text is added: region, year, text.
    """
    told, name = paper.metadata, title(paper, file)
    year = f"-{told.issued[:4]}" if told.issued else ""
    key = f"{region}{year}-{corpus_folder.fingerprint(paper.text)[:8]}"
    return {
        "id": key, "title": name, "region": region,
        "level": _level(paper, name, region),
        "number": told.number, "issuers": list(told.issuers), "issued": told.issued,
        "effective": paper.effective, "expires": paper.expires,
        "text_kind": _TEXT_KINDS.get(told.kind, "official"), "file": f"texts/{key}.md",
        "sha256": hashlib.sha256(text(paper).encode()).hexdigest(),
    }  # fmt: skip


def _level(paper: Paper, name: str, region: str) -> str:
    """The level of a policy or its draft; a guide, a form, a report has none."""
    told = paper.metadata
    if told.kind not in ("policy", "draft"):
        return "其他"
    return legal_levels.level(name, told.number, told.issuers, region == "000000")


def notes(paper: Paper, entry: dict[str, object]) -> list[str]:
    """What a person should look at before relying on an entry."""
    found = list(paper.warnings)
    if said := _SAID.get(str(entry["text_kind"])):
        found.append(said)
    if len(paper.text) < _SHORT:
        found.append(f"全文只有 {len(paper.text)} 个字，看看是不是正文")
    return found


def unsaid(entry: dict[str, object]) -> list[str]:
    """The fields that the paper does not fill."""
    return [name for key, name in _NAMES.items() if not entry[key]]
