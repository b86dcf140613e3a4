"""What cannot be answered costs little, and is called the fault of whoever asked where it is.

Where the library rich is installed, as it is with spaCy, Datasette prints every exception with
all variables, also for a page not found: one to three seconds in which nobody else is answered.
A fault of the site (5xx) is still printed, plainly.
"""

import re
import sqlite3
import sys
from functools import wraps

from datasette import handle_exception as datasettes
from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

from pipeline.site import kb

datasettes.rich = None

# A parameter that is no number, no JSON, no column; SQL that does not run, or not in time.
ASKED_WRONG = (QueryInterrupted, ValueError, TypeError, OverflowError)
OUR_FAULT = re.compile("malformed|disk|not a database|unable to open")


LONGEST = 8000  # bytes of an address; a page repeats its address in some eighty links


@hookimpl(wrapper=True)
def handle_exception(datasette, request, exception):
    """Datasette's table and query pages answer 500 to many a wrong parameter: 400 is meant."""
    handlers = yield
    theirs = request.path.startswith(f"/{kb.database(datasette).route}/")
    if not (theirs and request.query_string and asked_wrong(exception)):
        return handlers
    told = str(exception)[:200]
    print(f"400 {request.path[:200]!r}: {type(exception).__name__}: {told!r}", file=sys.stderr)
    error = DatasetteError(f"地址中的参数或查询不能执行：{told}", status=400)
    return [datasettes.handle_exception(datasette, request, error)]  # the others would print more


def asked_wrong(exception):
    """Whether a parameter is to blame, not the site."""
    if isinstance(exception, sqlite3.Error):
        return not OUR_FAULT.search(str(exception))
    if isinstance(exception, DatasetteError):
        return exception.status == 500
    return isinstance(exception, ASKED_WRONG)


@hookimpl
def asgi_wrapper():
    """Refuse an address that no page of ours has."""

    def wrap(app):
        @wraps(app)
        async def measured(scope, receive, send):
            if scope["type"] == "http" and too_long(scope):
                said = "地址过长".encode()
                kind = (b"content-type", b"text/plain; charset=utf-8")
                await send({"type": "http.response.start", "status": 414, "headers": [kind]})
                return await send({"type": "http.response.body", "body": said})
            return await app(scope, receive, send)

        return measured

    return wrap


def too_long(scope):
    """Whether path and parameters together go beyond what we take."""
    return len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST
