"""kb.db is rebuilt under the running site: every answer is of one build, and none fails."""

import asyncio
import contextvars
import os
import re
import shutil
import sqlite3
import threading
import time
import urllib.request
from itertools import cycle
from pathlib import Path

import pytest

from pipeline.site.serving import editions
from support.browser import listening
from support.site import keys, running, serve

TAGS = ("(build-A)", "(build-B)")  # ASCII: Datasette's JSON escapes the rest


@pytest.fixture(scope="module")
def builds(kb, tmp_path_factory):
    """Two builds that carry a mark wherever a page takes words from, and a table of their own."""
    folder = tmp_path_factory.mktemp("builds")
    for tag in TAGS:
        path = folder / f"{tag}.db"
        shutil.copy(kb, path)
        with sqlite3.connect(path) as conn:
            conn.execute("update builds set build_id = ? || build_id", (tag,))
            for column in ("gaps.headline", "topics.name", "documents.title", "claims.statement"):
                table, name = column.split(".")
                conn.execute(f"update {table} set {name} = ? || {name}", (tag,))
            conn.execute(f"create table only_{TAGS.index(tag)} (x)")  # equal schema versions
        conn.close()
    return folder


@pytest.fixture
def served(builds, tmp_path, monkeypatch):
    """The first of the two builds, served from a file that a test may replace."""
    monkeypatch.setattr(editions, "CHECK_EVERY", 0.0)
    path = tmp_path / "kb.db"
    put(builds, TAGS[0], path)
    return path


@pytest.fixture
async def site(served):
    async with running(serve(served)) as datasette:
        yield datasette
    assert list(served.parent.iterdir()) == [served], "nothing is left beside it"


def put(builds: Path, tag: str, path: Path) -> None:
    """Replace the file as `make` does: written beside and renamed."""
    part = path.with_name("part")
    shutil.copy(builds / f"{tag}.db", part)
    part.replace(path)


async def page(site, path="/"):
    response = await site.client.get(path, follow_redirects=True)
    assert response.status_code == 200, path
    return response


def tags(body: bytes) -> set[str]:
    return {tag for tag in TAGS if tag.encode() in body}


async def test_a_rebuild_is_taken_up_whole(site, served, builds):
    assert tags((await page(site)).content) == {TAGS[0]}
    await page(site, "/kb/only_0")
    put(builds, TAGS[1], served)
    assert tags((await page(site)).content) == {TAGS[1]}
    footer = re.search("构建编号 <code>(.*?)<", (await page(site, "/kb")).text)[1]
    assert footer.startswith(TAGS[1])
    await page(site, "/kb/only_1")  # a new table is known, an old one forgotten
    assert (await site.client.get("/kb/only_0")).status_code == 404
    assert "only_1" in (await page(site, "/kb")).text


async def test_the_download_is_the_build_that_is_served(site, served, builds):
    first = await page(site, "/kb.db")
    assert first.content == served.read_bytes()
    assert first.headers["content-disposition"] == 'attachment; filename="kb.db"'
    put(builds, TAGS[1], served)
    second = await page(site, "/kb.db")
    assert second.content == served.read_bytes() != first.content
    assert second.headers["etag"] != first.headers["etag"]


async def test_a_page_in_flight_stays_with_its_build(site, served, builds):
    """The file is replaced, and another reader has the new one, between two queries of a page."""
    databases = site.databases
    async with databases.pin():
        edition = databases["kb"]
        put(builds, TAGS[1], served)
        other = await asyncio.create_task(in_a_context_of_its_own(site))
        assert tags(other) == {TAGS[1]}
        for _ in range(9):  # also by threads that had no connection yet
            found = await asyncio.gather(
                *(edition.execute("select build_id from builds") for _ in range(6))
            )
            assert {row.single_value()[:9] for row in found} == {TAGS[0]}
        assert databases["kb"] is edition
    assert databases["kb"] is not edition
    with pytest.raises(Exception, match="closed"):
        await edition.execute("select 1")


async def in_a_context_of_its_own(site) -> bytes:
    task = asyncio.get_running_loop().create_task(page(site), context=contextvars.Context())
    return (await task).content


@pytest.mark.parametrize("broken", ["text", "truncated", "empty", "another", "gone"])
async def test_a_broken_file_leaves_the_old_build_serving(site, served, builds, capsys, broken):
    whole = (builds / f"{TAGS[1]}.db").read_bytes()
    part = served.with_name("part")
    part.write_bytes({"text": b"not a database" * 99, "truncated": whole[:-4096]}.get(broken, b""))
    if broken == "another":
        part.unlink()
        with sqlite3.connect(part) as conn:
            conn.execute("create table x (y)")
        conn.close()
    part.replace(served)
    if broken == "gone":
        served.unlink()
    for _ in range(3):
        for path in ("/", "/kb/gaps", "/kb.db"):
            assert tags((await page(site, path)).content) == {TAGS[0]}
    told = capsys.readouterr().err.count("仍用原来的库")
    assert told == (0 if broken == "gone" else 1)
    put(builds, TAGS[1], served)
    assert tags((await page(site)).content) == {TAGS[1]}


async def test_without_hard_links_a_copy_is_pinned(served, builds, monkeypatch):
    def refuse(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    async with running(serve(served)) as datasette:
        assert Path(datasette.get_database("kb").path).parent.parent != served.parent
        put(builds, TAGS[1], served)
        assert tags((await page(datasette)).content) == {TAGS[1]}


async def test_what_a_killed_site_left_is_removed_and_a_living_one_spared(site, served):
    alive = Path(site.get_database("kb").path)
    dead = served.with_name(".kb.db-dead")
    dead.mkdir()
    (dead / "kb.db").write_bytes(b"x")
    editions.sweep(served)
    assert alive.exists() and not dead.exists()


# Under load


@pytest.fixture
def address(served):
    """The site on a free port, in a thread of its own."""
    with listening(serve(served)) as address:
        yield address


def mixed_paths(kb: Path) -> list[str]:
    some = keys(kb)
    return [
        "/", f"/-/topic/{some['topic']}", f"/-/matter/{some['matter']}", "/-/claims",
        f"/-/document/{some['document']}", "/kb/gap_overview.json?_size=200&_facet=topic",
        "/kb/gap_overview", "/kb/gaps.csv?_stream=on", "/kb/builds.json", "/kb", "/kb.db",
    ]  # fmt: skip


def read(address: str, paths: list[str], stop: threading.Event, answers: list) -> None:
    """Ask for one page after another; each answer is the builds that it speaks of, or an error."""
    for path in cycle(paths):
        if stop.is_set():
            return
        try:
            with urllib.request.urlopen(address + path, timeout=20) as answer:
                answers.append((path, tags(answer.read())))
        except OSError as error:
            answers.append((path, error))


def test_no_answer_mixes_two_builds_while_the_file_is_replaced(address, served, builds, kb):
    paths, answers, stop = mixed_paths(kb), [], threading.Event()
    readers = [
        threading.Thread(target=read, args=(address, paths[at:] + paths[:at], stop, answers))
        for at in (0, 3, 6, 9)
    ]
    for reader in readers:
        reader.start()
    for tag in TAGS[::-1] * 6:
        time.sleep(0.4)
        put(builds, tag, served)
    time.sleep(0.5)
    stop.set()
    for reader in readers:
        reader.join(30)
    whole = [{tag} for tag in TAGS]
    assert not [answer for answer in answers if answer[1] not in whole]
    assert all(found in [found for _, found in answers] for found in whole)
    deadline = time.monotonic() + 10  # the last reader has its answer before the build is closed
    while len(opened := list(served.parent.glob(".kb.db-*"))) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(opened) == 1, "old builds are closed"
