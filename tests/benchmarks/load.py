"""How fast the site answers: every page there is, in mixed order, from several clients at once.

Run by `make load`, with the command that `make serve` would run. Usage: load.py REQUESTS CLIENTS SECONDS KB COMMAND…
With SECONDS above 0 the site is under stress for at most so long (stress.py): kb.db is replaced, readers are slow or
leave, one query is expensive, and each client reads for a moment between two pages.
"""

import http.client
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from tests.benchmarks import stress

TOO_SLOW = 60  # seconds
WORDS = ("积分", "人才", "收费", "居住证 积分 -落户", "首台套", "補貼", "残疾人", "（一）")


class Answer(NamedTuple):
    began: float
    kind: str
    path: str
    status: int
    seconds: float
    size: int
    is_mixed: bool = False  # whether the page is of two builds


def found_pages(kb: Path) -> dict[str, list[str]]:
    """Kind of page → the addresses of all pages of that kind."""
    with sqlite3.connect(f"file:{kb}?mode=ro", uri=True) as conn:
        ask = conn.execute

        def ids(sql: str) -> list[str]:
            return [quote(str(row[0])) for row in ask(sql)]

        comparisons = ids("select comparison_id from comparisons")
        choices = [
            f"?comparison={c}&date={d}"
            for c in comparisons
            for d in ids("select moment_id from moments")
        ]
        topics = ids("select topic_id from topics")
        pages = {
            "首页": ["/", *(f"/{choice}" for choice in choices)],
            "主题": [f"/-/topic/{t}{choice}" for t in topics for choice in ["", *choices]],
            "各地对照表": [f"/-/matrix/{t}{day}" for t in topics for day in ("", "?date=2018")],
            "检索页": [f"/-/search?q={quote(words)}{facet}" for words in WORDS for facet in ("", "&region=310000")],
            "差异": [f"/-/compare/{key}" for key in ids("select gap_id from gaps")],
            "对照": [f"/-/compare/{key}" for key in ids("select alignment_id from alignments")],
            "文件": [f"/-/document/{key}" for key in ids("select document_id from documents")],
            "新旧条文": [f"/-/revision/{old}__to__{new}" for old, new in ask("select distinct document_old, document_new from revisions")],
            "论断": ["/-/claims", *(f"/-/claim/{key}" for key in ids("select distinct claim_id from claims"))],
            "归口": ["/-/departments", *(f"/-/department/{key}" for key in ids("select distinct department from department_worklist"))],
            "条款（转到文件）": [f"/-/clause/{key}" for key in ids("select clause_id from clauses")],
        }  # fmt: skip
        twins = {f"{kind} JSON": [twin(path) for path in paths] for kind, paths in pages.items()}
        tables = ids(
            "select name from sqlite_master where type in ('table', 'view') and name not like 'clauses_fts%'"
        )
    searches = [f"/{kb.stem}/clause_overview?{urlencode({'_search': word})}" for word in WORDS]
    ranked = [f"/{kb.stem}/search?{urlencode({'q': word})}" for word in WORDS]
    return pages | twins | {
        "表": [f"/{kb.stem}", *(f"/{kb.stem}/{table}" for table in tables)],
        "表 JSON": [f"/{kb.stem}/{table}.json" for table in tables],
        "检索": searches + ranked,
    }  # fmt: skip


def twin(path: str) -> str:
    """The address of the JSON of a page."""
    page, _, arguments = path.partition("?")
    return f"{page}.json?{arguments}" if arguments else f"{page}.json"


def chosen(pages: dict[str, list[str]], requests: int) -> list[tuple[str, str]]:
    """So many requests, as many of each kind, every page once before any comes twice."""
    order = random.Random(1)
    picked = []
    there = {kind: paths for kind, paths in pages.items() if paths}
    wanted = -(-requests // len(there))
    for kind, paths in there.items():
        shuffled = order.sample(paths, len(paths))
        picked += [(kind, shuffled[i % len(shuffled)]) for i in range(wanted)]
    order.shuffle(picked)
    return picked[:requests]


def ask_all(
    port: int, wanted: list[tuple[str, str]], pause: float = 0, until: float = float("inf")
) -> list[Answer]:
    """One client: one request after another over a kept connection, with pauses of that length on average."""
    reading = random.Random(port)
    conn = http.client.HTTPConnection("127.0.0.1", port, timeout=TOO_SLOW)
    answers = []
    for kind, path in wanted:
        if time.perf_counter() > until:
            break
        if pause:
            time.sleep(reading.uniform(0, 2 * pause))
        began, is_mixed = time.perf_counter(), False
        try:
            conn.request("GET", path)
            response = conn.getresponse()
            body = response.read()
            status, size = response.status, len(body)
            is_mixed = all(mark.encode() in body for mark in stress.MARKS)
        except (OSError, http.client.HTTPException):
            conn.close()
            status, size = 0, 0
        took = time.perf_counter() - began
        answers.append(Answer(began, kind, path, status, took, size, is_mixed))
    return answers


def started(command: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """The site on a free port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = subprocess.Popen(
        [*command, "-h", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return site, port
        except OSError:
            time.sleep(0.1)
    site.terminate()
    raise SystemExit("错误：网站没有启动")


def table(answers: list[Answer]) -> None:
    """Print a line for each kind of page, the slowest kind first."""
    by_kind = defaultdict(list)
    for answer in answers:
        by_kind[answer.kind].append(answer)
    print(
        "种类                 请求     p50     p95    最长   首次 p95（毫秒）   页面 KB（中位、最大）"
    )
    for kind, those in sorted(by_kind.items(), key=lambda item: -percentile(item[1], 95)):
        p50, p95, longest = (percentile(those, p) for p in (50, 95, 100))
        # An answer given before comes from memory: what it costs to make one is seen the first time.
        fresh = percentile(list({a.path: a for a in reversed(those)}.values()), 95)
        sizes = [answer.size / 1024 for answer in those]
        width = 20 - sum(ord(letter) > 255 for letter in kind)
        print(
            f"{kind:<{width}} {len(those):>5} {p50:>7.0f} {p95:>7.0f} {longest:>7.0f} {fresh:>7.0f}"
            f"            {statistics.median(sizes):>7.0f} {max(sizes):>7.0f}"
        )
    print("状态：", dict(Counter(answer.status for answer in answers)))
    print(
        "最慢的：", *(f"{a.seconds * 1000:.0f} ms {a.path}" for a in slowest(answers)), sep="\n  "
    )


def slowest(answers: list[Answer]) -> list[Answer]:
    """The ten that took longest."""
    return sorted(answers, key=lambda answer: -answer.seconds)[:10]


def percentile(answers: list[Answer], share: int) -> float:
    """Milliseconds within which that share of the answers came."""
    times = sorted(answer.seconds * 1000 for answer in answers)
    return times[min(len(times) - 1, len(times) * share // 100)]


def main(requests: int, clients: int, seconds: int, kb: Path, command: list[str]) -> None:
    """Start the site, ask, and tell; any answer of 5xx or none at all is a failure."""
    wanted = chosen(found_pages(kb), requests)
    if seconds:
        answers, took, failed = stressed(wanted, clients, seconds, kb, command)
    else:
        site, port = started(command)
        try:
            answers, took = asked(port, wanted, clients)
        finally:
            site.terminate()
            site.wait(20)
        failed = False
    print(
        f"{len(answers)} 个请求，{clients} 个读者同时，{took:.0f} 秒，每秒 {len(answers) / took:.0f} 个"
    )
    table(answers)
    wrong = [a for a in answers if a.status == 0 or a.status >= 400 or a.is_mixed]
    for answer in wrong[:10]:
        print("失败：", answer.status, answer.path, "两个库混在一页" if answer.is_mixed else "")
    sys.exit(1 if wrong or failed else 0)


def asked(
    port: int, wanted: list[tuple[str, str]], clients: int, pause: float = 0, seconds: float = 1e9
) -> tuple[list[Answer], float]:
    """All answers in order, and how long all took."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        parts = pool.map(
            lambda n: ask_all(port, wanted[n::clients], pause, began + seconds), range(clients)
        )
        answers = sorted(answer for part in parts for answer in part)
    return answers, time.perf_counter() - began


def ended(site: subprocess.Popen[bytes]) -> bool:
    """Stop a site; whether it stopped when it was told to."""
    site.terminate()
    try:
        site.wait(60)
    except subprocess.TimeoutExpired:
        site.kill()
        site.wait(20)
        return False
    return True


def stressed(
    wanted: list[tuple[str, str]], clients: int, seconds: int, kb: Path, command: list[str]
) -> tuple[list[Answer], float, bool]:
    """As `asked`, of a site under stress; and whether memory or file descriptors grew, or cheap pages were slow."""
    with tempfile.TemporaryDirectory() as folder:
        served = Path(folder) / "site" / kb.name
        served.parent.mkdir()
        builds = stress.marked(kb, Path(folder))
        served.write_bytes(builds[1].read_bytes())
        site, port = started([str(served) if part == str(kb) else part for part in command])
        trouble = stress.Stress(port, site.pid, served, builds, f"/{kb.stem}/-/query")
        threads = trouble.start()
        try:
            answers, took = asked(port, wanted, clients, stress.PAUSE, seconds)
        finally:
            trouble.done.set()
            for thread in threads:
                thread.join(70)
            stopped = ended(site)
    cheap = [a for a in answers if not a.kind.startswith(("表", "检索"))]
    p95 = percentile(cheap, 95)
    print(f"便宜的页面 {len(cheap)} 个请求，p95 {p95:.0f} 毫秒")
    if not stopped:
        print("失败：叫它停，60 秒没有停")
    return answers, took, stress.tell(trouble, len(answers)) or p95 >= stress.CHEAP or not stopped


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]), sys.argv[5:])
