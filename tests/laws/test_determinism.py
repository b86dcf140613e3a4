"""Determinism: one corpus gives the same bytes under any locale, time zone, hash seed, number of processes, order of files.

The build on another Python is in docs/reliability.md, for it needs another environment.
"""

import os
import shutil
import subprocess
import sys

import pytest

from support import small_corpus

VARIED = {
    "locale and hash seed": {"LC_ALL": "C", "PYTHONHASHSEED": "0", "JOBS": "1"},
    "time zone and processes": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242", "JOBS": "3", "LANG": "tr_TR.UTF-8"},
    "a terminal that cannot print Chinese": {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "TZ": "America/Los_Angeles", "JOBS": "2"},
}  # fmt: skip


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The folder of a corpus that was built as it is built here."""
    folder = tmp_path_factory.mktemp("determinism")
    small_corpus.build(folder)
    return folder


@pytest.mark.parametrize("environment", VARIED.values(), ids=VARIED)
def test_the_bytes_do_not_depend_on_the_environment(first, environment):
    corpus, other = first / "corpus", first / "other"
    # The same files made in another order: the order in which a folder lists them.
    aside = corpus.rename(first / "aside")
    for path in sorted((p for p in aside.rglob("*") if p.is_file()), reverse=True):
        target = corpus / path.relative_to(aside)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    shutil.rmtree(aside)
    command = ["make", "--no-print-directory", f"PYTHON={sys.executable}", f"JOBS={environment['JOBS']}",
               f"CORPUS={corpus}", f"KB={other}/kb.db", f"BUILD={other}/build"]  # fmt: skip
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert (other / "kb.db").read_bytes() == (first / "kb.db").read_bytes()
    for rows in (first / "build").glob("*.jsonl"):
        if rows.name != "changes.jsonl":
            assert rows.read_bytes() == (other / "build" / rows.name).read_bytes(), rows.name
    shutil.rmtree(other)
