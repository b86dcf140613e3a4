"""Dependencies of a stage: the modules and data files that it used, recorded while it runs.

Writes  build/<stage>.d, a Makefile fragment: the stage's rows depend on these files

Python announces every file that it opens (audit event `open`, PEP 578), and keeps every module that
it loaded in `sys.modules`; so the list is what was used, not what someone thought of. A file that a
process of its own opened is reported by that process and added with `note`. Rows that one stage
reads from another are not recorded: the Makefile says them.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

DATA_SUFFIXES = (".toml", ".txt", ".jsonl", ".json", ".tsv", ".npy")
LOCK = Path("requirements.lock")  # the engines themselves: another version may read otherwise
_SPECIAL = str.maketrans({" ": r"\ ", "#": r"\#", "$": "$$", ":": r"\:", "%": r"\%"})
_opened: set[str] = set()
_folders: list[str] = []


def record(folders: Iterable[Path]) -> None:
    """Record from now on every file opened for reading in these folders, or below them.

    Args:
        folders: where data lie; a build's own output must not be among them.
    """
    first = not _folders
    _folders.extend(f"{os.path.abspath(folder)}{os.sep}" for folder in folders)  # noqa: PTH100
    if first:
        sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open":
        return
    path, mode, _ = arguments
    if isinstance(path, str | os.PathLike) and (mode is None or "r" in mode):
        place = os.path.abspath(path)  # noqa: PTH100 (a link keeps its own name, as make sees it)
        if isinstance(place, str) and place.startswith(tuple(_folders)):
            _opened.add(os.path.relpath(place))


def note(paths: Iterable[str]) -> None:
    """Add files that were used on this process's behalf: by a reader's process, or by an earlier run."""
    _opened.update(paths)


def used() -> list[str]:
    """The files used so far: our modules, data files, and the lock; relative to the working folder, sorted."""
    modules = (getattr(m, "__file__", None) for n, m in list(sys.modules.items()) if _is_ours(n))
    files = {os.path.relpath(path) for path in modules if path} | _opened | {str(LOCK)}
    return sorted(path for path in files if not path.endswith(".pyc") and Path(path).is_file())


def of_build(build: Path) -> list[str]:
    """The files used by all stages of a build so far, this process included, sorted."""
    files = set(used())
    for path in build.glob("*.d"):
        for rule in path.read_text(encoding="utf-8").splitlines()[1:]:
            files.add(re.sub(r"\\(.)", r"\1", rule.removesuffix(":")).replace("$$", "$"))
    return sorted(path for path in files if Path(path).is_file())


def unread(build: Path, folder: Path) -> list[str]:
    """The data files below a folder that no stage of a build read, sorted: misnamed, or left over."""
    files = (str(path) for path in folder.rglob("*") if path.suffix in DATA_SUFFIXES)
    return sorted(set(files) - set(of_build(build)))


def _is_ours(module: str) -> bool:
    return module == "__main__" or module.split(".")[0] == "pipeline"


@cache
def sha256(path: str) -> str | None:
    """The hash of a file's bytes; None where there is no such file."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


def write(path: Path, target: Path) -> None:
    """Write the Makefile fragment: the target depends on the files used so far.

    Every file also gets a rule of its own without recipe, so that a deleted one makes the target
    stale and does not stop make.
    """
    files = [name.translate(_SPECIAL) for name in used()]
    rules = [f"{str(target).translate(_SPECIAL)}: {' '.join(files)}\n", *(f"{f}:\n" for f in files)]
    part = path.with_name(path.name + ".part")
    part.write_text("".join(rules), encoding="utf-8")
    part.replace(path)
