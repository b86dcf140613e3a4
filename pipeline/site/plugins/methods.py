"""Nothing is written through the site: a request that is not to read is refused before any page sees it."""

from functools import wraps

from datasette import hookimpl

ALLOWED = ("GET", "HEAD")


@hookimpl
def asgi_wrapper():
    """Answer 405 to any other method; Datasette's pages would answer it as they answer GET."""

    def wrap(app):
        @wraps(app)
        async def reading(scope, receive, send):
            if scope["type"] != "http" or scope["method"] in ALLOWED:
                return await app(scope, receive, send)
            headers = [(b"allow", ", ".join(ALLOWED).encode()), (b"content-type", b"text/plain; charset=utf-8")]  # fmt: skip
            await send({"type": "http.response.start", "status": 405, "headers": headers})
            await send({"type": "http.response.body", "body": "这里只能读".encode()})

        return reading

    return wrap
