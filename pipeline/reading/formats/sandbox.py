"""Bounded reading: a reader works in a process of its own, with so much memory and time and no more.

Readers parse what strangers made. One that runs wild is ended, and the file is refused in one line.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.core import dependencies
from pipeline.core.errors import CorpusError
from pipeline.core.settings import READING

_ROOT = Path(__file__).resolve().parents[3]


def read(path: Path, kind: str) -> tuple[str, str | None, int]:
    """Read one file in a process of its own.

    Returns:
        the text as the reader found it, the title that the file carries, and how many pictures it has.

    Raises:
        CorpusError: what the reader says, or that it went over a bound or broke.
    """
    found = answer(path, [sys.executable, "-P", "-m", "pipeline.reading.formats", kind, str(path)])
    dependencies.note(found["used"])
    if refused := found.get("refused"):
        raise CorpusError(*refused)
    return found["text"], found["title"], found["pictures"]


def answer(path: Path, command: list[str]) -> dict[str, Any]:
    """What a process prints as JSON about a file; it is ended when its time is over.

    Raises:
        CorpusError: the process was ended, or broke off without an answer.
    """
    known = os.environ | {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command, capture_output=True, env=known, timeout=READING.seconds, check=False
        )
        return dict(json.loads(done.stdout.decode("utf-8")))
    except subprocess.TimeoutExpired:
        raise _wild(path, f"{READING.seconds} 秒还没有读完") from None
    except ValueError:
        raise _wild(path, "没有读完就中断了，多半是内存或时间超过限度") from None


def _wild(path: Path, found: str) -> CorpusError:
    fix = "多半是文件残缺；用 Word 或浏览器打开，另存后再添加（限度见 pipeline/core/settings.toml [reading]）"
    return CorpusError(str(path), f"阅读{found}", fix)


def limit() -> None:
    """Bound the memory and processor time of this process, where the system can."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, READING.memory_bytes), (resource.RLIMIT_CPU, READING.seconds),
                       (resource.RLIMIT_CORE, 0)):  # fmt: skip
        try:
            hard = resource.getrlimit(what)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (most, hard))
        except (ValueError, OSError):  # macOS does not bound RLIMIT_AS
            continue
