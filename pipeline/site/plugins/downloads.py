"""The matrix of a topic as files: Excel, and CSV that Chinese Excel opens."""

import asyncio
from urllib.parse import quote

from datasette import NotFound, Response, hookimpl

from pipeline.site import kb, labels
from pipeline.site.pages import matrix
from pipeline.site.parts import workbook


@hookimpl
def register_routes():
    """Beside the page and its JSON twin."""
    return [(r"^/-/matrix/(?P<key>[^/.]+)\.(?P<format>xlsx|csv)$", show_file)]


async def show_file(request, datasette):
    """One topic's matrix as a file, named in Chinese by topic and date."""
    key, form = request.url_vars["key"], request.url_vars["format"]
    await kb.allow(datasette, request, matrix.TABLES)
    db = kb.database(datasette)
    data = await matrix.load(db, key, request.args)
    if data is None:
        raise NotFound(f"没有编号为“{key}”的主题")
    if form == "csv":
        body, kind = workbook.as_csv(data), "text/csv; charset=utf-8"
    else:
        address, word = linker(datasette, request), labels.of(db).word
        body = await asyncio.to_thread(workbook.as_excel, data, address, word)
        kind = workbook.EXCEL
    name = quote(f"{data['topic']['name']}-各地对照表-{data['moment']['as_of']}.{form}", safe="")
    headers = {"content-disposition": f"attachment; filename=\"{key}.{form}\"; filename*=UTF-8''{name}"}  # fmt: skip
    return Response(body, content_type=kind, headers=headers)


def linker(datasette, request):
    """A path of the site to its absolute address: a file is read far from the site."""
    return lambda path: datasette.absolute_url(request, datasette.urls.path(path))
