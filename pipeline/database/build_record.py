"""Build record: the row of table builds, which names the inputs of a build and counts its rows."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.core import dependencies, jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Source


def row(db: Database, work: Workspace) -> dict[str, Any]:
    """The row of a filled database; its id is a hash of all inputs, so equal inputs give equal ids."""
    figures = _noted("figures.json")["figures"] | _noted("point_figures.json")["sets"]
    figures |= _noted("noted_figures.json")
    inputs = _hashes(work)
    counts = {table: db.table(table).count for table in db.table_names() if "_fts" not in table}
    build_id = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:16]
    return {"build_id": build_id, "built_from": inputs, "counts": counts, "evaluation": figures}


def _noted(name: str) -> dict[str, Any]:
    """The figures that a training noted."""
    content: dict[str, Any] = json.loads((DATA / "models" / name).read_text(encoding="utf-8"))
    return content


def _hashes(work: Workspace) -> dict[str, str | None]:
    """SHA-256 by input: each document's file, each data file, and the program together."""
    sources = jsonl.read(work.rows("sources"), Source)
    hashes: dict[str, str | None] = {
        f"{source.document_id}:{source.file}": source.sha256 for source in sources
    }
    texts = {os.path.relpath(Path(source.folder) / source.file) for source in sources}
    paths = dependencies.files_of_build(work.build, running="database")
    data_paths = [path for path in paths if Path(path).suffix in dependencies.DATA_SUFFIXES]
    for path in data_paths:
        if path not in texts:
            # Of a file outside the working folder only the end: builds elsewhere are the same build.
            name = "/".join(Path(path).parts[-2:]) if path.startswith("..") else path
            hashes[name] = dependencies.sha256(path)
    for name in ("reviews", "verified"):
        if work.rows(name).exists() and work.rows(name).stat().st_size:
            hashes[name] = dependencies.sha256(str(work.rows(name)))
    program = [path for path in paths if path not in data_paths and path not in texts]
    hashes["pipeline"] = dependencies.combined_sha256(program)
    return hashes
