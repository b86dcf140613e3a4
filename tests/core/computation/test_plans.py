"""Plans: every stage runs once, after those that it waits for; nothing is started after a failure."""

import contextlib
import os
import pty
import re
import signal
import sys
import termios
from functools import partial

import pytest

from pipeline.core.computation import plans

PLAN = {"b": {"a"}, "a": set(), "c": {"a"}, "d": {"b", "c"}, "e": set()}
PLAN = {stage: frozenset(others) for stage, others in PLAN.items()}


def note(folder, failing, stage, tell):
    """A stage: notes which stages had ended when it began."""
    ended = sorted(path.name for path in folder.iterdir())
    if stage == failing:
        tell("错误：同一处")
        return 1
    (folder / stage).write_text(" ".join(ended))
    return 0


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_a_stage_begins_when_those_before_it_have_ended(tmp_path, jobs):
    assert plans.run(PLAN, partial(note, tmp_path, None), jobs, []) == 0
    assert {path.name for path in tmp_path.iterdir()} == PLAN.keys()
    for stage, others in PLAN.items():
        assert others <= set((tmp_path / stage).read_text().split())


def test_nothing_begins_after_a_failure(tmp_path):
    assert plans.run(PLAN, partial(note, tmp_path, "a"), 1, []) == 1
    assert not {"b", "c", "d"} & {path.name for path in tmp_path.iterdir()}


def test_a_stage_that_the_system_ended_is_told_in_one_line(capfd):
    assert (
        plans.run(
            {"a": frozenset()}, lambda stage, tell: os.kill(os.getpid(), signal.SIGKILL), 1, []
        )
        == 1
    )
    told = capfd.readouterr().err.splitlines()
    assert len(told) == 1 and told[0].startswith("错误：a：被系统终止（信号 9）；改法：")


def mistaken(stage, tell):
    tell("错误：同一处")
    return 1


def test_a_mistake_that_two_stages_find_is_told_once(capfd):
    assert plans.run({"a": frozenset(), "b": frozenset()}, mistaken, 2, []) == 1
    assert capfd.readouterr().err.splitlines() == ["错误：同一处"]


def test_a_plan_is_read_as_make_writes_it(tmp_path):
    (tmp_path / "plan.txt").write_text("sources \ndocuments sources\nend\n")
    assert plans.read([tmp_path / "plan.txt"]) == {
        "sources": frozenset(),
        "documents": frozenset({"sources"}),
    }


def spoken(stage, tell):
    print(f"{stage}：做完了")
    print("  注意：半行", end="")
    print("，接着")
    return 0


def on_a_terminal(work):
    """What a terminal gets while some work is done in a process of its own."""
    pid, terminal = pty.fork()
    if not pid:
        termios.tcsetwinsize(0, (24, 120))
        sys.stdout, sys.stderr = os.fdopen(1, "w", 1), os.fdopen(2, "w", 1)
        os._exit(work())
    shown = b""
    with contextlib.suppress(OSError):  # the other end was closed
        while part := os.read(terminal, 1000):
            shown += part
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


def test_on_a_terminal_lines_stand_whole_above_a_bar_with_an_estimate():
    usual = dict.fromkeys(PLAN, 9.0)
    status, shown = on_a_terminal(lambda: plans.run(PLAN, spoken, 2, [], usual))
    assert status == 0
    assert all(f"\r{stage}：做完了\r\n" in shown for stage in PLAN)
    assert shown.count("  注意：半行，接着\r\n") == len(PLAN)
    assert re.search(r"\d/5 步 约还需 \d+ 秒", shown)


def test_without_earlier_runs_stages_are_counted():
    _, shown = on_a_terminal(lambda: plans.run(PLAN, spoken, 2, [], {}))
    assert "5/5 步" in shown and "还需" not in shown


def test_elsewhere_there_are_plain_lines(capfd):
    assert plans.run(PLAN, spoken, 1, []) == 0
    told = capfd.readouterr()
    assert "步" not in told.out + told.err and told.out.count("做完了\n") == len(PLAN)
