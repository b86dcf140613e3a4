"""The licences of the locked packages, from what each installed package says of itself.

Usage: licences.py [LOCK]: a Markdown table of package, version, licence; exit status 1 where one says nothing.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

_CLASSIFIER = "License :: "


def licence(name: str) -> str | None:
    """The licence of an installed package; None where it is not installed, "" where it says none."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None
    classified = [
        line.removeprefix(_CLASSIFIER).removeprefix("OSI Approved :: ")
        for line in about.get_all("Classifier", [])
        if line.startswith(_CLASSIFIER)
    ]
    stated = (about.get("License-Expression") or about.get("License") or "").strip()
    is_told = stated not in ("", "UNKNOWN") and len(stated) < 200
    return stated.split("\n")[0][:60] if is_told else ", ".join(classified)


def main(lock: Path) -> int:
    """Print the table; the exit status is returned."""
    silent = 0
    print("| package | version | licence |\n|---|---|---|")
    for name, version in re.findall(r"(?m)^([\w.-]+)==([\w.]+)", lock.read_text(encoding="utf-8")):
        found = licence(name)
        silent += found == ""
        print(f"| {name} | {version} | {'not on this system' if found is None else found or '?'} |")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "requirements.lock")))
