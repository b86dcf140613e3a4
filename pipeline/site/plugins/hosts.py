"""On one's own machine the site answers to that machine's names only.

A web page elsewhere can have its own name lead to 127.0.0.1 (DNS rebinding), and would then read what the
reader's browser may read: the whole knowledge base, with documents that are not published, by SQL. The published
profile turns this off: there the server in front answers to one name (docs/deploy).
"""

from functools import wraps

from datasette import hookimpl

OWN = ("localhost", "127.0.0.1", "[::1]")
_MESSAGE = "这个网站只给本机用，请用 http://127.0.0.1 加端口打开；要让别人访问，见 docs/deploy/publishing.md"


@hookimpl
def asgi_wrapper(datasette):
    """Answer 421 to a request for another host, if the configuration asks for it."""
    if not (datasette.plugin_config("hosts") or {}).get("own_only"):
        return lambda app: app

    def wrap(app):
        @wraps(app)
        async def own(scope, receive, send):
            if scope["type"] != "http" or host(scope) in OWN:
                return await app(scope, receive, send)
            content_type = (b"content-type", b"text/plain; charset=utf-8")
            await send({"type": "http.response.start", "status": 421, "headers": [content_type]})
            await send({"type": "http.response.body", "body": _MESSAGE.encode()})

        return own

    return wrap


def host(scope):
    """The host that a request names, without its port; empty for none.

    >>> host({"headers": [(b"host", b"127.0.0.1:8001")]}), host({"headers": [(b"host", b"[::1]:8001")]})
    ('127.0.0.1', '[::1]')
    """
    named = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    name, _, port = named.rpartition(":")
    return name if name and port.isdigit() else named
