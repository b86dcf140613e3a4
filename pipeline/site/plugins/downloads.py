"""The matrix of a topic as files: Excel, and CSV that Chinese Excel opens."""

import asyncio

from datasette import NotFound, Response, hookimpl

from pipeline.site import kb, labels
from pipeline.site.exports import matrix_file, sheets
from pipeline.site.pages import matrix
from pipeline.site.serving.page_response import attachment, permalinks


@hookimpl
def register_routes():
    """The files, at the address of the page + .xlsx or .csv."""
    return [(r"^/-/matrix/(?P<key>[^/.]+)\.(?P<format>xlsx|csv)$", matrix_download)]


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
