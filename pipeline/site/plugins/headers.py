"""Security headers: nothing is loaded from other sites, no address is sent to them."""

from functools import wraps

from datasette import hookimpl

# 'unsafe-inline': Datasette's own pages have inline scripts, ours inline styles and one script, a file.
HEADERS = {
    b"content-security-policy": (
        b"default-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        b" object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


@hookimpl(trylast=True)  # outermost, so that what another wrapper refuses has them too
def asgi_wrapper():
    """Add the headers to every response."""

    def wrap(app):
        @wraps(app)
        async def with_headers(scope, receive, send):
            async def send_with_headers(event):
                if event["type"] == "http.response.start":
                    others = [h for h in event.get("headers", []) if h[0].lower() not in HEADERS]
                    event = {**event, "headers": [*others, *HEADERS.items()]}
                await send(event)

            await app(scope, receive, send_with_headers)

        return with_headers

    return wrap
