"""Headers that keep every page to itself: nothing is loaded from elsewhere, nothing leaks out."""

from functools import wraps

from datasette import hookimpl

# Datasette's own pages have inline scripts and styles; ours have one script, a file that only copies.
HEADERS = {
    b"content-security-policy": (
        b"default-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        b" object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}


@hookimpl
def asgi_wrapper():
    """Add the headers to every response."""

    def wrap(app):
        @wraps(app)
        async def guarded(scope, receive, send):
            async def send_with_headers(event):
                if event["type"] == "http.response.start":
                    kept = [h for h in event.get("headers", []) if h[0].lower() not in HEADERS]
                    event = {**event, "headers": [*kept, *HEADERS.items()]}
                await send(event)

            await app(scope, receive, send_with_headers)

        return guarded

    return wrap
