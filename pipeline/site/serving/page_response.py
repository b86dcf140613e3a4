"""Response of a page: the reader's permission, the data of the page, and HTML or JSON.

Every page has a JSON twin with the same data, at the same address + .json.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from datasette import NotFound, Response
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import MultiParams
from datasette.utils.asgi import Request
from datasette.views.base import DatasetteError

from pipeline.site import kb

Data = dict[str, Any]
View = Callable[[Request, Datasette], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What the data of a page may depend on."""

    db: Database
    key: str  # of the object that the page is about; empty for a page without one
    args: MultiParams  # the parameters of the address
    address: Callable[[str], str]  # the permanent link of a path of this site
    history: Path  # of changes, which need not be there


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the reader is sent in place of a page: its path, and its query and place without ? and #."""

    path: str
    query: str = ""
    place: str = ""

    @property
    def target(self) -> str:
        """The address as a whole.

        >>> Moved("/-/matter/a", "comparison=b", "date-c").target
        '/-/matter/a?comparison=b#date-c'
        """
        return (
            self.path
            + (f"?{self.query}" if self.query else "")
            + (f"#{self.place}" if self.place else "")
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its data and its template.

    Attributes:
        path: regular expression of its address, with the group `key` if it is about one object.
        tables: the tables that it shows; a reader needs the permission to view all of them.
        load: its data; None if there is no such object; Moved if it is on another page.
        template: file in templates/.
        missing: the message if there is no data; `{key}` stands for the key.
        key_is_name: whether the key is a Chinese name, percent-encoded in the address.
    """

    path: str
    tables: Sequence[str]
    load: Callable[[PageRequest], Awaitable[Data | Moved | None]]
    template: str
    missing: str
    key_is_name: bool = False


def route(page: Page) -> tuple[str, View]:
    """The regular expression and the view of a page and its JSON twin, for Datasette."""

    async def view(request: Request, datasette: Datasette) -> Response:
        return await _respond(page, request, datasette)

    return with_twin(page.path), view


def with_twin(path: str) -> str:
    """The regular expression of an address and of its JSON twin, with the group `format`."""
    return rf"^{path}(?P<format>\.json)?$"


async def _respond(page: Page, request: Request, datasette: Datasette) -> Response:
    """The page as the address asks for it.

    Raises:
        Forbidden: a table of the page is closed to this reader.
        NotFound: there is no such object.
    """
    await kb.allow(datasette, request, page.tables)
    key = request.url_vars.get("key", "")
    key = unquote(key) if page.key_is_name else key
    address = permalinks(datasette, request)
    history = kb.history_file(datasette)
    data = await page.load(PageRequest(kb.database(datasette), key, request.args, address, history))
    if data is None:
        raise _not_found(page.missing.format(key=key), request)
    if isinstance(data, Moved):
        twin = replace(data, path=data.path + (request.url_vars["format"] or ""))
        return Response.redirect(datasette.urls.path(twin.target))
    if request.url_vars["format"]:
        return as_json(data)
    data["permalink"] = address(request.path)
    return Response.html(await datasette.render_template(page.template, data, request=request))


def _not_found(message: str, request: Request) -> Exception:
    """The error for a page that does not exist. Datasette answers NotFound at the home page with a redirect to it."""
    is_home = request.path.endswith("/")
    error: Exception = (
        DatasetteError(message, title="没有这一页", status=404) if is_home else NotFound(message)
    )
    return error


def permalinks(datasette: Datasette, request: Request) -> Callable[[str], str]:
    """A function from a path of this site to its permanent link, an absolute address."""

    def address(path: str) -> str:
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    return address


def as_json(data: Data, status: int = 200) -> Response:
    """JSON in UTF-8, with Chinese characters as they are instead of escapes."""
    body = json.dumps({"ok": status == 200} | data, ensure_ascii=False)
    return Response(body, status=status, content_type="application/json; charset=utf-8")


def attachment(name: str, suffix: str) -> dict[str, str]:
    """The headers of a file to keep, named in Chinese; an old browser calls it export (RFC 6266).

    >>> attachment("规定", "xlsx")["content-disposition"].split("; ")[2]
    "filename*=UTF-8''%E8%A7%84%E5%AE%9A.xlsx"
    """
    encoded = quote(f"{name}.{suffix}", safe="")
    names = f"filename=\"export.{suffix}\"; filename*=UTF-8''{encoded}"
    return {"content-disposition": f"attachment; {names}"}
