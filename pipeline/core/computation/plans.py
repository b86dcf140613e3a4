"""Plans: stages run at once, each in a process of its own, as far as they do not wait for each other.

A plan is a text that make writes: a line for each stage that is stale, in an order that they can be run in,
with the stages whose rows it is made from; its last line is `end`.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from multiprocessing.process import BaseProcess
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from pipeline.core.computation import processes
from pipeline.core.computation.progress import Bar, Plan, startable
from pipeline.core.errors import CorpusError

StageRun = Callable[[str, Callable[[str], None]], int]
_END = "end"  # the last line of a plan
_FEW = 2  # stages that load what they need themselves
_TICK = 0.3  # seconds between two pictures of the bar


def read(paths: Iterable[Path]) -> Plan:
    """The plan that files hold.

    Raises:
        CorpusError: it was cut off.
    """
    lines: list[list[str]] = []
    for path in paths:
        *rows, last = path.read_text(encoding="utf-8").splitlines() or [""]
        if last != _END:
            raise CorpusError(str(path), "构建的计划不全", "再运行一次 make")
        lines += map(str.split, rows)
    return {stage: frozenset(others) for stage, *others in lines}


def run(
    plan: Plan,
    stage_run: StageRun,
    jobs: int,
    libraries: Sequence[str],
    usual: Mapping[str, float] | None = None,
) -> int:
    """Run the stages; after one that fails no other is started.

    A mistake that two stages find at once, for both read the file that it is in, is told once.

    Args:
        plan: the stages.
        stage_run: runs one, given its name and what it tells a mistake to; its exit status.
        jobs: stages at once.
        libraries: loaded while the first stage runs, so that no later one needs to.
        usual: seconds that each stage takes, as far as they are known, to show a bar; None shows none.

    Returns:
        0, or 1 where one failed.
    """
    bar = None if usual is None else Bar(len(plan), usual)
    waiting, has_failed = dict(plan), False
    running: dict[str, BaseProcess] = {}
    mistakes, told = processes.queue(), set[str]()
    while running or (waiting and not has_failed):
        for stage in [] if has_failed else startable(waiting, running, jobs):
            del waiting[stage]
            function = bar.catching(stage_run) if bar else stage_run
            running[stage] = processes.start(function, stage, mistakes.put)
        _load(libraries if len(plan) > _FEW else ())
        for stage in processes.finished(running, _TICK if bar else None):
            has_failed |= _has_failed(stage, running.pop(stage))
        if bar:
            bar.show(waiting, running, jobs)
        _tell(mistakes, told)
    return int(has_failed)


def _load(libraries: Iterable[str]) -> None:
    for library in libraries:
        import_module(library)


def _tell(mistakes: SimpleQueue[str], told: set[str]) -> None:
    """Print the mistakes that were not told yet."""
    while not mistakes.empty():
        if (line := mistakes.get()) not in told:
            told.add(line)
            print(line, file=sys.stderr)


def _has_failed(stage: str, process: BaseProcess) -> bool:
    status = process.exitcode or 0
    if status < 0:
        found, fix = f"被系统终止（信号 {-status}）", "多半是内存不足，用 JOBS=1"
        print(f"错误：{stage}：{found}；改法：{fix}", file=sys.stderr)
    return status != 0
