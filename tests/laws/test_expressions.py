"""No text can hold up a regular expression: time grows at most with the square of a line's length.

No test reads the clock. Every expression is run in one process with bounded processor time, on inputs made
to slow it down; an expression that tries every way through a line would need longer than the universe.
"""

import resource
import subprocess
import sys

import pytest

# Characters of an attack. An exponential expression does not end; one that grows with the cube takes minutes.
SIZE = 120
SECONDS = 120  # of processor time for all; they need about 20

_RUN = """
import re
from support import expressions
for (pattern, flags), where in {given}.items():
    expression = re.compile(pattern, flags)
    print(where, pattern, flush=True)
    for lead, pump, end in expressions.attacks(pattern, flags):
        text = lead + pump * ({size} // len(pump)) + end
        expression.match(text)
        expression.search(text)
print("all")
"""


def last_line(given: str, seconds: int) -> str:
    """What is printed last when some expressions are attacked within so many seconds of processor time."""
    process = subprocess.run(
        [sys.executable, "-c", _RUN.format(given=given, size=SIZE)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ".:tests", "PYTHONIOENCODING": "utf-8"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
    )
    assert process.stdout, process.stderr
    return process.stdout.splitlines()[-1]


def test_no_expression_tries_every_way_through_a_line():
    assert last_line("expressions.of_the_project()", SECONDS) == "all"


@pytest.mark.parametrize("pattern", ["(?:甲|甲乙?|乙)*。", "(a+)+$", "(?:等[^,]{0,12}|也|,)*废止"])
def test_the_law_can_fail(pattern):
    """An expression of this kind is found out, whatever it is built from."""
    assert pattern in last_line(f"{{({pattern!r}, 32): 'here'}}", 5)
