"""Errors: bad requests are answered with 4xx, at little cost.

Where the library rich is installed, as it is with spaCy, Datasette prints every exception with all
variables, also for a page not found: one to three seconds in which no other request is answered. An
error of the site (5xx) is still printed, without rich.
"""

import re
import sqlite3
import sys
from functools import wraps

from datasette import NotFound, hookimpl
from datasette import handle_exception as datasette_handler
from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

from pipeline.site import kb

datasette_handler.rich = None

# Raised for a parameter that is no number, no JSON or no column, and for SQL that does not finish in time.
BAD_REQUEST = (QueryInterrupted, ValueError, TypeError, OverflowError)
# Messages of SQLite about the database itself rather than the query.
SERVER_ERROR = re.compile("malformed|disk|not a database|unable to open")
MAX_ADDRESS = 8000  # bytes; a page repeats its address in some eighty links


@hookimpl(wrapper=True)
def handle_exception(datasette, request, exception):
    """Answer 400 where Datasette's table and query pages answer 500 to a wrong parameter."""
    handlers = yield
    is_datasette_page = request.path.startswith(f"/{kb.database(datasette).route}/")
    if isinstance(exception, AssertionError) and str(exception).startswith("Invalid format"):
        error = NotFound("没有这种格式")
        return [datasette_handler.handle_exception(datasette, request, error)]
    if not (is_datasette_page and request.query_string and is_bad_request(exception)):
        return handlers
    message = str(exception)[:200]
    print(f"400 {request.path[:200]!r}: {type(exception).__name__}: {message!r}", file=sys.stderr)
    error = DatasetteError(f"地址中的参数或查询不能执行：{message}", status=400)
    # In place of all handlers, which would print the exception with its traceback.
    return [datasette_handler.handle_exception(datasette, request, error)]


def is_bad_request(exception):
    """Whether a parameter caused the exception, not the site."""
    if isinstance(exception, sqlite3.Error):
        return not SERVER_ERROR.search(str(exception))
    if isinstance(exception, DatasetteError):
        return exception.status == 500
    return isinstance(exception, BAD_REQUEST)


@hookimpl
def asgi_wrapper():
    """Refuse an address that is longer than any of the site."""

    def wrap(app):
        @wraps(app)
        async def measured(scope, receive, send):
            if scope["type"] == "http" and too_long(scope):
                body = "地址过长".encode()
                content_type = (b"content-type", b"text/plain; charset=utf-8")
                start = {"type": "http.response.start", "status": 414, "headers": [content_type]}
                await send(start)
                return await send({"type": "http.response.body", "body": body})
            return await app(scope, receive, send)

        return measured

    return wrap


def too_long(scope):
    """Whether path and parameters together exceed MAX_ADDRESS."""
    return len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > MAX_ADDRESS
