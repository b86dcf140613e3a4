"""Answers that were given before, for as long as their edition of kb.db is served.

An edition never changes and nobody logs in, so that an address has one answer. The tables' first
pages, which count and facet everything, are asked for most often and take longest.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from weakref import WeakKeyDictionary

from datasette.database import Database

KEPT = 300  # seconds: a facet that ran out of time on a busy day is counted again
ROOM = 32_000_000  # bytes for one edition; the least recently asked for goes first
LARGEST = 1_000_000  # bytes: downloads and exports pass by

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Key = tuple[Any, ...]


class Shelf:
    """The answers of one edition."""

    def __init__(self) -> None:
        self.held: OrderedDict[Key, tuple[float, list[Message]]] = OrderedDict()
        self.room = ROOM

    def get(self, key: Key) -> list[Message] | None:
        """The messages of an answer given not long before."""
        given, messages = self.held.get(key, (0.0, None))
        if messages is None or time.monotonic() - given > KEPT:
            return None
        self.held.move_to_end(key)
        return messages

    def put(self, key: Key, messages: list[Message]) -> None:
        """Keep an answer, and let old ones go until it fits."""
        self.room += _size(self.held.pop(key, (0.0, []))[1])
        self.held[key] = time.monotonic(), messages
        self.room -= _size(messages)
        while self.room < 0:
            self.room += _size(self.held.popitem(last=False)[1][1])


_SHELVES: WeakKeyDictionary[Database, Shelf] = WeakKeyDictionary()


def shelf(db: Database) -> Shelf:
    """The answers of this edition."""
    return _SHELVES.setdefault(db, Shelf())


def key(scope: Message) -> Key | None:
    """What an answer depends on; None for a request that may not be answered from here.

    The host is part of it, since pages print their own address.
    """
    headers = dict(scope["headers"])
    if scope["method"] != "GET" or headers.keys() & {b"cookie", b"authorization"}:
        return None
    said = (headers.get(name) for name in (b"host", b"x-forwarded-proto", b"accept"))
    return scope["scheme"], scope["path"], scope.get("raw_path"), scope["query_string"], *said


class Recorder:
    """Passes an answer on and remembers it; large, failed or personal ones are forgotten."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.messages: list[Message] | None = []

    async def __call__(self, message: Message) -> None:
        """Send one message of the answer."""
        if self.messages is not None:
            self.messages.append(dict(message))
            if _size(self.messages) > LARGEST or not _common(message):
                self.messages = None
        await self._send(message)

    @property
    def whole(self) -> bool:
        """Whether all of it was seen and may be given again."""
        last = self.messages[-1] if self.messages else {"type": ""}
        return last["type"] == "http.response.body" and not last.get("more_body", False)


def _common(message: Message) -> bool:
    """Whether anybody may be told the same."""
    if message["type"] != "http.response.start":
        return True
    headers = {name.lower() for name, _ in message["headers"]}
    return message["status"] == 200 and not headers & {b"set-cookie", b"content-disposition"}


def _size(messages: list[Message]) -> int:
    # An empty answer weighs something too: its key and headers.
    return sum(500 + len(message.get("body", b"")) for message in messages)
