"""Cluster: what workers of a Dask scheduler compute is what one process computes; a killed one changes nothing."""

import os
import sys
from functools import partial
from pathlib import Path

import pytest

from pipeline.core import dependencies
from pipeline.core.computation import cluster, processes
from pipeline.core.errors import CorpusError
from support import tasks

distributed = pytest.importorskip(
    "distributed", reason="distributed, the extra `cluster`, is not installed"
)


@pytest.fixture(scope="module")
def address():
    """Two workers, each a process of its own, on loopback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", "tests")  # for the functions of support.tasks
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as workers:
            yield workers.scheduler_address


def test_results_come_in_the_order_of_the_tasks(address):
    found = processes.ordered(partial(tasks.power, 2), range(50), address, 4)
    assert list(found) == [number**2 for number in range(50)]


def test_a_worker_that_is_killed_costs_no_result(address, tmp_path):
    found = processes.ordered(
        partial(tasks.killing_the_worker, tmp_path / "done"), range(40), address, 4
    )
    assert list(found) == [*range(40)]
    assert (tmp_path / "done").exists()


def test_a_process_of_a_worker_that_is_killed_costs_no_result(address, tmp_path):
    found = processes.ordered(partial(tasks.killed_once, tmp_path / "done"), range(40), address, 4)
    assert list(found) == [*range(40)]
    assert (tmp_path / "done").exists()


def test_an_error_of_a_worker_is_told_as_it_is(address):
    with pytest.raises(CorpusError, match="^7：坏了；改法：修好$"):
        list(processes.ordered(tasks.faulty, range(40), address, 4))


def test_what_a_worker_prints_and_reads_is_known_here(address, capsys, monkeypatch):
    monkeypatch.setattr(dependencies, "_opened_files", set())
    monkeypatch.setattr(dependencies, "_folders", [f"{Path('corpus').absolute()}{os.sep}"])
    assert list(processes.ordered(tasks.reading, range(3), address, 1)) == [0, 1, 2]
    assert sorted(capsys.readouterr().out.split()) == ["read0", "read1", "read2"]
    assert "corpus/topics.toml" in dependencies.used()


def test_a_worker_with_other_files_is_refused(address, monkeypatch):
    monkeypatch.setattr(dependencies, "used_hashes", lambda: {"corpus/topics.toml": "0"})
    with pytest.raises(CorpusError, match="corpus/topics.toml 与构建所在的不同"):
        list(processes.ordered(partial(tasks.power, 2), range(9), address))


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:9", "nonsense://"])
def test_a_scheduler_that_is_not_there_is_a_mistake_in_one_line(wrong, monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with pytest.raises(
        CorpusError, match=f"^SCHEDULER={wrong}：连不上调度器；改法：.*dask scheduler"
    ):
        list(processes.ordered(partial(tasks.power, 2), range(9), wrong))


def test_a_missing_package_is_a_mistake_in_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        CorpusError, match="没有安装 distributed；改法：.*requirements-cluster.lock"
    ):
        list(processes.ordered(partial(tasks.power, 2), range(9), "tcp://127.0.0.1:9"))


def test_a_scheduler_without_workers_is_a_mistake_in_one_line(monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty,
        pytest.raises(CorpusError, match="调度器没有工人；改法：.*dask worker"),
    ):
        list(processes.ordered(partial(tasks.power, 2), range(9), empty.scheduler_address))
