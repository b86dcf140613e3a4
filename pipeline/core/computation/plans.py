"""Plans: stages run at once, each in a process of its own, as far as they do not wait for each other.

A plan is a text that make writes: a line for each stage that is stale, in an order that they can be run in,
with the stages whose rows it is made from.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path

from pipeline.core.computation import processes

Plan = dict[str, frozenset[str]]  # stage → those that it waits for
StageRun = Callable[[str, Callable[[str], None]], int]
_FEW = 2  # stages that load what they need themselves


def read(paths: Iterable[Path]) -> Plan:
    """The plan that files hold."""
    lines = [
        line.split() for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return {stage: frozenset(others) for stage, *others in lines}


def run(plan: Plan, stage_run: StageRun, jobs: int, libraries: Sequence[str]) -> int:
    """Run the stages; after one that fails no other is started.

    A mistake that two stages find at once, for both read the file that it is in, is told once.

    Args:
        plan: the stages.
        stage_run: runs one, given its name and what it tells a mistake to; its exit status.
        jobs: stages at once.
        libraries: loaded while the first stage runs, so that no later one needs to.

    Returns:
        0, or 1 where one failed.
    """
    waiting = dict(plan)
    running: dict[str, BaseProcess] = {}
    has_failed, mistakes, told = False, processes.queue(), set[str]()
    while running or (waiting and not has_failed):
        for stage in [] if has_failed else startable(waiting, running, jobs):
            del waiting[stage]
            running[stage] = processes.start(stage_run, stage, mistakes.put)
        if len(plan) > _FEW:
            for library in libraries:
                import_module(library)
        for stage in processes.finished(running):
            has_failed |= _has_failed(stage, running.pop(stage))
        while not mistakes.empty():
            if (line := mistakes.get()) not in told:
                told.add(line)
                print(line, file=sys.stderr)
    return int(has_failed)


def startable(waiting: Plan, running: Iterable[str], jobs: int) -> list[str]:
    """The stages that may be started now.

    >>> plan = {"b": frozenset("a"), "c": frozenset(), "d": frozenset()}
    >>> startable(plan, ["a"], 2), startable(plan, [], 2)
    (['c'], ['b', 'c'])
    """
    unfinished = {*waiting, *running}
    free = [stage for stage, others in waiting.items() if not others & unfinished]
    return free[: jobs - len([*running])]


def _has_failed(stage: str, process: BaseProcess) -> bool:
    status = process.exitcode or 0
    if status < 0:
        found, fix = f"被系统终止（信号 {-status}）", "多半是内存不足，用 JOBS=1"
        print(f"错误：{stage}：{found}；改法：{fix}", file=sys.stderr)
    return status != 0
