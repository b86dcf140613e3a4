"""Atom feeds: the changes of all, of a topic, a comparison or a department."""

from urllib.parse import unquote

from datasette import NotFound, Response, hookimpl

from pipeline.site import kb
from pipeline.site.changes import atom, recent_changes
from pipeline.site.serving import page_response


@hookimpl(tryfirst=True)
def register_routes():
    """The feeds: /-/feed.atom, and one for each topic, comparison and department."""
    return [
        (r"^/-/feed\.atom$", feed),
        (r"^/-/feed/(?P<kind>topic|comparison|department)/(?P<key>[^/]+)\.atom$", feed),
    ]


async def feed(request, datasette):
    """One feed; what is unknown is not found."""
    await kb.allow(datasette, request, recent_changes.TABLES)
    db = kb.database(datasette)
    kind, key = request.url_vars.get("kind"), unquote(request.url_vars.get("key", ""))
    asked = await recent_changes.scope(
        db, *(key if kind == each else None for each in ("topic", "comparison", "department"))
    )
    if asked is None:
        raise NotFound(f"没有编号为“{key}”的主题、比较或部门")
    data = await recent_changes.of_scope(db, asked, kb.history_file(datasette))
    body = atom.feed(data, page_response.permalinks(datasette, request))
    return Response(body, content_type=atom.CONTENT_TYPE)
