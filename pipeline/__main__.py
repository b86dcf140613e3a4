"""`python -m pipeline STAGE`: runs one stage, and prints a user's mistake as one line."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from pipeline.errors import CorpusError
from pipeline.workspace import Workspace

STAGES = ("sources", "documents", "clauses", "facts", "tokens", "topics", "measures", "provisions", "conditions",
          "document_pairs", "citations", "validity", "alignments", "revisions", "gaps", "gap_changes", "claims", "database")  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run a stage; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline", description="沪嘉政策差异知识库的构建步骤"
    )
    parser.add_argument("stage", choices=(*STAGES, "background", "train", "evaluate", "digests"))
    parser.add_argument("--corpus", nargs="+", type=Path, default=[Path("corpus")])
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--kb", type=Path, default=Path("kb.db"))
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--measures", type=Path, default=Path("corpus/gold/measures.json"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    work = Workspace(
        tuple(options.corpus),
        options.build,
        options.kb,
        options.gold,
        options.measures,
        options.jobs,
    )
    try:
        import_module(f"pipeline.{options.stage}").run(work)
    except CorpusError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
