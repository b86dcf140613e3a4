"""A server on loopback that answers as a test says, and remembers what it was asked."""

import gzip
import io
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote


@dataclass
class Answer:
    """What an address gives; `cut` bytes of the body are sent, and `pause` seconds pass between pieces."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    pause: float = 0.0


@dataclass
class Host:
    """The server: what it has, by path, and the requests that came, with their time and Range."""

    files: dict[str, Answer | bytes] = field(default_factory=dict)
    requests: list[tuple[str, float, str]] = field(default_factory=list)
    connections: int = 0
    agents: set[str] = field(default_factory=set)
    url: str = ""

    @property
    def asked(self) -> list[str]:
        return [path for path, _, _ in self.requests]

    def forget(self) -> None:
        self.requests.clear()


class Handler(BaseHTTPRequestHandler):
    """Answers 304 to the etag that it gave, and continues a file where it is asked to."""

    protocol_version = "HTTP/1.1"
    host: Host

    def setup(self) -> None:
        self.host.connections += 1
        super().setup()

    def do_GET(self) -> None:
        path, wanted = unquote(self.path), self.headers.get("range", "")
        self.host.requests.append((path, time.monotonic(), wanted))
        self.host.agents.add(self.headers.get("user-agent", ""))
        found = self.host.files.get(path, Answer(status=404))
        answer = found if isinstance(found, Answer) else Answer(found)
        etag = f'"{sha256(answer.body).hexdigest()[:16]}"'
        if answer.status == 200 and self.headers.get("if-none-match") == etag:
            self.head(304, {})
            return
        start = int(wanted[6:-1]) if wanted and answer.status == 200 else 0
        length = str(len(answer.body) - start)
        self.head(206 if start else answer.status, {"etag": etag, "content-length": length, **answer.headers})  # fmt: skip
        self.send(answer.body[start : answer.cut], answer.pause)
        self.close_connection |= answer.cut is not None

    def head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, body: bytes, pause: float) -> None:
        size = 4096 if pause else max(len(body), 1)
        try:
            for at in range(0, len(body), size):
                self.wfile.write(body[at : at + size])
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            self.close_connection = True  # the client is gone

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def serving(files: dict[str, Answer | bytes] | None = None) -> Iterator[Host]:
    """A host of some files."""
    host = Host(dict(files or {}))
    handler = type("OneHost", (Handler,), {"host": host})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    host.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def archive(
    files: dict[str, bytes], folder: str = "Laws-1", change: Callable[[bytes], bytes] = bytes
) -> bytes:
    """A .tar.gz of files in a folder; `change` is applied to the tar inside."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for path, content in files.items():
            member = tarfile.TarInfo(f"{folder}/{path}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(change(out.getvalue()), mtime=0)


def blob(content: bytes) -> str:
    """The hash that git gives a file."""
    return sha1(b"blob %d\0" % len(content) + content).hexdigest()
