"""Cache of responses, one for each edition of kb.db.

An edition never changes, so that an address has one response for all who did not log in. The first pages of the
tables, with their counts and facets, are requested most often and take longest.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from weakref import WeakKeyDictionary

from datasette.database import Database

MAX_AGE = 300  # seconds: a facet that timed out under load is counted again
CAPACITY = 32_000_000  # bytes for each edition; the least recently used response is dropped first
MAX_RESPONSE = 1_000_000  # bytes; larger downloads and exports are not kept
OVERHEAD = 500  # bytes for each message: its headers and its share of the key

BESIDE = ("/-/changes", "/-/feed")  # pages that show the history too, which lies beside the edition

Message = MutableMapping[str, Any]  # of ASGI
Send = Callable[[Message], Awaitable[None]]
CacheKey = tuple[Any, ...]


class ResponseCache:
    """The responses of one edition."""

    def __init__(self) -> None:
        self._responses: OrderedDict[CacheKey, tuple[float, list[Message]]] = OrderedDict()
        self._free = CAPACITY

    def get(self, key: CacheKey) -> list[Message] | None:
        """The messages of a response not older than MAX_AGE."""
        stored_at, messages = self._responses.get(key, (0.0, None))
        if messages is None or time.monotonic() - stored_at > MAX_AGE:
            return None
        self._responses.move_to_end(key)
        return messages

    def put(self, key: CacheKey, messages: list[Message]) -> None:
        """Store a response, and drop old ones until it fits."""
        self._free += _size(self._responses.pop(key, (0.0, []))[1])
        self._responses[key] = time.monotonic(), messages
        self._free -= _size(messages)
        while self._free < 0:
            self._free += _size(self._responses.popitem(last=False)[1][1])


_CACHES: WeakKeyDictionary[Database, ResponseCache] = WeakKeyDictionary()


def of_edition(db: Database) -> ResponseCache:
    """The cache of this edition."""
    return _CACHES.setdefault(db, ResponseCache())


def key(scope: Message) -> CacheKey | None:
    """What a response depends on; None for a request whose response may not be cached.

    The host is part of it, because pages print their own address.
    """
    headers = dict(scope["headers"])
    if any(part in scope["path"] for part in BESIDE):
        return None
    if scope["method"] != "GET" or headers.keys() & {b"cookie", b"authorization"}:
        return None
    values = (headers.get(name) for name in (b"host", b"x-forwarded-proto", b"accept"))
    return scope["scheme"], scope["path"], scope.get("raw_path"), scope["query_string"], *values


class Recorder:
    """Sends a response on and records it, unless it is large, failed or personal."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.messages: list[Message] | None = []

    async def __call__(self, message: Message) -> None:
        """Send one message of the response."""
        if self.messages is not None:
            self.messages.append(dict(message))
            if _size(self.messages) > MAX_RESPONSE or not _is_cacheable(message):
                self.messages = None
        await self._send(message)

    @property
    def is_complete(self) -> bool:
        """Whether the whole response was recorded."""
        last = self.messages[-1] if self.messages else {"type": ""}
        return last["type"] == "http.response.body" and not last.get("more_body", False)


def _is_cacheable(message: Message) -> bool:
    """Whether the response may be sent to any reader."""
    if message["type"] != "http.response.start":
        return True
    headers = {name.lower() for name, _ in message["headers"]}
    return message["status"] == 200 and not headers & {b"set-cookie", b"content-disposition"}


def _size(messages: list[Message]) -> int:
    return sum(OVERHEAD + len(message.get("body", b"")) for message in messages)
