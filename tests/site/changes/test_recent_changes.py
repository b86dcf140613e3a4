"""Changes and their feeds: valid Atom, ids stable over rebuilds, Chinese intact; what a filter keeps."""

import json
import shutil
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree

from pipeline.core.computation import history
from pipeline.core.computation.history import HistoryEvent
from support.site import ask, running, serve

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse("tests/site/atom.rng"))
MATTER, TOPIC, DEPARTMENT = "guoji-shoutai-jiangli", "shoutai", "经信部门"


@pytest.fixture(scope="module")
def told(kb, tmp_path_factory) -> Path:
    """A copy of kb.db with a history beside it, one line of which was torn."""
    copied = tmp_path_factory.mktemp("changes") / "kb.db"
    shutil.copy(kb, copied)
    (document, region), *_ = ask(
        kb, "select document_id, region_id from documents where region_id = '310000'"
    )
    past = history.path_beside(copied)
    history.append(past, [
        HistoryEvent("document", "changed", document, "某条例 <b>& \x0b", region_id=region, before="1", after="2", matters=["奖补上限"]),
        HistoryEvent("document", "gone", "no-such-document", "别处的办法", region_id="330100", before="3"),
        HistoryEvent("matter", "resolved", MATTER, "国际首台（套）奖补上限", "sh-jx", TOPIC, None, [DEPARTMENT], "未查得", "嘉兴市另有规定𠮷"),
        HistoryEvent("matter", "changed", "another-matter", "别的事项", "sh-zj", "rencai", None, [], "甲", "乙"),
    ])  # fmt: skip
    with past.open("a", encoding="utf-8") as file:
        file.write('{"kind": "matter", "chan')
    with sqlite3.connect(copied) as db:  # one runs out soon, whatever the corpus holds
        db.execute("update documents set in_force_to = (select date(as_of, '+3 months') from moments where newest = 1)"
                   " where document_id = ?", [document])  # fmt: skip
    return copied


async def get(kb: Path, path: str, **how: object):
    async with running(serve(kb)) as site:
        return await site.client.get(path, **how)


def entries(text: str) -> list[tuple[str, ...]]:
    """The entries of a valid feed: id, updated, title, summary."""
    root = etree.fromstring(text.encode())
    SCHEMA.assertValid(root)
    names = ("id", "updated", "title", "summary")
    return [
        tuple(entry.findtext(ATOM + name) for name in names) for entry in root.iter(ATOM + "entry")
    ]


@pytest.mark.parametrize(
    "path, kept, left",
    [
        ("/-/feed.atom", ["某条例", "别处的办法", "国际首台（套）奖补上限", "别的事项"], []),
        (f"/-/feed/topic/{TOPIC}.atom", ["国际首台（套）奖补上限"], ["别的事项", "别处的办法"]),
        (
            "/-/feed/comparison/sh-jx.atom",
            ["国际首台（套）奖补上限", "某条例"],
            ["别的事项", "别处的办法"],
        ),
    ],
)
async def test_a_feed_is_valid_atom_of_its_part(told, path, kept, left):
    response = await get(told, path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/atom+xml")
    titles = " ".join(title for _, _, title, _ in entries(response.text))
    assert all(name in titles for name in kept) and not any(name in titles for name in left)
    assert (
        "嘉兴市另有规定𠮷" in response.text
        and "某条例 &lt;b&gt;&amp;" in response.text
        or kept == kept[:1]
    )


async def test_a_department_has_a_feed(told):
    (name,) = ask(told, "select min(department) from topic_departments")[0]
    response = await get(told, f"/-/feed/department/{quote(name, safe='')}.atom")
    assert response.status_code == 200
    entries(response.text)
    self_link = (
        etree.fromstring(response.text.encode()).find(f"{ATOM}link[@rel='self']").get("href")
    )
    assert self_link.endswith(f"/-/feed/department/{quote(name, safe='')}.atom")


async def test_ids_are_stable_over_rebuilds_and_no_two_are_one(told, tmp_path):
    before = entries((await get(told, "/-/feed.atom")).text)
    rebuilt = tmp_path / "kb.db"
    shutil.copy(told, rebuilt)
    shutil.copy(history.path_beside(told), history.path_beside(rebuilt))
    with sqlite3.connect(rebuilt) as db:
        db.execute("update builds set build_id = 'another'")
    history.append(
        history.path_beside(rebuilt),
        [HistoryEvent("document", "new", "x", "又一件", region_id="310000", after="9")],
    )
    after = entries((await get(rebuilt, "/-/feed.atom")).text)
    assert len({entry[0] for entry in after}) == len(after)
    assert [entry for entry in after if entry in before] == before and len(after) == len(before) + 1


@pytest.mark.parametrize("kind", ["topic", "comparison", "department"])
async def test_a_feed_of_the_unknown_is_not_found(told, kind):
    assert (await get(told, f"/-/feed/{kind}/nothing.atom")).status_code == 404
    assert (await get(told, f"/-/changes?{kind}=nothing")).status_code == 404


async def test_the_page_links_what_is_here_and_names_what_is_not(told):
    page = (await get(told, "/-/changes")).text
    assert f'href="/-/matter/{MATTER}?comparison=sh-jx"' in page and "别处的办法" in page
    assert "/-/document/no-such-document" not in page and "<b>&" not in page
    data = (await get(told, "/-/changes.json?topic=shoutai")).json()
    assert [row["title"] for row in data["matters"]] == ["国际首台（套）奖补上限"]


async def test_a_change_is_shown_without_a_rebuild(told, tmp_path):
    copied = tmp_path / "kb.db"
    shutil.copy(told, copied)
    async with running(serve(copied)) as site:
        assert "刚取的" not in (await site.client.get("/-/changes")).text
        history.append(
            history.path_beside(copied), [HistoryEvent("document", "new", "y", "刚取的", after="1")]
        )
        assert "刚取的" in (await site.client.get("/-/changes")).text


def test_a_run_that_was_killed_notes_nothing_twice(tmp_path):
    path, event = tmp_path / "history.jsonl", HistoryEvent("document", "new", "a", "甲", after="1")
    history.append(path, [event])
    history.append(path, [event])
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1
    path.write_text(path.read_text(encoding="utf-8") + '{"torn', encoding="utf-8")
    history.append(path, [HistoryEvent("document", "changed", "a", "甲", before="1", after="2")])
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    assert [json.loads(row)["change"] for row in rows] == ["new", "changed"]
