"""Where a build is computed changes nothing: one process, two, or two workers of a Dask scheduler, one killed."""

import os
import random
import signal
import threading
import time

import pytest

from support import volunteers
from support.building import make

distributed = pytest.importorskip(
    "distributed", reason="distributed, the extra `cluster`, is not installed"
)


def rows(folder):
    """The bytes of all rows, and of kb.db."""
    files = [*(folder / "build").glob("*.jsonl"), folder / "kb.db"]
    return {path.name: path.read_bytes() for path in files}


def build(corpus, folder, *arguments):
    done = make(f"CORPUS={corpus}", f"BUILD={folder}/build", f"KB={folder}/kb.db", *arguments)
    assert done.returncode == 0, done.stderr


def kill_when(there, pid, killed):
    """Kill a process as soon as a file is there."""
    while not there.exists():
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    killed.append(pid)


def test_one_process_two_and_a_cluster_with_a_killed_worker_give_the_same_bytes(tmp_path):
    corpus, killed = tmp_path / "mine", []
    volunteers.write(corpus, volunteers.documents(8, random.Random(1)))
    for jobs in "12":
        build(corpus, tmp_path / jobs, f"JOBS={jobs}")
    assert rows(tmp_path / "1") == rows(tmp_path / "2")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as workers,
        distributed.Client(workers, set_as_default=False) as client,
    ):
        pid = min(client.run(os.getpid).values())
        first = tmp_path / "cluster/build/documents.jsonl"
        threading.Thread(target=kill_when, args=(first, pid, killed), daemon=True).start()
        build(corpus, tmp_path / "cluster", f"SCHEDULER={workers.scheduler_address}")
    assert killed
    assert rows(tmp_path / "1") == rows(tmp_path / "cluster")


def test_a_scheduler_that_is_not_there_is_told_in_one_line(tmp_path):
    volunteers.write(tmp_path / "mine", volunteers.documents(8, random.Random(1)))
    paths = f"CORPUS={tmp_path}/mine", f"BUILD={tmp_path}/build", f"KB={tmp_path}/kb.db"
    done = make(*paths, "SCHEDULER=tcp://127.0.0.1:9")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode and len(lines) == 1, done.stderr
    assert lines[0].startswith("错误：SCHEDULER=tcp://127.0.0.1:9：连不上调度器；改法：")
