"""Progress: how far a build is, and how long it will still take, as a bar on a terminal.

The estimate goes by what each stage took in its last run in this build folder, and by which stages can run at
once. Where a stage has never run there is none, and stages are counted. Elsewhere than on a terminal nothing is shown:
there the lines that stages print are enough.
"""

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pipeline.core.computation import processes

Plan = dict[str, frozenset[str]]  # stage → those that it waits for
_FORMAT = "{bar:20} {n_fmt}/{total_fmt} 步 {desc}"


def startable(waiting: Plan, running: Iterable[str], jobs: int) -> list[str]:
    """The stages that may be started now.

    >>> plan = {"b": frozenset("a"), "c": frozenset(), "d": frozenset()}
    >>> startable(plan, ["a"], 2), startable(plan, [], 2)
    (['c'], ['b', 'c'])
    """
    names = list(running)
    unfinished = {*waiting, *names}
    free = [stage for stage, others in waiting.items() if not others & unfinished]
    return free[: jobs - len(names)]


def seconds_left(
    waiting: Plan, running: Mapping[str, float], jobs: int, usual: Mapping[str, float]
) -> float | None:
    """How long the rest of a plan takes if every stage takes as long as it usually does.

    Args:
        waiting: stages that have not begun.
        running: for each that has, since when, in seconds.
        jobs: stages at once.
        usual: seconds of each stage; None is returned where one is not known.

    >>> usual = {"a": 4.0, "b": 3.0, "c": 2.0}
    >>> seconds_left({"b": frozenset("a"), "c": frozenset()}, {"a": 1.0}, 2, usual)
    6.0
    >>> seconds_left({"d": frozenset()}, {}, 2, usual) is None
    True
    """
    if not usual.keys() >= {*waiting, *running}:
        return None
    waiting, clock = dict(waiting), 0.0
    ends = {stage: max(usual[stage] - since, 0.0) for stage, since in running.items()}
    while waiting or ends:
        for stage in startable(waiting, ends, jobs):
            del waiting[stage]
            ends[stage] = clock + usual[stage]
        first = min(ends, key=lambda stage: ends[stage])
        clock = ends.pop(first)
    return clock


class Bar:
    """The bar of a build on a terminal; what stages print goes above it."""

    def __init__(self, total: int, usual: Mapping[str, float]) -> None:
        """Begin.

        Args:
            total: stages.
            usual: seconds of each, as far as they are known.
        """
        from tqdm import tqdm  # comes with spaCy

        self._usual, self._printed = usual, processes.queue()
        self._began: dict[str, float] = {}
        self._bar: Any = tqdm(total=total, bar_format=_FORMAT, dynamic_ncols=True, leave=False)

    def catching(self, stage_run: Callable[..., int]) -> Callable[..., int]:
        """A stage's run in a process of its own, whose lines are shown above the bar."""
        return _Caught(stage_run, self._printed.put)

    def show(self, waiting: Plan, running: Iterable[str], jobs: int) -> None:
        """Print the lines that have come, and draw the bar as things are now; take it away at the end."""
        while not self._printed.empty():
            self._bar.write(self._printed.get(), end="")
        now = time.monotonic()
        self._began = {stage: self._began.get(stage, now) for stage in running}
        since = {stage: now - began for stage, began in self._began.items()}
        left = seconds_left(waiting, since, jobs, self._usual)
        told = f"约还需 {left:.0f} 秒 " if left else ""
        self._bar.set_description_str(told + "、".join(self._began), refresh=False)
        self._bar.n = self._bar.total - len(waiting) - len(since)
        self._bar.refresh()
        if not (waiting or since):
            self._bar.close()


class Items:
    """Progress of a tool through items: a bar on a terminal, a line for each elsewhere."""

    def __init__(self, total: int) -> None:
        """Begin with so many items."""
        self._total, self._count, self._bar = total, 0, None
        if total and sys.stderr.isatty():
            from tqdm import tqdm

            form = "{bar:20} {n_fmt}/{total_fmt} 件 {desc}"
            self._bar = tqdm(total=total, bar_format=form, dynamic_ncols=True, leave=False)

    def step(self, name: str) -> None:
        """One more is done."""
        self._count += 1
        if self._bar is None:
            print(f"[{self._count}/{self._total}] {name}", file=sys.stderr, flush=True)
        else:
            self._bar.set_description_str(name, refresh=False)
            self._bar.update()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


class _Caught:
    """Runs a stage with standard output as a queue of texts."""

    def __init__(self, stage_run: Callable[..., int], put: Callable[[str], None]) -> None:
        self._stage_run, self._put = stage_run, put

    def __call__(self, *arguments: object) -> int:
        sys.stdout = _Lines(self._put)
        return self._stage_run(*arguments)


class _Lines:
    """A text stream that passes on whole lines, so that those of several processes do not mix."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put, self._rest = put, ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        if lines:
            self._put("\n".join(lines) + "\n")
        return len(text)

    def flush(self) -> None:
        """Nothing: a line is passed on as soon as it is complete."""
