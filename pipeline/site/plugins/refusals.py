"""Requests that are refused before any page sees them: that would write anything but a review, or name another host.

A web page elsewhere can have its own name lead to 127.0.0.1 (DNS rebinding), and would then read what the
reader's browser may read: the whole knowledge base, with documents that are not published, by SQL. On one's own
machine the site thus answers to that machine's names only. The published profile turns this off: there the
server in front answers to one name (docs/deploy).
"""

from functools import wraps

from datasette import hookimpl

from pipeline.site.reviews import review_desk

READING = ("GET", "HEAD")  # Datasette's pages would answer any other as they answer GET
# Where reviewers log in and out and record, on a site that has any (plugins/reviews.py).
OF_REVIEWERS = ("/-/login", "/-/logout", "/-/review")
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
_OTHER_NAME = "这个网站只给本机用，请用 http://127.0.0.1 加端口打开；要让别人访问，见 docs/deploy/publishing.md"


@hookimpl
def asgi_wrapper(datasette):
    """Answer 405 to another method, and 421 to another host if the configuration asks for it."""
    own_only = (datasette.plugin_config("refusals") or {}).get("own_names_only")

    def wrap(app):
        @wraps(app)
        async def refusing(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            allowed = methods(datasette, scope["path"])
            if scope["method"] not in allowed:
                return await refuse(
                    send, 405, "这里只能读", (b"allow", ", ".join(allowed).encode())
                )
            if own_only and host(scope) not in OWN_NAMES:
                return await refuse(send, 421, _OTHER_NAME)
            return await app(scope, receive, send)

        return refusing

    return wrap


def methods(datasette, path):
    """The methods that an address answers."""
    has_reviewers = path in OF_REVIEWERS and review_desk.log_path(datasette) is not None
    return (*READING, "POST") if has_reviewers else READING


def host(scope):
    """The host that a request names, without its port; empty for none.

    >>> host({"headers": [(b"host", b"127.0.0.1:8001")]}), host({"headers": [(b"host", b"[::1]:8001")]})
    ('127.0.0.1', '[::1]')
    """
    named = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    name, _, port = named.rpartition(":")
    return name if name and port.isdigit() else named


async def refuse(send, status, message, *headers):
    """Send a refusal in one line."""
    content_type = (b"content-type", b"text/plain; charset=utf-8")
    await send(
        {"type": "http.response.start", "status": status, "headers": [content_type, *headers]}
    )
    await send({"type": "http.response.body", "body": message.encode()})
