"""Kinds of faults: how each is made, and the table of all."""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.fault_bench import (
    EDITED,
    LINE,
    Bench,
    Fault,
    Skipped,
    check_answers,
    edit,
    ended,
    expect,
    kill_all,
    mistake,
    of_build,
    until,
    written,
)
from pipeline.__main__ import STAGES


def killed_after(stage: str) -> Fault:
    """Kill everything as soon as the rows of a stage are written, its record not yet."""

    def fault(bench: Bench) -> str:
        target = bench.kb if stage == "database" else bench.build_folder / f"{stage}.jsonl"
        process = bench.start()
        until(written(target), process)
        return kill_all(process)

    return fault


def killed_at_random(bench: Bench) -> str:
    process = bench.start()
    with suppress(subprocess.TimeoutExpired):
        process.wait(bench.dice.uniform(0, bench.seconds))
    return kill_all(process)


def killed_process(depth: int, name: str) -> Fault:
    """Kill one process of the build and leave the others."""

    def fault(bench: Bench) -> str:
        process = bench.start()
        if not until(lambda: bool(of_build(process, depth)), process):
            raise Skipped(f"{name} was not seen")
        for pid in of_build(process, depth)[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        told = ended(process)
        if depth == 0:  # the stages must have ended with it
            return "被终止，无话"
        return mistake(told) if process.returncode else "没有影响"

    return fault


@contextmanager
def mounted(*arguments: str, at: Path):
    """A file system over a folder, where this user may mount one."""
    at.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", *arguments, str(at)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Skipped(f"mount is not permitted: {done.stderr.strip()[:60]}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def full_disk(left: int) -> Fault:
    """A small tmpfs with so many bytes left; what lies on it is copied back afterwards."""

    def fault(bench: Bench) -> str:
        aside = bench.folder.with_name("aside")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(bench.folder, aside, symlinks=True)
        size = sum(-(-p.stat().st_size // 4096) * 4096 for p in aside.rglob("*")) + left
        with mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", at=bench.folder):
            shutil.copytree(aside, bench.folder, symlinks=True, dirs_exist_ok=True)
            told = bench.make()
            check_answers(bench)
            shutil.rmtree(aside)
            shutil.copytree(bench.folder, aside, symlinks=True)
        shutil.rmtree(bench.folder)
        aside.rename(bench.folder)
        expect(told.returncode != 0, "the disk was not full")
        return mistake(told.stdout + told.stderr)

    return fault


def read_only(name: str) -> Fault:
    """A folder that is read-only, as a mount, for the superuser may write anywhere else."""

    def fault(bench: Bench) -> str:
        place = bench.folder / name
        more = [f"KB={place}/kb.db"] if name == "place" else []
        place.mkdir(exist_ok=True)
        with mounted("--bind", str(place), at=place):
            subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
            told = bench.make(*more)
        expect(told.returncode != 0, "it was not read-only")
        text = told.stdout + told.stderr
        return LINE.findall(text)[0] if LINE.search(text) else text.strip().splitlines()[0]

    return fault


def limited(words: str, stage: str = "") -> Fault:
    """A build under a ulimit; of one stage alone, where one is named."""

    def fault(bench: Bench) -> str:
        if stage:
            expect(bench.make().returncode == 0, "it does not build")
            (bench.build_folder / f"{stage}.d").unlink()
        process = bench.start("JOBS=1", before=words)
        told = ended(process)
        return mistake(told) if process.returncode else "够用，没有影响"

    return fault


def during(stage: str, change: Callable[[Bench], None]) -> Fault:
    """Change something as soon as a stage has written its rows."""

    def fault(bench: Bench) -> str:
        process = bench.start()
        seen = until(written(bench.build_folder / f"{stage}.jsonl"), process)
        change(bench)
        told = ended(process)
        expect(seen, f"{stage} was not seen")
        restore_corpus(bench)
        return mistake(told) if process.returncode else "没有影响"

    return fault


def restore_corpus(bench: Bench) -> None:
    """The corpus as it is after the edit."""
    shutil.rmtree(bench.folder / "corpus")
    shutil.copytree(bench.store / "corpus", bench.folder / "corpus")
    edit(bench.folder)


def vanished(bench: Bench) -> None:
    (bench.folder / f"corpus/texts/{EDITED}.md").unlink()


def changed(bench: Bench) -> None:
    with (bench.folder / f"corpus/texts/{EDITED}.md").open("a", encoding="utf-8") as file:
        file.write("\n\n第十条 多余的一条。")


def times(*patterns: str, years: float) -> Fault:
    """Files that are years older or newer than now; then a build."""

    def fault(bench: Bench) -> str:
        when = time.time() + years * 365 * 86400
        for pattern in patterns:
            for path in bench.folder.glob(pattern):
                os.utime(path, (when, when))
        done = bench.make()
        expect(done.returncode == 0, f"it does not build: {done.stderr[-300:]}")
        expect(bench.kb.read_bytes() == bench.new, "the edit was not seen")
        return "照样看到改动"

    return fault


def two_builds(*more: str) -> Fault:
    """Two builds at once, of one build folder or into one kb.db."""

    def fault(bench: Bench) -> str:
        one = bench.start()
        time.sleep(bench.dice.uniform(0, bench.seconds / 2))
        other = bench.start(*[word.format(bench.folder) for word in more])
        told = [ended(one), ended(other)]
        failed = [text for text, done in zip(told, (one, other), strict=True) if done.returncode]
        expect(len(failed) < 2, "both failed")
        return mistake(failed[0]) if failed else "先后完成"

    return fault


def locked(bench: Bench) -> str:
    """Another program holds kb.db for itself."""
    connection = sqlite3.connect(bench.kb, isolation_level=None)
    connection.execute("begin exclusive")
    done = bench.make()
    connection.close()
    return mistake(done.stderr) if done.returncode else "没有影响：新库换上，旧库由那个程序读完"


def spoilt(pattern: str, spoil: Callable[[Path], None], heal: str = "") -> Fault:
    """Files are torn, emptied or left over, as by a power failure; then a build."""

    def fault(bench: Bench) -> str:
        paths = sorted(bench.folder.glob(pattern)) or [bench.folder / pattern]
        for path in paths:
            spoil(path)
        done = bench.make()
        if done.returncode and heal:
            told = mistake(done.stderr)
            expect(bench.make(heal).returncode == 0, f"make {heal} does not help")
            return told
        expect(done.returncode == 0, f"it does not build: {(done.stdout + done.stderr)[-300:]}")
        return "自己修好"

    return fault


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xff\x00{" * 1000)


RANDOM = "kill -9：任意时刻"
KINDS: dict[str, Fault] = {
    **{f"kill -9：{stage} 刚写完": killed_after(stage) for stage in STAGES},
    "kill -9：主进程，其余留下": killed_process(0, "the process of the plan"),
    "kill -9：一步的进程": killed_process(1, "a stage"),
    "kill -9：一步的工作进程": killed_process(2, "a worker"),
    "磁盘满：写中间结果时": full_disk(64 << 10),
    "磁盘满：写 kb.db 时": full_disk(500 << 10),
    "文件大小限度（ulimit -f）": limited("ulimit -f 600"),
    "只读的 build 文件夹": read_only("build"),
    "只读的 kb.db 文件夹": read_only("place"),
    "语料文件在构建中消失": during("sources", vanished),
    "语料文件在构建中改变": during("sources", changed),
    "时钟拨回：改过的文件时间在过去": times("corpus/**/*", years=-10),
    "时钟超前：改过的文件时间在将来": times("corpus/**/*", years=1),
    "时钟曾超前：中间结果的时间在将来": times("build/*", "kb.db", years=1),
    "两次构建，同一文件夹": two_builds(),
    "两次构建，同一 kb.db": two_builds("BUILD={}/other"),
    "kb.db 被别的程序独占": locked,
    "kb.db 残缺": spoilt("kb.db", torn),
    "kb.db 被删去": spoilt("kb.db", Path.unlink),
    "留下 kb.db.part": spoilt("kb.db.part", garbage),
    "留下 rules.jsonl.part": spoilt("build/rules.jsonl.part", garbage),
    "*.kept 残缺": spoilt("build/*.kept", torn),
    "*.kept 为空": spoilt("build/*.kept", emptied),
    "*.d 残缺": spoilt("build/*.d", torn),
    "*.d 为空": spoilt("build/*.d", emptied),
    "*.cost 残缺": spoilt("build/*.cost", torn),
    "plan.txt 残缺": spoilt("build/plan.txt", garbage),
    "inputs.txt、stamps.txt 残缺": spoilt("build/[is]*ts.txt", torn),
    "stamps.txt 残缺": spoilt("build/stamps.txt", torn),
    "tokens.jsonl 残缺": spoilt("build/tokens.jsonl", torn, heal="clean"),
    "alignments 的结果残缺": spoilt("build/alignments.jsonl", torn, heal="clean"),
    "内存不足：读文件时（ulimit -v）": limited("ulimit -v 350000", "documents"),
    "内存不足：对齐时（ulimit -v）": limited("ulimit -v 450000", "alignments"),
}
