"""How the time of every regular expression grows with an input made to slow it down.

Usage: PYTHONPATH=.:tests expressions.py [SIZE]. Prints those that take long: seconds for SIZE characters, growth
(2 = with the square of the length), how they are used, where they are compiled, and the input.
"""

import math
import re
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

from support import expressions

STOPS = 2.0  # seconds after which an input is given up
TELLS = 0.02  # seconds from which an expression is told
Slow = tuple[float, float, bool, tuple[str, str, str]]


def seconds(expression: re.Pattern[str], text: str, whole: bool) -> float:
    """Processor time to match a text from its beginning, or to find all matches in it."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, STOPS)  # re looks for signals while it matches
    try:
        if whole:
            expression.match(text)
        else:
            for _ in expression.finditer(text):
                pass
    except TimeoutError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def slow(pattern: str, flags: int, size: int) -> Iterator[Slow]:
    """The attacks on an expression that take long: seconds, growth, whether matched from the beginning, parts."""
    expression = re.compile(pattern, flags)
    for parts in expressions.attacks(pattern, flags):
        lead, pump, end = parts
        for whole in (True, False):
            half, full = (
                min(seconds(expression, lead + pump * (n // len(pump)) + end, whole) for _ in "12")
                for n in (size // 2, size)
            )
            if full > TELLS:
                yield full, math.log2(full / max(half, 1e-6)), whole, parts


def stop(*_: Any) -> None:
    """What the timer does."""
    raise TimeoutError


def main(size: int) -> None:
    """Print the slowest attack on each expression that takes long."""
    signal.signal(signal.SIGVTALRM, stop)
    compiled = expressions.of_the_project()
    print(len(compiled), "expressions,", size, "characters")
    worst = []
    for (pattern, flags), where in compiled.items():
        if told := next(slow(pattern, flags, size), None):
            worst.append((*told, where, pattern))
    for took, growth, whole, parts, where, pattern in sorted(worst, reverse=True):
        use = "match" if whole else "find"
        print(f"{took:7.3f} s {growth:5.1f} {use:5} {where} {parts} {pattern[:90]!r}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
