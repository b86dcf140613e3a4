"""Every link of our pages leads somewhere: a crawl of the whole site on the bundled corpus."""

import asyncio
import html
import re
from collections import deque

_HREF = re.compile(r'(?:href|src|action)="([^"]*)"')
_OURS = re.compile(
    r"^/(?:-/(?!static|plugins|permissions)[a-z]+(?:/[^?]*)?)?$"
)  # pages that we render, without arguments


def links(page: str) -> set[str]:
    """The internal addresses that a page leads to, without the place on the page.

    The English twins of pages are left to tests of their own: they would double the way.
    """
    found = (html.unescape(link).split("#")[0] for link in _HREF.findall(page))
    return {
        link
        for link in found
        if link.startswith("/") and not link.endswith(".db") and "_lang=" not in link
    }


async def test_every_internal_link_is_alive(site):
    known, todo, dead = {"/"}, deque(["/"]), []

    async def visit(link: str) -> None:
        response = await site.client.get(link, follow_redirects=True)
        if response.status_code != 200:
            dead.append((link, response.status_code))
        if _OURS.match(link) and "text/html" in response.headers.get("content-type", ""):
            for found in sorted(links(response.text) - known):
                known.add(found)
                todo.append(found)

    while todo:
        batch = [todo.popleft() for _ in range(min(8, len(todo)))]
        await asyncio.gather(*map(visit, batch))
    assert not dead
    assert len(known) > 2000  # gaps, clauses, documents, topics, claims: the whole of it
