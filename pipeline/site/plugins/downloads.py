"""Files of pages: the matrix of a topic (Excel, CSV); topics, matters and selections (Excel, Word); changes (Atom)."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

from datasette import NotFound, Response, hookimpl

from pipeline.site import kb, labels
from pipeline.site.changes import atom, recent_changes
from pipeline.site.exports import brief, matrix_file, matter_sheets, sheets, word_file
from pipeline.site.pages import matrix, selection
from pipeline.site.serving.page_response import Moved, attachment, permalinks


class Maker(NamedTuple):
    """How matters become a file."""

    write: Callable
    content_type: str


MAKERS = {
    "xlsx": Maker(matter_sheets.workbook, sheets.CONTENT_TYPE),
    "docx": Maker(brief.document, word_file.CONTENT_TYPE),
}


OFFICE = r"\.(?P<format>xlsx|docx)$"


@hookimpl(tryfirst=True)  # before the pages, whose keys may contain a dot
def register_routes():
    """The files, at the address of the page + .xlsx, .csv or .docx; the feeds."""
    return [
        (r"^/-/matrix/(?P<key>[^/.]+)\.(?P<format>xlsx|csv)$", matrix_download),
        (rf"^/-/(?P<page>topic|matter)/(?P<key>[^/]+?){OFFICE}", matters_download),
        (rf"^/-/(?P<page>selection){OFFICE}", matters_download),
        (r"^/-/feed\.atom$", feed),
        (r"^/-/feed/(?P<kind>topic|comparison|department)/(?P<key>[^/]+)\.atom$", feed),
    ]


async def matters_download(request, datasette):
    """A topic, a matter or a selection as a workbook or a brief, named in Chinese by title and date."""
    page, key = request.url_vars["page"], request.url_vars.get("key", "")
    await kb.allow(datasette, request, selection.TABLES)
    db, args = kb.database(datasette), request.args
    if page == "selection":
        data = await selection.load(db, args)
    else:
        load = selection.of_topic if page == "topic" else selection.of_matter
        data = await load(db, key, args)
    if data is None or isinstance(data, Moved):
        raise NotFound(f"没有编号为“{key}”的主题或事项，或没有这一组比较、这一日期")
    make = MAKERS[request.url_vars["format"]]
    body = await asyncio.to_thread(make.write, data, permalinks(datasette, request), labels.of(db).word)  # fmt: skip
    name = (
        f"{data['title']}-{data['comparison']['title'].replace(' ', '')}-{data['moment']['as_of']}"
    )
    headers = attachment(name, request.url_vars["format"])
    return Response(body, content_type=make.content_type, headers=headers)


async def matrix_download(request, datasette):
    """One topic's matrix as a file, named in Chinese by topic and date."""
    key, suffix = request.url_vars["key"], request.url_vars["format"]
    await kb.allow(datasette, request, matrix.TABLES)
    db = kb.database(datasette)
    data = await matrix.load(db, key, request.args)
    if data is None:
        raise NotFound(f"没有编号为“{key}”的主题")
    if suffix == "csv":
        body, content_type = matrix_file.as_csv(data), "text/csv; charset=utf-8"
    else:
        address = permalinks(datasette, request)  # absolute: a file is read away from the site
        body = await asyncio.to_thread(matrix_file.as_excel, data, address, labels.of(db).word)
        content_type = sheets.CONTENT_TYPE
    name = f"{data['topic']['name']}-各地对照表-{data['moment']['as_of']}"
    return Response(body, content_type=content_type, headers=attachment(name, suffix))


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
    body = atom.feed(data, permalinks(datasette, request))
    return Response(body, content_type=atom.CONTENT_TYPE)
