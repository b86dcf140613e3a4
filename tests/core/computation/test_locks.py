"""Locks: the second of two is refused in one line; a killed holder leaves none."""

import multiprocessing
import os
import signal

import pytest

from pipeline.core.computation import locks
from pipeline.core.errors import CorpusError


def hold(path, connection):
    with locks.exclusive(path):
        connection.send("held")
        signal.pause()


@pytest.fixture
def holder(tmp_path):
    """A process that holds the lock of a file."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=hold, args=(tmp_path / "f", there))
    process.start()
    assert here.recv() == "held"
    yield process
    process.kill()


def test_the_second_is_refused_until_the_first_is_killed(holder, tmp_path):
    with pytest.raises(CorpusError, match="另一次构建正在写这里"), locks.exclusive(tmp_path / "f"):
        raise AssertionError
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with locks.exclusive(tmp_path / "f"):
        pass


def test_a_lock_changes_no_byte_of_its_file(tmp_path):
    (tmp_path / "f").write_bytes(b"old")
    with locks.exclusive(tmp_path / "f"):
        assert (tmp_path / "f").read_bytes() == b"old"
