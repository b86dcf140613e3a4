"""Inspect: what the readers make of one file, as one JSON object; writes nothing.

`python -m pipeline inspect FILE`
"""

import json
from pathlib import Path
from typing import Any

from pipeline import papers
from pipeline.papers import Paper


def run(files: list[Path]) -> None:
    """Print what is understood of each file, one JSON object a file.

    Raises:
        CorpusError: a file cannot be read.
    """
    for file in files:
        print(json.dumps(understood(papers.read(file)), ensure_ascii=False, indent=2))


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
