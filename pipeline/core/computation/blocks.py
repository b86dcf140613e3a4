"""Blocks of tasks: computed elsewhere, a bounded number of them at a time, their results taken in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from typing import TypeVar

_AHEAD = (
    4  # blocks of a process that are under way, or wait for an earlier one's results to be taken
)
Task = TypeVar("Task")
Result = TypeVar("Result")
Answer = tuple[list[Result], list[str]]  # the results of a block, and files read for them


def of(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    """The tasks in blocks.

    >>> list(of("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    remaining = iter(tasks)
    while block := list(islice(remaining, size)):
        yield block


def in_order(
    submit: Callable[[list[Task]], "Future[Result]"], blocks: Iterable[list[Task]], processes: int
) -> Iterator[Result]:
    """What is made of each block, in their order.

    Args:
        submit: gives a block to a process.
        blocks: read only a few ahead.
        processes: that compute.
    """
    running: deque[Future[Result]] = deque()
    for block in blocks:
        running.append(submit(block))
        if len(running) > processes * _AHEAD:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()
