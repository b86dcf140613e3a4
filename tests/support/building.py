"""Builds: make as a user runs it, and small corpora written for one test."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

SHARED = Path("../shared")  # real texts, kept outside the repository
_OF_MAKE = {
    "MAKEFLAGS",
    "MAKEOVERRIDES",
    "MFLAGS",
    "MAKELEVEL",
}  # by which make passes on what it was given


def make(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run make with this environment's Python, as a user would, here or in another checkout.

    What the make that runs this was given (BUILD=… of `make bench`, say) is not passed on.
    """
    command = ["make", "--no-print-directory", f"PYTHON={sys.executable}", *arguments]
    own = {name: value for name, value in os.environ.items() if name not in _OF_MAKE}
    return subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)


def planned(kb: Path, build: Path, *arguments: str, folder: Path | None = None) -> list[str]:
    """The stages that make finds stale, in order; whether files came or went is left out of sight."""
    done = make("-n", "PLAN=1", f"KB={kb}", f"BUILD={build}", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return re.findall(r"(?m)^plan (\w+)", done.stdout)


def checkout(folder: Path) -> Path:
    """A copy of what a build needs, in which files may be touched, changed and deleted."""
    folder.mkdir(parents=True)
    for name in ("pipeline", "corpus"):
        shutil.copytree(name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (
        "Makefile",
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-cluster.lock",
    ):
        shutil.copy2(name, folder)
    (folder / ".venv").symlink_to(Path(".venv").resolve())
    return folder


def built(corpus: Path, folder: Path, *arguments: str, target: str = "kb.db") -> Path:
    """kb.db of a corpus folder, or another target, built in a folder, the rows in its build/."""
    paths = [f"CORPUS={corpus}", f"KB={folder}/kb.db", f"BUILD={folder}/build"]
    done = make(*paths, *arguments, f"{folder}/{target}")
    assert done.returncode == 0, done.stderr
    return folder / target


def write_document(corpus: Path, file: str, text: str, **entry: str) -> None:
    """Write one text into a corpus folder, and its entry, as TOML values, into sources.toml."""
    path = corpus / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    entry |= {"file": f'"{file}"', "sha256": f'"{hashlib.sha256(path.read_bytes()).hexdigest()}"'}
    with (corpus / "sources.toml").open("a", encoding="utf-8") as sources:
        sources.write("[[document]]\n" + "".join(f"{k} = {v}\n" for k, v in entry.items()) + "\n")


def excerpt(source: Path, titles: Iterable[str], corpus: Path) -> Path:
    """A corpus folder of the documents of another that have these titles, its files as links."""
    entries = (source / "sources.toml").read_text(encoding="utf-8").split("[[document]]")[1:]
    rows = [(tomllib.loads(entry), entry) for entry in entries]
    chosen = [(row, entry) for row, entry in rows if row["title"] in set(titles)]
    for row, _ in chosen:
        file = corpus / row["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.symlink_to((source / row["file"]).resolve())
    manifest = "".join(f"[[document]]{entry}" for _, entry in chosen)
    (corpus / "sources.toml").write_text(manifest, encoding="utf-8")
    return corpus


def once(folder: Path, work: Callable[[], object]) -> Path:
    """Do work into a folder that all processes of a test run share: the first one does it, others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".done").exists():
            work()
            (folder / ".done").touch()
    return folder
