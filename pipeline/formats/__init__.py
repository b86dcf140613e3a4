"""Formats: a file of any kind that researchers keep, as plain text."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says."""

    text: str
    title: str | None
    format: str
    warnings: list[str]


def read(path: Path) -> Reading:
    from pipeline.formats import blocks, encodings, plain, signatures
    raw = path.read_bytes()
    kind = signatures.kind(raw)
    title = None
    if kind == "docx":
        from pipeline.formats import docx
        found, title = docx.read(path)
        text = plain.unindented(blocks.write(found))
    elif kind == "doc":
        from pipeline.formats import doc
        text = plain.unindented(blocks.write(doc.read(path)))
    elif kind == "pdf":
        from pipeline.formats import pdf
        found, title = pdf.read(path)
        text = plain.unindented(blocks.write(found))
    elif kind in ("html", "mht"):
        from pipeline.formats import html, mht
        markup = mht.page(raw) if kind == "mht" else (encodings.decode(raw, encodings.declared(raw)) or ("",))[0]
        found, title = html.read(markup or "")
        text = plain.unindented(blocks.write(found))
    else:
        found = encodings.decode(raw)
        if not found:
            raise CorpusError(str(path), "不是文字", "…")
        text, kind = found[0], "md" if path.suffix == ".md" else "txt"
    from pipeline.formats import pages
    if kind != 'md': text = pages.cleaned(text, pages.words())[0]
    text = plain.finish(text)
    if not text.strip():
        raise CorpusError(str(path), "没有文字", "…")
    return Reading(text, title, kind, [])
