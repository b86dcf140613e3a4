"""Hooks that show a rebuilt kb.db without a restart, each response from a single build."""

from functools import wraps

from datasette import hookimpl

from pipeline.site import kb
from pipeline.site.serving import editions, response_cache


@hookimpl
async def startup(datasette):
    """Replace Datasette's databases by ones that follow the file."""
    databases = editions.EditionedDatabases(datasette)
    editions.sweep(databases.source)
    datasette.databases = databases
    await databases.refresh()


@hookimpl
def asgi_wrapper(datasette):
    """Answer each request from one edition, and from the cache where possible."""

    def wrap(app):
        @wraps(app)
        async def pinned(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            async with datasette.databases.pin():
                await answer(app, kb.database(datasette), scope, receive, send)

        return pinned

    return wrap


async def answer(app, db, scope, receive, send):
    """Send the cached response of this edition, or a new one."""
    cache, key = response_cache.of_edition(db), response_cache.key(scope)
    if key is None:
        return await app(scope, receive, send)
    messages = cache.get(key)
    for message in messages or ():
        await send(message)
    if messages is None:
        recorder = response_cache.Recorder(send)
        await app(scope, receive, recorder)
        if recorder.is_complete:
            cache.put(key, recorder.messages)
