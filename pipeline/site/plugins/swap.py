"""A rebuilt kb.db is taken up without a restart, and no page mixes two builds."""

from functools import wraps

from datasette import hookimpl

from pipeline.site import kb
from pipeline.site.serving import editions, response_cache


@hookimpl
async def startup(datasette):
    """Put the database on a shelf where its next edition can stand in its place."""
    shelf = editions.Shelf(datasette)
    editions.sweep(shelf.source)
    datasette.databases = shelf
    await shelf.look()


@hookimpl
def asgi_wrapper(datasette):
    """Answer every request from one edition, and from memory where it was answered before."""

    def wrap(app):
        @wraps(app)
        async def pinned(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            async with datasette.databases.reading():
                await remembered(app, kb.database(datasette), scope, receive, send)

        return pinned

    return wrap


async def remembered(app, db, scope, receive, send):
    """The answer of this edition that was given before, or a new one."""
    shelf, key = response_cache.shelf(db), response_cache.key(scope)
    if key is None:
        return await app(scope, receive, send)
    held = shelf.get(key)
    for message in held or ():
        await send(message)
    if held is None:
        recorder = response_cache.Recorder(send)
        await app(scope, receive, recorder)
        if recorder.whole:
            shelf.put(key, recorder.messages)
