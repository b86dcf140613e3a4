"""Security headers: nothing is loaded from other sites, no address is sent to them."""

from functools import wraps

from datasette import hookimpl

# Scripts and styles come from files of the site. Only pages of Datasette itself have them inline, among them
# its SQL editor, whose styles are made while it runs, so that no hash could name them.
_SOURCES = {False: b"'self'", True: b"'self' 'unsafe-inline'"}
_POLICY = (
    b"default-src %s; img-src 'self' data:;"
    b" object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Pages of Datasette at /-/NAME that have scripts or styles inline.
_TOOLS = {
    "actions",
    "allow-debug",
    "allowed",
    "api",
    "check",
    "create-token",
    "debug",
    "messages",
    "permissions",
    "rules",
    "schema",
}
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


@hookimpl(trylast=True)  # outermost, so that what another wrapper refuses has them too
def asgi_wrapper(datasette):
    """Add the headers to every response."""

    def wrap(app):
        @wraps(app)
        async def with_headers(scope, receive, send):
            policy = _POLICY % _SOURCES[has_inline(scope.get("path", ""), datasette)]
            own = HEADERS | {b"content-security-policy": policy}

            async def send_with_headers(event):
                if event["type"] == "http.response.start":
                    others = [h for h in event.get("headers", []) if h[0].lower() not in own]
                    event = {**event, "headers": [*others, *own.items()]}
                await send(event)

            await app(scope, receive, send_with_headers)

        return with_headers

    return wrap


def has_inline(path, datasette):
    """Whether a path is of a page on which Datasette itself has scripts or styles inline.

    These are pages of a database as a whole, with the SQL editor, stored queries, and some tools.
    """
    first, *rest = path.removeprefix(datasette.setting("base_url")).strip("/").split("/")
    if first == "-":
        return bool(rest) and rest[0] in _TOOLS
    databases = (datasette.config or {}).get("databases", {})
    queries = databases.get(first, {}).get("queries", {})
    return first in datasette.databases and (not rest or rest[0] == "-" or rest[0] in queries)
