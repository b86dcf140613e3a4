"""Tasks for processes and workers: functions of a module that they can import."""

import os
import signal
from pathlib import Path

from pipeline.core.errors import CorpusError


def power(exponent: int, number: int) -> int:
    """A result that tells which task it is of."""
    return number**exponent


def killing_the_worker(done: Path, number: int) -> int:
    """The first process to come here kills its worker."""
    if number == 17 and not done.exists():
        done.touch()
        os.kill(os.getppid(), signal.SIGKILL)
    return number


def killed_once(done: Path, number: int) -> int:
    """The first process to come here kills itself."""
    if number == 17 and not done.exists():
        done.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def faulty(number: int) -> int:
    """A user's mistake."""
    if number >= 7:
        raise CorpusError(str(number), "坏了", "修好")
    return number


def reading(number: int) -> int:
    """Opens a data file, and prints."""
    Path("corpus/topics.toml").read_text(encoding="utf-8")
    print(f"read{number}")
    return number
