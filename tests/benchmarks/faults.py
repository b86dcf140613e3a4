"""Faults: what becomes of a build under kill -9, full disks, torn files, clocks that err, two builds at once.

Every kind is tried on a small corpus of our own wording. After each fault three things must hold: the old kb.db, or
the new one, answers whole; the next build gives the bytes that an undisturbed one gives; no part files are left. What
the faulty build told must be no traceback.
Run by `make faults`, which writes the table of docs/reliability.md. Usage: faults.py FOLDER KILLS SEED [WORDS…], where
words choose the kinds whose names hold one of them, and then nothing is written.
"""

import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.fault_bench import Bench, Broken, Fault, Skipped, try_fault
from benchmarks.fault_kinds import KINDS, RANDOM, killed_at_random

PAGE = Path("docs/reliability.md")
BEGIN, END = "<!-- figures: make faults -->\n", "<!-- end of figures: make faults -->\n"
Row = tuple[str, int, int, str]  # fault, tried, survived, what was told


def run(folder: Path, kinds: dict[str, Fault], kills: int, seed: int) -> list[Row]:
    """Try every kind once, and a random kill so many times."""
    bench = Bench(folder / "bench", folder / "store", random.Random(seed))
    bench.prepare()
    rows = [_tried(bench, name, fault, 1) for name, fault in kinds.items()]
    return rows + ([_tried(bench, RANDOM, killed_at_random, kills)] if kills else [])


def _tried(bench: Bench, name: str, fault: Fault, tries: int) -> Row:
    survived, told = 0, Counter[str]()
    for _ in range(tries):
        try:
            words = try_fault(bench, fault, spoils_kb=name.startswith("kb.db "))
            survived += 1
        except Skipped as reason:
            print(f"{name}\t-\t{reason}", flush=True)
            return name, 0, 0, f"未做：{reason}"
        except Broken as law:
            words = f"未通过：{law}"
        told[words.replace(str(bench.folder), "…").replace("\n", " ")] += 1
    text = "；".join(
        f"{words}（{n} 次）" if tries > 1 else words for words, n in told.most_common()
    )
    print(f"{name}\t{survived}/{tries}\t{text}", flush=True)
    return name, tries, survived, text


def report(rows: list[Row], seed: int, seconds: float) -> None:
    """Write the table into the page, with the commit that was tried."""
    commit = _git("rev-parse", "--short=12", "HEAD")
    state = "，有未提交的改动" if _git("status", "--porcelain", "--untracked-files=no") else ""
    tried, survived = sum(row[1] for row in rows), sum(row[2] for row in rows)
    lines = [
        f"提交 `{commit}`{state}，种子 {seed}，{len(rows)} 种故障，共 {tried} 次，经受住 {survived} 次，用时 {seconds / 60:.0f} 分钟。\n",
        "| 故障 | 次数 | 经受住 | 出故障的那次构建说了什么 |",
        "|---|---|---|---|",
        *(
            f"| {name} | {count} | {ok} | {told.replace('|', '/')} |"
            for name, count, ok, told in rows
        ),
    ]
    page = PAGE.read_text(encoding="utf-8")
    written = "\n".join(lines)
    page = re.sub(f"(?s)({BEGIN}).*?({END})", lambda m: f"{m[1]}\n{written}\n\n{m[2]}", page)
    PAGE.write_text(page, encoding="utf-8")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "?"


def main(folder: str, kills: int, seed: int, words: list[str]) -> int:
    """Try the kinds, report; 1 where one was not survived."""
    chosen = {name: f for name, f in KINDS.items() if not words or any(w in name for w in words)}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder or None) as name:
        rows = run(Path(name), chosen, kills, seed)
    if not words:
        report(rows, seed, time.monotonic() - began)
    return int(any(tried != survived for _, tried, survived, _ in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
