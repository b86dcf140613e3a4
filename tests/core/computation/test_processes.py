"""Processes: results in the order of the tasks, and a process that the system ended is told in one line."""

import os
import signal
from functools import partial

import pytest

from pipeline.core.computation import processes
from pipeline.core.errors import CorpusError


def power(exponent, number):
    return number**exponent


def killed(number):
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("at_once", [1, 4, 100])
def test_results_come_in_the_order_of_the_tasks(jobs, at_once):
    found = processes.ordered(partial(power, 2), range(50), jobs, at_once)
    assert list(found) == [number**2 for number in range(50)]


def test_a_process_that_the_system_ended_is_a_mistake_in_one_line():
    with pytest.raises(CorpusError, match="^JOBS=2：一个进程被系统终止；改法：.*JOBS=1$"):
        list(processes.ordered(killed, range(20), 2))
