"""A rebuilt kb.db is taken up without a restart, and no page mixes two builds."""

from functools import wraps

from datasette import hookimpl

from pipeline.site import editions


@hookimpl
async def startup(datasette):
    """Put the database on a shelf where its next edition can stand in its place."""
    shelf = editions.Shelf(datasette)
    editions.sweep(shelf.source)
    datasette.databases = shelf
    await shelf.look()


@hookimpl
def asgi_wrapper(datasette):
    """Answer every request from one edition."""

    def wrap(app):
        @wraps(app)
        async def pinned(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            async with datasette.databases.reading():
                await app(scope, receive, send)

        return pinned

    return wrap
