"""Inspect: what the readers make of one file, as one JSON object; writes nothing.

`python -m pipeline inspect FILE`
"""

import json
from pathlib import Path
from typing import Any

from pipeline.core.errors import CorpusError
from pipeline.curation import single_document
from pipeline.curation.single_document import Paper


def run(files: list[Path]) -> None:
    """Print what is understood of each file, one JSON object a file.

    Raises:
        CorpusError: no file is named, or one cannot be read.
    """
    for file in files or [Path()]:
        if not file.is_file():
            fix = "python -m pipeline inspect 文件；一次读一个文件夹用 make add … DRY=1"
            raise CorpusError(str(file) if files else "inspect", "没有这个文件", fix)
        print(json.dumps(understood(single_document.read(file)), ensure_ascii=False, indent=2))


def understood(paper: Paper) -> dict[str, Any]:
    """The fields of the contract (DESIGN 6), and what else helps a collector."""
    known, shape = paper.metadata, paper.shape
    return {
        "title": known.title,
        "inner_title": known.inner_title,
        "number": known.number,
        "issuers": list(known.issuers),
        "issued": known.issued,
        "effective": paper.effective,
        "expires": paper.expires,
        "repeals": list(paper.repeals),
        "kind": known.kind,
        "format": paper.format,
        "scheme": shape.scheme,
        "n_articles": shape.articles,
        "last_article": shape.last,
        "n_top": shape.top,
        "n_chapters": shape.chapters,
        "has_tables": shape.has_tables,
        "attachments": list(shape.attachments),
        "warnings": list(paper.warnings),
        "body_start": known.body,
        "text": paper.text,
    }
