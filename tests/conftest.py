"""What several tests share: the bundled corpus built once, and real texts where they are."""

import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path("../shared")


@pytest.fixture(scope="session")
def realtext() -> Path:
    """A corpus folder of 631 official local regulations; not on a user's machine."""
    folder = SHARED / "realtext"
    if not folder.is_dir():
        pytest.skip(
            "../shared/realtext, 631 official texts kept outside the repository, is not here"
        )
    return folder


@pytest.fixture(scope="session")
def realdocs() -> Path:
    """A folder of 69 files as researchers keep them; not on a user's machine."""
    folder = SHARED / "realdocs"
    if not folder.is_dir():
        pytest.skip("../shared/realdocs, 69 real files kept outside the repository, is not here")
    return folder


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make with this environment's Python, as a user would."""
    command = ["make", "--no-print-directory", f"PYTHON={sys.executable}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """kb.db of the bundled corpus, built in a folder of its own."""
    folder = tmp_path_factory.mktemp("bundled")
    done = make(f"KB={folder}/kb.db", f"BUILD={folder}/build")
    assert done.returncode == 0, done.stderr
    return folder / "kb.db"
