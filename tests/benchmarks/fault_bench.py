"""A bench for faults: a small corpus, built, to which every fault returns, and what must hold after one."""

import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from support import small_corpus
from support.building import make

SECONDS = 600  # of one build, at most
EDITED = "jx-2023-danche"  # the document that is edited before each fault
LINE = re.compile(r"^错误：.+；改法：.+$", re.MULTILINE)


class Skipped(Exception):
    """This machine does not permit the fault, and why."""


class Broken(Exception):
    """A law that a fault broke."""


@dataclass
class Bench:
    """A folder with a built small corpus, to which every fault returns.

    Attributes:
        folder: holds corpus/, build/, kb.db.
        store: copies of it as first built.
        dice: seeded.
    """

    folder: Path
    store: Path
    dice: random.Random
    old: bytes = b""
    new: bytes = b""
    seconds: float = 0.0  # of an undisturbed build after an edit

    @property
    def kb(self) -> Path:
        return self.folder / "kb.db"

    @property
    def build_folder(self) -> Path:
        return self.folder / "build"

    def prepare(self) -> None:
        """Build once as it was, once edited, and keep both."""
        small_corpus.build(self.folder, jobs=2)
        self.old = self.kb.read_bytes()
        shutil.copytree(self.folder, self.store, symlinks=True)
        edit(self.folder)
        began = time.monotonic()
        expect(self.make().returncode == 0, "the edited corpus does not build")
        self.seconds, self.new = time.monotonic() - began, self.kb.read_bytes()
        expect(self.old != self.new, "the edit changes nothing")

    def restore(self) -> None:
        """Everything as first built, times of files included."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.store, self.folder, symlinks=True, dirs_exist_ok=True)

    def command(self, *more: str) -> list[str]:
        paths = [f"CORPUS={self.folder}/corpus", f"KB={self.kb}", f"BUILD={self.build_folder}"]
        return ["make", "--no-print-directory", f"PYTHON={sys.executable}", "JOBS=2", *paths, *more]

    def make(self, *more: str) -> subprocess.CompletedProcess[str]:
        """A build that nothing disturbs, or that what was done before disturbs."""
        return make(*self.command(*more)[3:])

    def start(self, *more: str, before: str = "") -> subprocess.Popen[str]:
        """A build in a process group of its own.

        Args:
            more: for make.
            before: shell words before it: ulimit.
        """
        command = self.command(*more)
        if before:
            command = ["sh", "-c", f'{before} && exec "$@"', "sh", *command]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )  # fmt: skip


Fault = Callable[[Bench], str]  # injects the fault; what the build told


def expect(holds: bool, law: str) -> None:
    if not holds:
        raise Broken(law)


def edit(folder: Path, text: str = "第九条 运营企业应当每季度公布投放数量。") -> None:
    """Add an article to a document, and note its new hash."""
    corpus = folder / "corpus"
    path = corpus / f"texts/{EDITED}.md"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{text}", encoding="utf-8")
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest = corpus / "sources.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def ended(process: subprocess.Popen[str]) -> str:
    """What a build printed, when it has ended."""
    return process.communicate(timeout=SECONDS)[0]


def mistake(told: str) -> str:
    """The one line of a build that must have failed."""
    lines = LINE.findall(told)
    expect(bool(lines), f"not told in a line: {told[-400:]}")
    return str(lines[0])


def kill_all(process: subprocess.Popen[str]) -> str:
    """Kill a build with all its processes; what it told."""
    if process.poll() is not None:
        process.communicate()
        return "构建已先结束"
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return "被终止，无话"


def until(ready: Callable[[], bool], process: subprocess.Popen[str]) -> bool:
    """Wait for something; whether it came before the process ended."""
    while process.poll() is None:
        if ready():
            return True
        time.sleep(0.001)
    return False


def written(path: Path) -> Callable[[], bool]:
    """Whether a file has been replaced since now."""
    before = path.stat().st_ino if path.exists() else None
    return lambda: path.exists() and path.stat().st_ino != before


def children(pid: int) -> list[int]:
    """The processes that a process started (Linux)."""
    with suppress(OSError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def of_build(process: subprocess.Popen[str], depth: int) -> list[int]:
    """Processes of a build: 0 the one that runs the plan, 1 stages, 2 their workers."""
    level = [process.pid]
    while level and not any(b"pipeline\0build" in _words(pid) for pid in level):
        level = [pid for parent in level for pid in children(parent)]
    for _ in range(depth):
        level = [pid for parent in level for pid in children(parent)]
    return level


def _words(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def check_answers(bench: Bench) -> None:
    """The old or the new kb.db lies there whole."""
    expect(
        bench.kb.read_bytes() in (bench.old, bench.new), "kb.db is neither the old nor the new one"
    )
    with sqlite3.connect(f"file:{bench.kb}?mode=ro", uri=True) as connection:
        expect(
            connection.execute("select count(*) from gaps").fetchone()[0] > 0, "kb.db has no gaps"
        )


def try_fault(bench: Bench, fault: Fault, spoils_kb: bool = False) -> str:
    """Inject a fault into a build of the edited corpus; what it told.

    Args:
        bench: prepared.
        fault: injects it.
        spoils_kb: whether the fault itself spoils kb.db.

    Raises:
        Broken: a law does not hold afterwards.
        Skipped: the fault cannot be made here.
    """
    bench.restore()
    edit(bench.folder)
    told = fault(bench) or ""
    expect("Traceback" not in told, f"a traceback: {told}")
    if not spoils_kb:
        check_answers(bench)
    settled(bench)
    expect(bench.kb.read_bytes() == bench.new, "the next build has other bytes")
    parts = [str(p.relative_to(bench.folder)) for p in bench.folder.rglob("*.part*") if p.is_file()]
    expect(not parts, f"left: {parts}")
    return told


def settled(bench: Bench) -> None:
    """The next build succeeds, at once or when the processes of the last have ended."""
    for _ in range(20):
        done = bench.make()
        if done.returncode == 0:
            return
        expect("另一次构建正在" in done.stderr, f"the next build fails: {done.stderr[-300:]}")
        time.sleep(0.5)
    raise Broken("the last build never ended")
