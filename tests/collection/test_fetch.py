"""make fetch: what arrives, what is refused, what is asked for, and what stays; against servers on loopback."""

import json
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.collection import fetch
from pipeline.collection.fetch import FetchOptions
from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.reading import sources
from support import building
from support.law_collection import (
    ARCHIVE,
    DUTY,
    FILES,
    LAWS,
    SHANGHAI,
    ZHEJIANG,
    law,
    served,
    settings,
)
from support.loopback import Answer, Host, archive, serving
from support.small_corpus import VERSIONS

FIRST, SECOND, THIRD, FOURTH = LAWS


def words(seed: int) -> str:
    """Text that hardly gets smaller in an archive."""
    return "".join(map(chr, random.Random(seed).choices(range(0x4E00, 0x9000), k=8000)))


MANY = {
    f"{SHANGHAI}/上海市第{n}号船舶办法(2020-01-0{n}).md": law(f"上海市第{n}号船舶办法", words(n))
    for n in range(1, 10)
}


@pytest.fixture
def host():
    with serving() as one:
        yield one


@pytest.fixture
def run(host, tmp_path, capsys):
    """Fetch some listed laws from the host into tmp_path/laws: exit status and what was printed."""

    def call(listed=LAWS, dry_run=False, **how):
        path = settings(tmp_path / "settings", host.url, listed, **how)
        status = fetch.run(FetchOptions(tmp_path / "laws", path, "", dry_run, tmp_path / "kb.db"))
        return status, capsys.readouterr().out

    return call


def entries(folder: Path) -> dict[str, dict]:
    """The entries of a folder by title, checked as a build checks them."""
    read = sources.read(folder, regions.load(DATA / "regions.toml"))
    return {source.title: source for source in read}


def offer(host: Host, laws=LAWS, way: str = "archive") -> None:
    host.files = {ARCHIVE: archive(laws)} if way == "archive" else served(laws)


@pytest.mark.parametrize("way", ["archive", "file"])
def test_texts_arrive_with_their_entries(host, run, tmp_path, way):
    offer(host, way=way)
    status, told = run(ways=way)
    assert status == 0, told
    assert "新收\t4" in told and "没收\t0" in told
    found = entries(tmp_path / "laws")
    assert {(s.region_id, s.issued_date, s.level) for s in found.values()} == {
        ("310000", "2020-05-14", "地方性法规"), ("330400", "2021-03-26", "地方性法规"),
        ("330000", "2011-12-08", "地方性法规"), ("310000", "2019-01-02", "地方性法规"),
    }  # fmt: skip
    assert "浙江省实施《中华人民共和国渡口法》办法" in found
    for source in found.values():
        assert (tmp_path / "laws" / source.file).read_bytes() in LAWS.values()
    requests = 1 if way == "archive" else 4
    assert len(host.asked) == len(set(host.asked)) == 1 + requests  # and robots.txt
    assert host.agents == {"policy-gaps/test"} and host.connections == 1


def test_what_is_there_is_not_asked_for_again(host, run, tmp_path):
    offer(host)
    run()
    before = {path: path.read_bytes() for path in (tmp_path / "laws").rglob("*") if path.is_file()}
    host.forget()
    status, told = run()
    assert (status, host.asked) == (0, []) and "新收\t0" in told
    assert {p: p.read_bytes() for p in (tmp_path / "laws").rglob("*") if p.is_file()} == before


def test_a_changed_an_added_a_gone_and_a_damaged_text(host, run, tmp_path):
    laws = tmp_path / "laws"
    offer(host)
    run()
    changed = LAWS[SECOND].replace("三百".encode(), "四百".encode())
    added = {f"{ZHEJIANG}/杭州市共享船舶条例(2022-01-01).md": law("杭州市共享船舶条例", DUTY)}
    damaged = f"{ZHEJIANG}/宁波市共享船舶条例(2023-01-01).md"
    listed = {
        FIRST: LAWS[FIRST],
        SECOND: changed,
        THIRD: LAWS[THIRD],
        **added,
        damaged: law("宁波市共享船舶条例", DUTY),
    }
    offer(host, listed | {damaged: b"# half"})
    status, told = run(listed)
    assert status == 1
    (refusal,) = [line for line in told.splitlines() if line.startswith("没收：")]
    assert "宁波市共享船舶条例" in refusal and "改法：" in refusal
    assert "新收\t1" in told and "更新\t1" in told and "不在了，原有的没有动\t1" in told
    found = entries(laws)
    assert "中国（上海）自由航行试验区条例" in found and len(found) == 5
    assert (laws / found["嘉兴市共享船舶条例"].file).read_bytes() == changed
    (old,) = (laws / "old").iterdir()
    assert old.read_bytes() == LAWS[SECOND]
    assert "不在了，原有的没有动\t0" in run(listed)[1], "told once"
    events = [
        json.loads(line)
        for line in (tmp_path / "history.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    told_of = [(event["change"], event["title"]) for event in events[4:]]
    assert sorted(told_of) == [
        ("changed", "嘉兴市共享船舶条例"),
        ("gone", "中国（上海）自由航行试验区条例"),
        ("new", "杭州市共享船舶条例"),
    ]


def test_a_text_that_a_person_changed_stays_and_so_does_what_they_wrote_in_the_entries(
    host, run, tmp_path
):
    laws = tmp_path / "laws"
    offer(host)
    run()
    text = laws / entries(laws)["上海市共享船舶条例"].file
    text.write_text("第一条 我改的。", encoding="utf-8")
    manifest = laws / "sources.toml"
    manifest.write_text("# 我的说明\n" + manifest.read_text(encoding="utf-8"), encoding="utf-8")
    changed = LAWS | {SECOND: LAWS[SECOND] + "\n第五条 新加的。\n".encode()}
    offer(host, changed)
    status, told = run(changed)
    assert status == 0 and f"{text} 改过，没有动它" in told
    assert text.read_text(encoding="utf-8") == "第一条 我改的。"
    assert manifest.read_text(encoding="utf-8").startswith("# 我的说明\n")


def test_a_dry_run_asks_nothing_and_writes_nothing(host, run, tmp_path):
    status, told = run(dry_run=True)
    assert status == 0 and host.asked == [] and not (tmp_path / "laws").exists()
    rows = [line.split("\t") for line in told.splitlines()[1:-1]]
    assert ["浙江省实施《渡口法》办法", "浙江省", "地方性法规", "看题注", "要取"] in [
        row[1:] for row in rows
    ]


# What servers do


LOGIN = "<html><title>用户登录</title><form><input type=password></form></html>".encode()
ERROR_PAGE = "<html><title>出错了</title><p>您访问的页面不存在</p></html>".encode()


@pytest.mark.parametrize(
    "answer, word",
    [
        (Answer(LOGIN), "得到的是登录页"),
        (Answer(ERROR_PAGE), "得到的是出错页"),
        (Answer(status=302, headers={"location": "/index.html"}), "转到了首页"),
        (Answer(status=500), "服务器答 500"),
        (Answer(status=404), "页面不在"),
        (Answer(LAWS[FIRST], cut=100), "连接断了"),
        (Answer(LAWS[FIRST].decode().encode("gb18030")), "与清单的哈希不符"),
        (Answer(LAWS[FIRST], pause=3.0, headers={"content-length": "99999"}), "等不到回应"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_answer_is_one_line_and_the_rest_goes_on(host, run, tmp_path, answer, word):
    offer(host, way="file")
    host.files |= {f"{FILES}/{FIRST}": answer, "/index.html": b"<html>home</html>"}
    status, told = run(ways="file")
    (refusal,) = [line for line in told.splitlines() if line.startswith("没收：")]
    assert status == 1 and word in refusal and "改法：" in refusal
    assert len(entries(tmp_path / "laws")) == 3 and "没收\t1" in told


def cut_tar(tar: bytes) -> bytes:
    return tar[: 512 + 1024]  # within the first file


@pytest.mark.parametrize(
    "content, cut",
    [(archive(MANY), 20_000), (archive(MANY, change=lambda tar: tar[:100_000]), None),
     (archive(MANY, change=lambda tar: tar[: -(len(tar) % 512 or 10240)]), None), (b"no archive at all", None)],
    ids=["cut in the stream", "cut in the tar", "without its end", "none"],
)  # fmt: skip
def test_a_truncated_archive_is_refused_and_its_whole_files_stay(host, run, tmp_path, content, cut):
    host.files = {ARCHIVE: content[:cut] if cut else content}
    status, told = run(MANY, ways="archive")
    assert status == 1 and any(word in told for word in ("不完整", "不是完好的压缩包"))
    kept = entries(tmp_path / "laws") if (tmp_path / "laws/sources.toml").exists() else {}
    assert all((tmp_path / "laws" / s.file).read_bytes() in MANY.values() for s in kept.values())
    offer(host, MANY)
    assert run(MANY, ways="archive")[0] == 0 and len(entries(tmp_path / "laws")) == 9


def test_where_the_archive_is_broken_the_files_are_asked_for_one_by_one(host, run, tmp_path):
    host.files = {ARCHIVE: archive(MANY)[:20_000], **served(MANY)}
    status, told = run(MANY)
    assert status == 1 and len(entries(tmp_path / "laws")) == 9
    assert len(host.asked) == len(set(host.asked))


def test_robots_are_obeyed(host, run, tmp_path):
    offer(host, way="file")
    host.files["/robots.txt"] = f"User-agent: *\nDisallow: {FILES}\n".encode()
    status, told = run(ways="file")
    assert status == 1 and "robots.txt 不许取" in told and host.asked == ["/robots.txt"]
    host.files["/robots.txt"] = Answer(status=503)
    assert "读不到这个主机的 robots.txt" in run(ways="file")[1]


def test_a_forbidden_archive_is_no_failure_where_the_files_may_be_had(host, run):
    host.files = {**served(LAWS), "/robots.txt": f"User-agent: *\nDisallow: {ARCHIVE}\n".encode()}
    status, told = run()
    assert status == 0 and "改用了别的办法" in told and ARCHIVE not in host.asked


def test_requests_keep_the_delay_of_the_settings_and_of_the_host(host, run):
    offer(host, way="file")
    run(ways="file", delay=0.2)
    times = [at for _, at, _ in host.requests]
    assert len(times) == 5 and all(b - a >= 0.19 for a, b in zip(times, times[1:], strict=False))


def test_a_host_that_only_fails_is_left_alone(host, run):
    status, told = run(MANY, ways="file", failures=3)
    assert status == 1 and len(host.asked) == 4 and "不再问它" in told and "还有" in told


def test_an_absent_host_is_one_line(run, tmp_path, host):
    path = settings(tmp_path / "s", "http://127.0.0.1:9", LAWS)
    assert fetch.run(FetchOptions(tmp_path / "laws", path, "", False, tmp_path / "kb.db")) == 1


def test_a_mirror_stands_in_for_the_hosts_of_the_settings(host, tmp_path):
    offer(host)
    path = settings(tmp_path / "s", "https://nowhere.invalid", LAWS)
    assert (
        fetch.run(FetchOptions(tmp_path / "laws", path, host.url, False, tmp_path / "kb.db")) == 0
    )
    urls = {source.url for source in entries(tmp_path / "laws").values()}
    assert all(url.startswith("https://nowhere.invalid/o/r/") for url in urls)


# Interruptions


def command(tmp_path: Path, path: Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", "fetch", "--laws", str(tmp_path / "laws"), "--sources", str(path), "--kb", str(tmp_path / "kb.db")]  # fmt: skip


def test_after_kill_nothing_is_asked_for_twice(host, tmp_path):
    offer(host, MANY, way="file")
    path = settings(tmp_path / "s", host.url, MANY, ways="file", delay=0.2)
    process = subprocess.Popen(command(tmp_path, path), stderr=subprocess.DEVNULL)
    while len(host.asked) < 5:
        time.sleep(0.01)
    time.sleep(0.1)  # after the answer, within the delay
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = subprocess.run(command(tmp_path, path), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(entries(tmp_path / "laws")) == 9
    laws = [name for name in host.asked if name != "/robots.txt"]
    assert len(laws) == len(set(laws)) == 9


def test_after_kill_an_archive_is_continued(host, tmp_path):
    content = archive(MANY)
    host.files = {ARCHIVE: Answer(content, pause=0.1)}
    path = settings(tmp_path / "s", host.url, MANY, ways="archive")
    process = subprocess.Popen(command(tmp_path, path), stderr=subprocess.DEVNULL)
    while not any(part.stat().st_size for part in (tmp_path / "laws").rglob("*.part")):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    host.files = {ARCHIVE: content}
    done = subprocess.run(command(tmp_path, path), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert host.requests[-1][2].startswith("bytes=") and len(entries(tmp_path / "laws")) == 9


def test_a_full_disk_is_one_line_and_nothing_is_half_written(host, tmp_path):
    """A limit on the size of files stands in for the disk."""
    big = {path: text + b"x" * 200_000 for path, text in MANY.items()}
    offer(host, big, way="file")
    path = settings(tmp_path / "s", host.url, big, ways="file")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        command(tmp_path, path), capture_output=True, text=True, preexec_fn=limited
    )
    assert (
        done.returncode == 1
        and "写不进去" in done.stdout + done.stderr
        and "Traceback" not in done.stderr
    )
    assert not list((tmp_path / "laws").rglob("*.md")) and len(host.asked) == 2
    done = subprocess.run(command(tmp_path, path), capture_output=True, text=True)
    assert done.returncode == 0 and len(entries(tmp_path / "laws")) == 9


# Single pages


PAGE = "jx-2024-tingfang"
BODY = "".join(
    f"<p>第{n}条 共享船舶停放在划定水域，停放费每年三百元，由市交通运输局收取。</p>"
    for n in "一二三四五六七八"
)
HTML = f"<html><meta charset=gbk><title>嘉兴市船舶停放办法</title><h1>嘉兴市船舶停放办法</h1>{BODY}</html>"


def page(url: str) -> str:
    return f'[[page]]\nid = "{PAGE}"\nurl = "{url}/2024/a.html"\nregion = "330400"\n'


def test_a_page_is_read_kept_as_it_came_and_asked_for_on_a_condition(host, run, tmp_path):
    host.files = {"/2024/a.html": HTML.encode("gbk")}
    status, told = run({}, pages=page(host.url))
    assert status == 0, told
    (source,) = entries(tmp_path / "laws").values()
    assert (source.document_id, source.title, source.region_id) == (
        PAGE,
        "嘉兴市船舶停放办法",
        "330400",
    )
    assert source.url == f"{host.url}/2024/a.html"
    assert (tmp_path / f"laws/originals/{PAGE}.html").read_bytes() == HTML.encode("gbk")
    assert "三百元" in (tmp_path / "laws" / source.file).read_text(encoding="utf-8")
    status, told = run({}, pages=page(host.url))
    assert status == 0 and "新收\t0" in told and "更新\t0" in told
    host.files = {"/2024/a.html": HTML.replace("三百", "四百").encode("gbk")}
    assert "更新\t1" in run({}, pages=page(host.url))[1]
    host.files = {"/2024/a.html": Answer(status=404)}
    status, told = run({}, pages=page(host.url))
    assert status == 1 and "不在了，原有的没有动\t1" in told
    assert "四百元" in (tmp_path / "laws" / source.file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content, word",
    [(LOGIN, "登录页"), (ERROR_PAGE, "出错页"), (b"%PDF-1.4 cut", "PDF"), (b"", "")],
)
def test_a_page_that_is_no_document_is_refused(host, run, tmp_path, content, word):
    host.files = {"/2024/a.html": content}
    status, told = run({}, pages=page(host.url))
    (refusal,) = [line for line in told.splitlines() if line.startswith("没收：")]
    assert status == 1 and word in refusal and "/2024/a.html" in refusal
    assert not (tmp_path / "laws/texts").exists() or not list((tmp_path / "laws/texts").iterdir())


# As a whole


def test_make_fetches_and_builds_what_was_fetched(host, tmp_path):
    versions = {
        f"DLC/{title}/地方政府规章/{place}/{title}({issued}).md": law(title, *text.split("\n\n"))
        for (title, _, _, issued, text), place in zip(
            VERSIONS.values(), ("上海", "上海", "浙江"), strict=True
        )
    }
    offer(host, versions)
    path, laws = settings(tmp_path / "s", host.url, versions), tmp_path / "laws"
    done = building.make("fetch", f"LAWS={laws}", f"FETCH={path}", f"KB={tmp_path}/kb.db")
    assert done.returncode == 0, done.stdout + done.stderr
    pairs = building.built(laws, tmp_path, target="build/document_pairs.jsonl")
    kinds = {json.loads(line)["kind"] for line in pairs.read_text(encoding="utf-8").splitlines()}
    assert kinds == {"counterpart", "revision"}
