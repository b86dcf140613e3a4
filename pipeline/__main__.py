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
TOOLS = ("background", "train", "evaluate", "digests", "inspect", "add")


def main(arguments: list[str] | None = None) -> int:
    """Run a stage; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline", description="沪嘉政策差异知识库的构建步骤"
    )
    parser.add_argument("stage", choices=(*STAGES, *TOOLS))
    parser.add_argument("files", nargs="*", type=Path, help="inspect、add 要读的文件或文件夹")
    parser.add_argument("--corpus", nargs="+", type=Path, default=[Path("corpus")])
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--kb", type=Path, default=Path("kb.db"))
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--measures", type=Path, default=Path("corpus/gold/measures.json"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--region", help="add：地区代码，见 corpus/regions.toml")
    parser.add_argument("--dry-run", action="store_true", help="add：只说读成什么样，不写")
    options = parser.parse_intermixed_args(arguments)
    work = Workspace(
        tuple(options.corpus),
        options.build,
        options.kb,
        options.gold,
        options.measures,
        options.jobs,
    )
    try:
        module = import_module(f"pipeline.{options.stage}")
        if options.stage == "inspect":
            module.run(options.files)
        elif options.stage == "add":
            return int(module.run(work, options.files, options.region, options.dry_run))
        else:
            module.run(work)
    except CorpusError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
