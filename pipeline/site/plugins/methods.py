"""Nothing is written through the site but reviews: another request that is not to read is refused before any page sees it."""

from functools import wraps

from datasette import hookimpl

from pipeline.site.reviews import review_desk

READING = ("GET", "HEAD")
# Where reviewers log in and out and record, on a site that has any (plugins/reviews.py).
OF_REVIEWERS = ("/-/login", "/-/logout", "/-/review")


@hookimpl
def asgi_wrapper(datasette):
    """Answer 405 to any other method; Datasette's pages would answer it as they answer GET."""

    def wrap(app):
        @wraps(app)
        async def refusing(scope, receive, send):
            if scope["type"] != "http" or scope["method"] in _allowed(datasette, scope["path"]):
                return await app(scope, receive, send)
            allowed = ", ".join(_allowed(datasette, scope["path"])).encode()
            headers = [(b"allow", allowed), (b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 405, "headers": headers})
            await send({"type": "http.response.body", "body": "这里只能读".encode()})

        return refusing

    return wrap


def _allowed(datasette, path):
    has_reviewers = path in OF_REVIEWERS and review_desk.log_path(datasette) is not None
    return (*READING, "POST") if has_reviewers else READING
