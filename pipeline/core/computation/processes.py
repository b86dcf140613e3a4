"""Processes: one function over many tasks, by several processes, in the tasks' order.

Neither the number of processes nor their machine changes a result: a task depends on nothing but its arguments
and the data files. Tasks are sent in blocks, a few ahead of the one whose results are taken, so that memory
does not grow with their number.
"""

import ctypes
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing.queues import SimpleQueue
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

from pipeline.core import dependencies
from pipeline.core.computation import blocks, cluster
from pipeline.core.errors import CorpusError

# Copies of a process, with all that it has read, are safe on Linux only; elsewhere one process computes.
_CAN_FORK = sys.platform == "linux"
_PR_SET_PDEATHSIG = 1  # of prctl(2)
Workers = int | str  # so many processes of this machine, or the address of a Dask scheduler
Task = TypeVar("Task")
Result = TypeVar("Result")


def ordered(
    function: Callable[[Task], Result], tasks: Iterable[Task], workers: Workers, at_once: int = 1
) -> Iterator[Result]:
    """The results of all tasks, in their order.

    Files that a process reads are noted as read by this one.

    Args:
        function: a function of a module, or a `partial` of one; what it holds reaches every process once.
        tasks: arguments.
        workers: processes of this machine, 1 computes in this one; or the address of a Dask scheduler.
        at_once: tasks sent to a process at once; where there are no more, this process computes them.

    Raises:
        CorpusError: the system ended a process, or the scheduler cannot be used.
    """
    remaining = iter(tasks)
    first = list(islice(remaining, at_once + 1))
    is_local = workers == 1 or (isinstance(workers, int) and not _CAN_FORK)
    if is_local or len(first) <= at_once:
        with threadpool_limits(1):  # small matrices: more threads only wait for each other
            yield from map(function, chain(first, remaining))
        return
    batches = blocks.of(chain(first, remaining), at_once)
    answers = (
        cluster.ordered(function, batches, workers)
        if isinstance(workers, str)
        else _on_this_machine(function, batches, workers)
    )
    for results, files in answers:
        dependencies.note(files)
        yield from results


def _on_this_machine(
    function: Callable[[Task], Result], batches: Iterable[list[Task]], jobs: int
) -> Iterator[blocks.Answer[Result]]:
    try:
        with ProcessPoolExecutor(jobs, _context(), _begin, (function,)) as pool:
            yield from blocks.in_order(lambda block: pool.submit(_answer, block), batches, jobs)
    except BrokenProcessPool:
        found, fix = "一个进程被系统终止", "多半是内存不足，用 JOBS=1"
        raise CorpusError(f"JOBS={jobs}", found, fix) from None


# Of a worker process.
_FUNCTIONS: list[Callable[[Any], Any]] = []
_REPORTED: set[str] = set()


def _begin(function: Callable[[Any], Any]) -> None:
    _end_with_parent()
    threadpool_limits(1)
    _FUNCTIONS.append(function)


def _answer(tasks: list[Any]) -> blocks.Answer[Any]:
    """The results of a block, with the files that this process has opened since the last one."""
    results = list(map(_FUNCTIONS[0], tasks))
    return results, dependencies.opened_since(_REPORTED)


def _end_with_parent() -> None:
    """Let the system end this process with the one that started it: killed, that could not do so itself."""
    if _CAN_FORK:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _context() -> ForkContext | SpawnContext:
    """Processes that begin with all that this one has read; elsewhere, empty ones."""
    if _CAN_FORK:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def queue() -> SimpleQueue[str]:
    """Lines from processes to this one."""
    return _context().SimpleQueue()


def start(function: Callable[..., int], *arguments: object) -> BaseProcess:
    """Start a function in a process of its own, whose exit status is what the function returns."""
    process = _context().Process(target=_exit, args=(function, *arguments))
    process.start()
    return process


def _exit(function: Callable[..., int], *arguments: object) -> None:
    _end_with_parent()
    sys.exit(function(*arguments))


def finished(running: Mapping[str, BaseProcess], timeout: float | None = None) -> list[str]:
    """Wait until one of some processes has ended; the names of those that have.

    Args:
        running: the processes.
        timeout: seconds to wait at most.
    """
    wait([process.sentinel for process in running.values()], timeout)
    return [name for name, process in running.items() if not process.is_alive()]
