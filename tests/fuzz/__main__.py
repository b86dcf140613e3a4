"""`make fuzz`: python -m fuzz SECONDS SEED BUILD KB JOBS [TARGET [NUMBER]]: tries inputs until the time is over.

Every input is made from its target, the seed and its number alone: what is found is tried again by naming these.
Exit status 1 if anything was found.
"""

import contextlib
import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from fuzz import hand_edited, queries, readers, requests

# Target → its share of the time, the seconds that one input may take, what it is.
TARGETS: dict[str, tuple[Any, float, int, str]] = {
    "readers": (readers, 0.45, 20, "文件：docx doc html mht pdf txt md"),
    "hand_edited": (hand_edited, 0.2, 20, "手写文件：corpus 下的 toml jsonl txt"),
    "requests": (requests, 0.2, 30, "网页地址：路径、参数、方法、请求头"),
    "queries": (queries, 0.15, 20, "读者的 SQL"),
}


class TooLong(BaseException):
    """An input took longer than it may."""


def attempted(
    attempt: Callable[[random.Random], str | None], name: str, seed: int, number: int
) -> str | None:
    """What is wrong after one input: what the target says, an error that nobody caught, or too long a time."""
    signal.setitimer(signal.ITIMER_REAL, TARGETS[name][2])
    try:
        return attempt(random.Random(f"{name} {seed} {number}"))
    except TooLong:
        return f"longer than {TARGETS[name][2]} s"
    except Exception:
        return traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def work(
    name: str, seed: int, numbers: range, seconds: float, paths: tuple[Path, Path], to: Connection
) -> None:
    """One process: tries every so many-th input of a target until a time; tells each number before, each find after."""

    def stop(*_: Any) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
        TARGETS[name][0].target(*paths) as attempt,
    ):
        until = time.monotonic() + seconds  # once all is loaded
        for number in numbers:
            if time.monotonic() > until:
                break
            to.send((number, None))
            if problem := attempted(attempt, name, seed, number):
                to.send((number, problem))
    to.send((None, None))


def run(
    name: str, seed: int, jobs: int, seconds: float, paths: tuple[Path, Path]
) -> tuple[int, list[tuple[int, str]]]:
    """How many inputs of a target were tried, and what was found."""
    context, last = multiprocessing.get_context("fork"), {}
    tried, found, processes = 0, [], []
    for job in range(jobs):
        here, there = context.Pipe(duplex=False)
        numbers = range(job, 10**9, jobs)
        process = context.Process(target=work, args=(name, seed, numbers, seconds, paths, there))
        process.start()
        there.close()
        processes.append(process)
        last[here] = -1
    while last:
        for here in wait(list(last)):
            try:
                number, problem = here.recv()
            except EOFError:
                found.append((last.pop(here), "the process died"))
                continue
            if number is None:
                del last[here]
                continue
            tried, last[here] = tried + (problem is None), number
            if problem:
                found.append((number, problem))
    for process in processes:
        process.join()
    return tried, found


def main(seconds: int, seed: int, paths: tuple[Path, Path], jobs: int, names: list[str]) -> int:
    """Try all targets, and print a line for each and every find; the exit status is returned."""
    total, finds, began = 0, 0, time.monotonic()
    whole = sum(TARGETS[name][1] for name in names)
    for name in names:
        start = time.monotonic()
        tried, found = run(name, seed, jobs, seconds * TARGETS[name][1] / whole, paths)
        took = time.monotonic() - start
        print(
            f"{TARGETS[name][3]}：{tried} 个输入，{took:.0f} 秒，发现 {len(found)} 个", flush=True
        )
        for number, problem in found[:40]:
            print(f"  {name} {number}: {problem}", flush=True)
        total, finds = total + tried, finds + len(found)
    print(f"合计 {total} 个输入，{time.monotonic() - began:.0f} 秒，种子 {seed}，发现 {finds} 个")
    return 1 if finds else 0


def again(name: str, seed: int, number: int, paths: tuple[Path, Path]) -> int:
    """Try one input anew, in this process."""
    with TARGETS[name][0].target(*paths) as attempt:
        problem = attempt(random.Random(f"{name} {seed} {number}"))
    print(problem or "没有问题")
    return 1 if problem else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    places = (Path(given[2]).resolve(), Path(given[3]).resolve())
    if len(given) > 6:
        sys.exit(again(given[5], int(given[1]), int(given[6]), places))
    sys.exit(main(int(given[0]), int(given[1]), places, int(given[4]), given[5:6] or list(TARGETS)))
