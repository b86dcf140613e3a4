"""Sandbox: a file is parsed in a process of its own, with bounded memory and time.

Files come from strangers. A parser that exceeds its bounds is ended, and the file is refused.
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

    Args:
        path: the file.
        kind: its format, a key of `detection.NAMES`.

    Returns:
        the text, the title that the file carries, and the number of its pictures.

    Raises:
        CorpusError: the reader refuses the file, exceeds a bound, or breaks off.
    """
    command = [sys.executable, "-P", "-m", "pipeline.reading.formats", kind, str(path)]
    content = answer(path, command)
    dependencies.note(content["used"])
    if refusal := content.get("refused"):
        raise CorpusError(*refusal)
    return content["text"], content["title"], content["pictures"]


def answer(path: Path, command: list[str]) -> dict[str, Any]:
    """The JSON that a process prints about a file; the process is ended when its time is over.

    Raises:
        CorpusError: the process was ended, or broke off without an answer.
    """
    environment = os.environ | {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}
    try:
        process = subprocess.run(
            command, capture_output=True, env=environment, timeout=READING.seconds, check=False
        )
        return dict(json.loads(process.stdout.decode("utf-8")))
    except subprocess.TimeoutExpired:
        raise _unfinished(path, f"{READING.seconds} 秒还没有读完") from None
    except ValueError:
        raise _unfinished(path, "没有读完就中断了，多半是内存或时间超过限度") from None


def _unfinished(path: Path, found: str) -> CorpusError:
    fix = "多半是文件残缺；用 Word 或浏览器打开，另存后再添加（限度见 pipeline/core/settings.toml [reading]）"
    return CorpusError(str(path), f"阅读{found}", fix)


def limit() -> None:
    """Bound the memory and processor time of this process, where the system can."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    bounds = {
        resource.RLIMIT_AS: READING.memory_bytes,
        resource.RLIMIT_CPU: READING.seconds,
        resource.RLIMIT_CORE: 0,
    }
    for bound, most in bounds.items():
        try:
            hard = resource.getrlimit(bound)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(bound, (most, hard))
        except (ValueError, OSError):  # macOS does not bound RLIMIT_AS
            continue
