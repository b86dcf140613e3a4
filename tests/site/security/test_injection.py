"""A script in every text field of the corpus shows as text: on every page, in every file that can be downloaded."""

import html
import io
import json
import re
import subprocess
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from support.building import checkout, make, once
from support.site import running, serve

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
# Fields of the corpus that are text of a person's own; the others are ids, dates, codes.
TOML = {
    "topics.toml": ("name", "definition"),
    "comparisons.toml": ("title",),
    "claims.toml": ("statement", "note"),
    "sources.toml": ("title",),
    "matters/*.toml": ("name", "question", "note", "answer", "searched", "tier", "lead", "affects"),
}
FACTS = ("attribute", "statement", "condition", "note", "source", "value")
PAGE = re.compile(r"^/(?:-/(?!static|plugins|permissions|clause|compare)[a-z-]+(?:/[^?]*)?)?$")
HREF = re.compile(r'(?:href|src|action)="([^"]*)"')
COMPARED = 60  # of the pages of one kind that are asked for


def with_script(folder: Path) -> None:
    """Write the script into every text field."""
    for pattern, keys in TOML.items():
        field = re.compile(rf'(?m)^(\s*(?:{"|".join(keys)}) = "[^"\n]*)"$')
        for path in folder.glob(pattern):
            text = path.read_text(encoding="utf-8")
            path.write_text(field.sub(lambda hit: f'{hit[1]}{SCRIPT}"', text), encoding="utf-8")
    for path in folder.glob("facts/*.jsonl"):
        if not path.name.startswith("excluded"):
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            for row in rows:
                row |= {
                    key: row[key] + SCRIPT
                    for key in FACTS
                    if isinstance(row.get(key), str) and row[key]
                }
            path.write_text(
                "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
                encoding="utf-8",
            )


def build(folder: Path) -> None:
    """kb.db of such a corpus."""
    top = checkout(folder / "checkout")
    with_script(top / "corpus")
    digests = subprocess.run(
        [".venv/bin/python", "-m", "pipeline", "digests", "--build", "build"],
        cwd=top,
        capture_output=True,
        text=True,
    )
    assert digests.returncode == 0, digests.stderr
    done = make(folder=top)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def scripted(shared_tmp):
    """kb.db of a corpus with the script in every field."""
    folder = shared_tmp / "scripted"
    return once(folder, lambda: build(folder)) / "checkout/kb.db"


class Active(HTMLParser):
    """Whether a page has an element that the script made, read as a browser reads it: text in quotes is none."""

    def __init__(self) -> None:
        super().__init__()
        self.is_found = False

    def handle_starttag(self, tag, attrs):
        """An element: a picture of ours, an event, or a script of the corpus."""
        names = dict(attrs)
        self.is_found |= names.get("src") == "x" or any(name.startswith("on") for name in names)

    def handle_data(self, data):
        """The text of an element: of a script, it would be run."""
        self.is_found |= self.cdata_elem == "script" and "alert(1)" in data


def is_active(page: str) -> bool:
    """Whether something of the corpus would be run."""
    parser = Active()
    parser.feed(page)
    return parser.is_found


def test_what_would_be_run_is_found():
    assert (
        is_active(f"<p>{SCRIPT}</p>")
        and is_active("<p onclick=x>")
        and is_active("<script>alert(1)</script>")
    )
    assert not is_active(f'<p title="{html.escape(SCRIPT)}">{html.escape(SCRIPT)}</p>')


async def crawl(site) -> dict[str, str]:
    """All our pages by address, but for the many of one kind, of which there are some."""
    pages, todo, seen, counts = {}, deque(["/"]), {"/"}, {}
    while todo:
        path = todo.popleft()
        kind = "/".join(path.split("/")[:3])
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] > COMPARED:
            continue
        response = await site.client.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        if "html" not in response.headers["content-type"]:
            continue
        pages[path] = response.text
        links = {
            html.unescape(link).split("#")[0].split("?")[0] for link in HREF.findall(response.text)
        }
        for link in sorted(link for link in links - seen if PAGE.match(link)):
            seen.add(link)
            todo.append(link)
    return pages


async def test_a_script_in_every_field_is_text_on_every_page(scripted):
    async with running(serve(scripted)) as site:
        pages = await crawl(site)
        tables = [
            "gap_overview",
            "clause_overview",
            "document_overview",
            "rule_overview",
            "facts",
            "claims",
            "search_overview",
        ]
        for path in [
            *(f"/kb/{table}?as_of=*&comparison_id=*" for table in tables),
            "/-/search?q=积分",
            "/kb/search?q=积分",
        ]:
            pages[path] = (await site.client.get(path, follow_redirects=True)).text
        english = [f"{path}?_lang=en" for path in list(pages)[:40] if "?" not in path]
        pages |= {path: (await site.client.get(path)).text for path in english}
    assert [path for path, page in pages.items() if is_active(page)] == []
    showing = [path for path, page in pages.items() if "&lt;script&gt;alert" in page]
    assert len(showing) > len(pages) * 0.8, sorted(pages.keys() - set(showing))


async def test_a_script_in_every_field_is_text_in_every_file(scripted):
    async with running(serve(scripted)) as site:
        book = await site.client.get("/-/topic/shoutai.xlsx")
        sheets = openpyxl.load_workbook(io.BytesIO(book.content))
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        assert any("<script>" in str(cell.value) for cell in cells)
        assert not any(cell.data_type == "f" for cell in cells)
        word = docx.Document(io.BytesIO((await site.client.get("/-/topic/shoutai.docx")).content))
        assert "<script>" in "".join(part.text or "" for part in word.element.body.iter())
        assert not [
            part for part in word.element.body.iter() if str(part.tag).lower().endswith("script")
        ]
        for path in (
            "/-/topic/shoutai.json",
            "/kb/gaps.json",
            "/kb/gaps.csv",
            "/-/matrix/shoutai.csv",
            "/llms.txt",
        ):
            answer = await site.client.get(path, follow_redirects=True)
            assert "html" not in answer.headers["content-type"], path
            assert answer.headers["x-content-type-options"] == "nosniff"
        for link in re.findall(r'href="([^"]+\.atom[^"]*)"', (await site.client.get("/")).text):
            feed = ElementTree.fromstring((await site.client.get(html.unescape(link))).content)
            assert not [
                part for part in feed.iter() if part.tag.lower().endswith(("script", "img"))
            ]
