"""Dependencies of a stage: the modules and data files that it used, recorded while it runs.

Writes  build/<stage>.d, a Makefile fragment: the stage's rows depend on these files

Python raises an audit event for every file that it opens (`open`, PEP 578) and keeps every loaded
module in `sys.modules`, so every file that Python code of this process reads is listed. Worker processes
and C libraries must report theirs, which are added with `note`. Rows that one stage reads from another
are not recorded: the Makefile lists them.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

# By its suffix a file is data and not code; one with another suffix is never reported as unread.
DATA_SUFFIXES = (".toml", ".txt", ".jsonl", ".json", ".tsv", ".npy")
# The versions of all libraries: another version may give other rows.
LOCK = Path("requirements.lock")
WHOLE = "WHOLE = yes\n"  # the last line of a record, a variable that nothing reads
_ESCAPES = str.maketrans({" ": r"\ ", "#": r"\#", "$": "$$", ":": r"\:"})
_opened_files: set[str] = set()
_folders: list[str] = []


def record(folders: Iterable[Path]) -> None:
    """From now on record every file opened for reading in or below these folders.

    Args:
        folders: folders of inputs; the build's own output must not be among them.
    """
    needs_hook = not _folders
    _folders.extend(f"{os.path.abspath(folder)}{os.sep}" for folder in folders)  # noqa: PTH100
    if needs_hook:
        sys.addaudithook(_record_open)


def _record_open(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open":
        return
    path, mode, _ = arguments
    if isinstance(path, str | os.PathLike) and (mode is None or "r" in mode):
        # Not Path.resolve(): make checks the time of the path as written, links included.
        absolute = os.path.abspath(path)  # noqa: PTH100
        if isinstance(absolute, str) and absolute.startswith(tuple(_folders)):
            _opened_files.add(os.path.relpath(absolute))


def folders() -> list[str]:
    """The folders whose files are recorded, as seen from the working folder."""
    return [os.path.relpath(folder) for folder in _folders]


def note(paths: Iterable[str]) -> None:
    """Add files that this process did not open itself: a subprocess or an earlier run used them."""
    _opened_files.update(paths)


def opened_since(known: set[str]) -> list[str]:
    """The files opened so far that are not known yet, which then are: what a process reports."""
    files = sorted(_opened_files - known)
    known.update(files)
    return files


def used() -> list[str]:
    """The files used so far: modules of `pipeline`, data files and the lock file.

    Returns:
        paths relative to the working folder, sorted; compiled modules are left out.
    """
    modules = [
        getattr(module, "__file__", None)
        for name, module in list(sys.modules.items())
        if _is_own_module(name)
    ]
    files = {os.path.relpath(path) for path in modules if path} | _opened_files | {str(LOCK)}
    return sorted(path for path in files if not path.endswith(".pyc") and Path(path).is_file())


def files_of_build(build: Path, running: str = "") -> list[str]:
    """The files used by the stages of a build so far and by this process, sorted.

    Args:
        build: folder of the records.
        running: the stage that this process runs: what an earlier run of it recorded is left out, so
            that a first build and a later one give the same list.
    """
    files = set(used())
    for path in build.glob("*.d"):
        if path.stem == running:
            continue
        for rule in path.read_text(encoding="utf-8").splitlines()[1:-1]:
            files.add(re.sub(r"\\(.)", r"\1", rule.removesuffix(":")).replace("$$", "$"))
    return sorted(path for path in files if Path(path).is_file())


def unread(build: Path, folder: Path) -> list[str]:
    """The data files below a folder that no stage of a build read, sorted: misnamed, or left over."""
    files = (str(path) for path in folder.rglob("*") if path.suffix in DATA_SUFFIXES)
    return sorted(set(files) - set(files_of_build(build)))


def _is_own_module(name: str) -> bool:
    return name == "__main__" or name.split(".")[0] == "pipeline"


@cache
def sha256(path: str) -> str | None:
    """The SHA-256 of a file's bytes; None where the file cannot be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


def used_hashes(document_files: Iterable[str] = ()) -> dict[str, str | None]:
    """The hashes of the files used so far; those of single documents are noted without one."""
    left_out = set(document_files)
    note(left_out)
    return {path: sha256(path) for path in used() if path not in left_out}


def are_current(hashes: Mapping[str, str | None]) -> bool:
    """Whether files still have these hashes; they then count as used, for what was made from them is."""
    if any(sha256(path) != noted for path, noted in hashes.items()):
        return False
    note(hashes)
    return True


def combined_sha256(paths: Iterable[str]) -> str:
    """SHA-256 over the SHA-256 hashes of files, in the given order."""
    combined = hashlib.sha256()
    for path in paths:
        combined.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return combined.hexdigest()


def write(path: Path, target: Path) -> None:
    """Write the Makefile fragment: the target depends on the files used so far, and is newer than it.

    Every file also gets an empty rule of its own: where a file was deleted, make then rebuilds the
    target instead of stopping. The last line says that the fragment is whole; make deletes one without it.

    Args:
        path: the fragment.
        target: the file that the stage makes.
    """
    names = [name.translate(_ESCAPES) for name in used()]
    rule = f"{_as_target(str(target).translate(_ESCAPES))}: {' '.join(names)}\n"
    part_path = path.with_name(path.name + ".part")
    rules = [rule, *(f"{_as_target(name)}:\n" for name in names), WHOLE]
    part_path.write_text("".join(rules), encoding="utf-8")
    part_path.replace(path)
    os.utime(target)


def _as_target(name: str) -> str:
    # a percent sign makes a target a pattern, and means nothing in what a named target needs
    return name.replace("%", r"\%")
