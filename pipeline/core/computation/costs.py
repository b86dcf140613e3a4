"""Costs of a stage: how long its last run took and how much memory, kept beside its rows.

Writes  build/<stage>.cost

No rows depend on them: they tell how long the next build will take, and how a build grows with its corpus.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import jsonl


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a stage cost.

    Attributes:
        seconds: from its begin to its end, by the clock.
        processor: seconds of processor, those of its processes included.
        peak_mb: memory of its largest process, in megabytes; 0 where the system does not say.
    """

    seconds: float
    processor: float
    peak_mb: float


@contextmanager
def recorded(build: Path, stage: str) -> Iterator[None]:
    """Record what the work within costs, unless it fails."""
    began, processor = time.monotonic(), _use()[0]
    yield
    total, peak_mb = _use()
    cost = Cost(round(time.monotonic() - began, 2), round(total - processor, 2), round(peak_mb, 1))
    jsonl.write(build / f"{stage}.cost", [cost])


def read(build: Path) -> dict[str, Cost]:
    """The last cost of each stage that has run in a build folder; a file that cannot be read tells none."""
    found: dict[str, Cost] = {}
    for path in sorted(build.glob("*.cost")):
        with suppress(jsonl.DecodeError, IndexError):
            found[path.stem] = jsonl.read(path, Cost)[0]
    return found


def _use() -> tuple[float, float]:
    """Seconds of processor of this process and its ended ones, and the most memory of one, in megabytes."""
    if sys.platform == "win32":
        return time.process_time(), 0.0
    import resource  # not on Windows

    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    return sum(use.ru_utime + use.ru_stime for use in uses), max(u.ru_maxrss for u in uses) / unit
