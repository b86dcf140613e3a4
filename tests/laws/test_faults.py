"""Faults that are tried at every test run; `make faults` tries all kinds and many more kills."""

import random
import shutil
import sys

import pytest

from benchmarks.fault_bench import Bench, try_fault
from benchmarks.fault_kinds import KINDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are told by /proc")
TRIED = ("kill -9：gaps 刚写完", "两次构建，同一文件夹", "*.d 残缺", "语料文件在构建中消失")


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A small corpus, built."""
    folder = tmp_path_factory.mktemp("faults")
    bench = Bench(folder / "bench", folder / "store", random.Random(1))
    bench.prepare()
    yield bench
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", TRIED)
def test_after_a_fault_the_old_database_is_there_and_the_next_build_is_right(bench, name):
    try_fault(bench, KINDS[name])
