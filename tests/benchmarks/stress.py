"""What is asked of the site while it is measured: kb.db is swapped, readers are slow or leave, one query is expensive.

All of it runs in threads beside the clients of load.py until `done` is set.
"""

import shutil
import socket
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

SWAP_EVERY = 2.0  # seconds
EXPENSIVE = "select count(*) from clauses a, clauses b, clauses c where a.text < b.text || c.text"


MARKS = ("⟦甲⟧", "⟦乙⟧")
PAUSE = 0.4  # seconds that a client reads between two pages, on average
CHEAP = 300  # milliseconds within which 95 of 100 cheap pages come
GROWTH = 30.0  # KB of memory in a thousand requests, above which it is said to grow
SETTLED = 0.4  # share of a run after which caches and threads are as they will be


def marked(kb: Path, folder: Path) -> tuple[Path, Path]:
    """Two copies of a kb.db, all texts of gaps, matters and documents marked: a page with both marks is of two builds."""
    copies = (folder / "one.db", folder / "two.db")
    for path, mark in zip(copies, MARKS, strict=True):
        shutil.copy(kb, path)
        conn = sqlite3.connect(path)
        conn.execute(
            "update gaps set headline = ? || headline, summary = ? || summary", (mark, mark)
        )
        conn.execute("update matters set name = ? || name, question = ? || question", (mark, mark))
        conn.execute("update documents set title = ? || title", (mark,))
        conn.commit()
        conn.close()
    return copies


def tell(trouble: "Stress", requests: int) -> bool:
    """Print what was done to the site and how its memory went; whether memory or file descriptors grew."""
    began = trouble.samples[0][0] + SETTLED * (trouble.samples[-1][0] - trouble.samples[0][0])
    settled = [sample for sample in trouble.samples if sample[0] >= began]
    rate = requests / max(trouble.samples[-1][0], 1)  # requests a second
    memory = slope([(at, resident) for at, resident, _ in settled]) / rate * 1000
    files = slope([(at, count) for at, _, count in settled]) / rate * 1000
    first, last = trouble.samples[0], trouble.samples[-1]
    most = max(resident for _, resident, _ in trouble.samples)
    print(
        f"换库 {trouble.swaps} 次，慢读者 {trouble.slow} 个，中途离开 {trouble.cancelled} 次，贵的查询 {trouble.expensive} 次"
    )
    print(
        f"内存：起 {first[1] / 1024:.0f} MB，止 {last[1] / 1024:.0f} MB，最多 {most / 1024:.0f} MB；后六成里每千个请求 {memory:+.1f} KB"
    )
    print(
        f"文件描述符：起 {first[2]}，止 {last[2]}，最多 {max(s[2] for s in trouble.samples)}；后六成里每千个请求 {files:+.2f}"
    )
    return memory > GROWTH or files > 1


@dataclass
class Stress:
    """The troubles of one run, and what is noted beside: memory and file descriptors of the site."""

    port: int
    process: int
    served: Path  # the kb.db that the site serves
    builds: tuple[Path, Path]  # what it is replaced by, in turn
    sql: str  # the address of a reader's query
    done: Event = field(default_factory=Event)
    swaps: int = 0
    slow: int = 0
    cancelled: int = 0
    expensive: int = 0
    samples: list[tuple[float, int, int]] = field(
        default_factory=list
    )  # seconds, KB resident, descriptors

    def start(self) -> list[Thread]:
        """Begin all of it."""
        works = (
            self._swap,
            self._read_slowly,
            self._leave,
            self._leave,
            self._ask_much,
            self._sample,
        )
        threads = [Thread(target=work, daemon=True) for work in works]
        for thread in threads:
            thread.start()
        return threads

    def _swap(self) -> None:
        while not self.done.wait(SWAP_EVERY):
            part = self.served.with_name("kb.db.part")
            shutil.copy(self.builds[self.swaps % 2], part)
            part.replace(self.served)
            self.swaps += 1

    def _read_slowly(self) -> None:
        """A reader on a bad line: 4 KB of kb.db every tenth of a second, then another page, for ever."""
        while not self.done.is_set():
            with socket.create_connection(("127.0.0.1", self.port), 30) as line:
                line.sendall(b"GET /kb.db HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
                for _ in range(100):
                    if self.done.wait(0.1) or not line.recv(4096):
                        break
            self.slow += 1

    def _leave(self) -> None:
        """Readers who close the page before it is there."""
        paths = (
            "/",
            "/kb/gap_overview",
            "/kb/measure_overview?_facet=role",
            "/kb/gaps.csv?_stream=on",
            "/-/departments",
        )
        while not self.done.wait(0.5):
            with socket.create_connection(("127.0.0.1", self.port), 30) as line:
                request = (
                    f"GET {paths[self.cancelled % len(paths)]} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
                )
                line.sendall(request.encode())
                line.settimeout(0.01 * (self.cancelled % 5))
                with suppress(OSError):
                    line.recv(100)
            self.cancelled += 1

    def _ask_much(self) -> None:
        """An expensive query at a time, always."""
        while not self.done.is_set():
            with socket.create_connection(("127.0.0.1", self.port), 30) as line:
                request = f"GET {self.sql}.json?sql={quote(EXPENSIVE)} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"
                line.sendall(request.encode())
                with suppress(TimeoutError):
                    while line.recv(65536):
                        pass
            self.expensive += 1

    def _sample(self) -> None:
        began = time.monotonic()
        while not self.done.is_set():
            status = Path(f"/proc/{self.process}/status").read_text()
            resident = int(status.split("VmRSS:")[1].split()[0])
            descriptors = len(list(Path(f"/proc/{self.process}/fd").iterdir()))
            self.samples.append((time.monotonic() - began, resident, descriptors))
            self.done.wait(1)


def slope(points: list[tuple[float, float]]) -> float:
    """The slope of the line through points by least squares; 0 for fewer than two.

    >>> slope([(0, 1), (1, 3), (2, 5)])
    2.0
    """
    if len(points) < 2:
        return 0.0
    x_mean = sum(x for x, _ in points) / len(points)
    y_mean = sum(y for _, y in points) / len(points)
    spread = sum((x - x_mean) ** 2 for x, _ in points)
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / spread if spread else 0.0
