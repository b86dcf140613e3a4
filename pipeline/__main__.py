"""`python -m pipeline NAME`: runs one stage or tool; a user's mistake is printed as one line.

A stage's run also writes build/<stage>.d, a make rule that lists the modules and data files it used.
`python -m pipeline build PLAN` runs the stages of a plan, each in a process that begins with the libraries
loaded. A line of a plan is a stage and the stages that it waits for.
"""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from types import ModuleType

from pipeline.core import dependencies
from pipeline.core.computation import costs, locks, plans
from pipeline.core.errors import EXPECTED, as_told
from pipeline.core.paths import DATA, Workspace

# Each stage and the package of its module; a stage stands below those whose rows it reads.
STAGES = {
    "sources": "reading",
    "documents": "reading",
    "clauses": "structure",
    "facts": "reading",
    "tokens": "extraction",
    "topics": "extraction",
    "measures": "extraction",
    "provisions": "extraction",
    "conditions": "extraction",
    "citations": "references",
    "document_pairs": "alignment",
    "validity": "validity",
    "alignments": "alignment",
    "revisions": "alignment",
    "article_points": "points",
    "article_accounts": "articles",
    "article_matters": "articles",
    "matters": "matters",
    "rules": "matters",
    "gaps": "gaps",
    "article_gaps": "gaps",
    "gap_changes": "gaps",
    "claims": "gaps",
    "database": "database",
}
# Each tool and the package of its module; no build runs them.
TOOLS = {
    "reference_counts": "evaluation",
    "train": "evaluation",
    "train_points": "evaluation.article_points",
    "train_document_pairs": "evaluation.document_pairing",
    "evaluate": "evaluation",
    "points": "evaluation.article_points",
    "document_pair_figures": "evaluation.document_pairing",
    "verdicts": "evaluation",
    "digests": "curation",
    "suggest": "curation",
    "inspect": "curation",
    "add": "curation",
    "fetch": "collection",
    "verify": "collection",
    "reviews_export": "reviews",
    "reviews_import": "reviews",
}
# What tools read and no build does.
OF_TOOLS = (
    DATA / "fetch.toml",
    DATA / "fetch",
    DATA / "patterns/answers.toml",
    DATA / "patterns/verify.toml",
)
BUILD = "build"
# Libraries that many stages use and that take long to load.
LIBRARIES = (
    "msgspec",
    "rjieba",
    "scipy.special",
    "sklearn.feature_extraction.text",
    "sparse_dot_topn",
    "spacy",
    "sqlite_utils",
)


def _warn_of_unread(work: Workspace) -> None:
    for path in dependencies.unread(work.build, DATA):
        if not any(Path(path).is_relative_to(other) for other in (work.gold, *OF_TOOLS)):
            print(f"注意：没有任何一步读 {path}；看看文件名和位置对不对，不用的请删去")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="沪嘉政策差异知识库：运行一个构建步骤或一个工具。平时用 make，见 make help。",
        epilog=f"步骤，按先后：{' '.join(STAGES)}。工具：{' '.join(TOOLS)}。",
    )
    parser.add_argument(
        "stage",
        metavar="stage",
        choices=(*STAGES, *TOOLS, BUILD),
        help="步骤或工具，名称见下；build 按 make 的计划运行几步",
    )
    parser.add_argument(
        "files", nargs="*", type=Path, help="inspect、add、reviews_… 的文件，build 的计划"
    )
    parser.add_argument(
        "--corpus", nargs="+", type=Path, default=[Path("corpus")], help="语料文件夹，可以几个"
    )
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="各步骤的结果写在哪个文件夹"
    )
    parser.add_argument("--kb", type=Path, default=Path("kb.db"), help="database 写的文件")
    parser.add_argument(
        "--gold", type=Path, default=Path("corpus/gold"), help="evaluate：条款对应的人工标注"
    )
    parser.add_argument(
        "--measures",
        type=Path,
        help="evaluate：数量的人工标注，不给或没有这个文件就不评",
    )
    parser.add_argument(
        "--verdicts",
        type=Path,
        help="verdicts：对差异的人工判定，没有这个文件就不评",
    )
    _add_workers(parser)
    _add_of_tools(parser)
    return parser.parse_intermixed_args(arguments)


def _add_of_tools(parser: argparse.ArgumentParser) -> None:
    """The options of tools that work on a corpus folder, fetch one, or hand on reviews."""
    parser.add_argument("--reviews", type=Path, default=Path("reviews.db"), help="审阅记录")
    parser.add_argument(
        "--for-build", action="store_true", help="reviews_export：写给构建，换下旧的"
    )
    parser.add_argument("--fact", help="suggest：事实或条款的编号；不给就列出全部未归入事项的")
    parser.add_argument("--region", help="add：地区代码，见 corpus/regions.toml")
    parser.add_argument(
        "--dry-run", action="store_true", help="add、fetch：只说读成什么样、要取什么，不写"
    )
    parser.add_argument("--laws", type=Path, default=Path("laws"), help="fetch：存进哪个文件夹")
    parser.add_argument(
        "--sources",
        type=Path,
        default=DATA / "fetch.toml",
        help="fetch、verify：从哪里取、怎样问，见 corpus/fetch.toml",
    )
    parser.add_argument(
        "--verified", type=Path, default=Path("verified.jsonl"), help="verify：核对的结果记在哪里"
    )
    parser.add_argument("--force", action="store_true", help="verify：不久前核对过的也再问")
    parser.add_argument("--limit", type=int, help="verify：最多问几个网页；不给就问全部")
    parser.add_argument(
        "--mirror", default="", help="fetch：改向这个主机取，如 http://127.0.0.1:8000"
    )


def _add_workers(parser: argparse.ArgumentParser) -> None:
    """The options that say where a stage is computed."""
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="用几个进程")
    parser.add_argument(
        "--scheduler",
        default="",
        help="Dask 调度器的地址，如 tcp://127.0.0.1:8786；不给就用本机的进程",
    )


def main(arguments: list[str] | None = None) -> int:
    """Run a stage or a tool; the exit status is returned."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot print Chinese stops no build
            stream.reconfigure(errors="backslashreplace")
    options = _options(arguments)
    work = Workspace(
        tuple(options.corpus),
        options.build,
        options.kb,
        options.gold,
        options.measures,
        options.verdicts,
        options.jobs,
        options.scheduler,
        options.reviews,
    )
    if options.stage not in (BUILD, *STAGES):
        return _run(options, work)
    try:
        with locks.exclusive(work.build / ".lock"):
            return _build(options, work) if options.stage == BUILD else _run(options, work)
    except EXPECTED as error:
        _tell(f"错误：{as_told(error)}")
    return 1


def _build(options: argparse.Namespace, work: Workspace) -> int:
    """Run the stages of a plan; the exit status is returned."""
    is_watched = sys.stdout.isatty() and sys.stderr.isatty()
    usual = {stage: cost.seconds for stage, cost in costs.read(work.build).items()}
    return plans.run(
        plans.read(options.files),
        partial(_run_stage, work),
        work.jobs,
        LIBRARIES,
        usual if is_watched else None,
    )


def _run_stage(work: Workspace, stage: str, tell: Callable[[str], None]) -> int:
    return _run(argparse.Namespace(stage=stage), work, tell)


def _run_tool(module: ModuleType, options: argparse.Namespace, work: Workspace) -> int:
    """Run a tool with the options that are for it; the exit status is returned."""
    if options.stage == "fetch":
        places = (options.laws, options.sources, options.mirror)
        return int(module.run(module.FetchOptions(*places, options.dry_run, work.kb)))
    if options.stage == "verify":
        asked = (options.sources, options.force, options.limit)
        return int(module.run(module.VerifyOptions(work.corpus, options.verified, *asked)))
    arguments = {
        "inspect": (options.files,),
        "suggest": (work, options.fact),
        "add": (work, options.files, options.region, options.dry_run),
        "reviews_export": (work, options.files, options.for_build),
        "reviews_import": (work, options.files),
    }
    return int(module.run(*arguments.get(options.stage, (work,))) or 0)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _run(options: argparse.Namespace, work: Workspace, tell: Callable[[str], None] = _tell) -> int:
    """Run a stage or a tool; the exit status is returned."""
    dependencies.record([DATA, Path("pipeline"), *work.corpus])
    try:
        module = import_module(f"pipeline.{(STAGES | TOOLS)[options.stage]}.{options.stage}")
        if options.stage in TOOLS:
            return _run_tool(module, options, work)
        record = work.build / f"{options.stage}.d"
        record.unlink(
            missing_ok=True
        )  # killed between its rows and its record, a stage is run again
        with costs.recorded(work.build, options.stage):
            module.run(work)
        target = work.kb if options.stage == "database" else work.rows(options.stage)
        dependencies.write(record, target)
        if options.stage == "database" and DATA in work.corpus:
            _warn_of_unread(work)
    except EXPECTED as error:
        tell(f"错误：{as_told(error)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
