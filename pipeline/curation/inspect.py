"""Inspect: all that is read from one file, as one JSON object on standard output; writes nothing.

`python -m pipeline inspect FILE`
"""

import json
from pathlib import Path
from typing import Any

from pipeline.core.errors import CorpusError
from pipeline.curation import single_document
from pipeline.curation.single_document import SingleDocument


def run(files: list[Path]) -> None:
    """Print one JSON object for each file.

    Raises:
        CorpusError: no file is named, or one cannot be read.
    """
    for file in files or [Path()]:
        if not file.is_file():
            fix = "python -m pipeline inspect 文件；一次读一个文件夹用 make add … DRY=1"
            raise CorpusError(str(file) if files else "inspect", "没有这个文件", fix)
        document = single_document.read(file)
        print(json.dumps(as_dict(document), ensure_ascii=False, indent=2))


def as_dict(document: SingleDocument) -> dict[str, Any]:
    """The fields of the object that `inspect` prints."""
    metadata, shape = document.metadata, document.shape
    return {
        "title": metadata.title,
        "inner_title": metadata.inner_title,
        "number": metadata.number,
        "issuers": list(metadata.issuers),
        "issued": metadata.issued,
        "effective": document.effective,
        "expires": document.expires,
        "repeals": list(document.repeals),
        "kind": metadata.kind,
        "format": document.format,
        "scheme": document.scheme,
        "n_articles": shape.articles,
        "last_article": shape.last,
        "n_top": shape.top,
        "n_chapters": shape.chapters,
        "has_tables": shape.has_tables,
        "attachments": list(shape.attachments),
        "warnings": list(document.warnings),
        "body_start": metadata.body,
        "text": document.text,
    }
