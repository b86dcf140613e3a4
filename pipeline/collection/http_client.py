"""HTTP client: polite requests, one at a time and one connection a host; what is refused is one line.

Kept for each host: its robots.txt, when it was last asked, and how often in a row it failed. After some failures
in a row a host is not asked again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

import httpx2

from pipeline.collection import disk, robots
from pipeline.collection.fetch_settings import ClientSettings
from pipeline.collection.robots import RobotRules
from pipeline.core.errors import CorpusError

_REDIRECTS = 5
_ROBOTS_BYTES = 500_000  # RFC 9309 asks to read at least these
_AGAIN = "过些时候再运行一次，已经取到的不会再取"


@dataclass(frozen=True, slots=True)
class Answer:
    """A file that was fetched, or that did not change; headers are "" where absent.

    Attributes:
        url: from which it came at last, after redirects.
        is_new: False where the server says that it did not change.
        etag: of the version, for the next request.
        modified: the header Last-Modified, likewise.
        content_type: the header.
    """

    url: str
    is_new: bool
    etag: str = ""
    modified: str = ""
    content_type: str = ""


def shown(url: str) -> str:
    """An address as a reader reads it.

    >>> shown("http://a/%E6%B2%AA.md")
    'http://a/沪.md'
    """
    return unquote(url)


class AbsentError(CorpusError):
    """The server says that there is no such file."""


class ForbiddenError(CorpusError):
    """The robots.txt of the host does not allow the address."""


class HostError(CorpusError):
    """The host does not answer, or failed too often: nothing else is to be asked of it."""


@dataclass(slots=True)
class _Host:
    """What is known of a host."""

    rules: RobotRules | None = None
    asked: float | None = None  # when, by the monotonic clock
    failures: int = 0


@dataclass(slots=True)
class PoliteClient:
    """A client for all requests of a run; to be used in a `with` of `opened`."""

    settings: ClientSettings
    client: httpx2.Client
    hosts: dict[str, _Host] = field(default_factory=dict)
    answered: bool = False  # whether any host has answered anything

    def download(
        self, url: str, target: Path, etag: str = "", modified: str = "", resume: bool = False
    ) -> Answer:
        """Fetch a file; the target is there whole, or not at all.

        Args:
            url: its address.
            target: file to write.
            etag: of the version that is already there.
            modified: its date, as the server gave it.
            resume: whether what never changes at this address is continued behind a part of an earlier run.

        Raises:
            CorpusError: what the server or the disk refused; AbsentError, ForbiddenError, HostError, DiskError.
        """
        conditions = {"if-none-match": etag, "if-modified-since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        part = target.with_name(target.name + ".part")
        begun = part.stat().st_size if resume and part.exists() else 0
        if begun:
            headers["range"] = f"bytes={begun}-"
        with self._response(url, headers) as response:
            answer = _answer(response)
            if response.status_code == 304:
                return answer
            if response.status_code == 416:
                part.unlink(missing_ok=True)
                raise CorpusError(shown(url), "上次留下的一段接不上，已删去", "再运行一次")
            self._check_status(url, response)
            self._write(url, response, part)
        part.replace(target)
        return answer

    def _write(self, url: str, response: httpx2.Response, part: Path) -> None:
        """Write the body behind what is there, where the server continued it, else from the start."""
        mode = "ab" if response.status_code == 206 else "wb"
        try:
            with part.open(mode) as out:
                self._copy(url, response, out)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise disk.refused(part.parent, error) from None

    def _copy(self, url: str, response: httpx2.Response, out: IO[bytes]) -> None:
        limit, until = (
            self.settings.largest_bytes,
            time.monotonic() + self.settings.total_seconds,
        )
        for chunk in response.iter_raw():
            out.write(chunk)
            if out.tell() > limit:
                raise CorpusError(
                    shown(url), f"大于 {limit / 1e6:.0f} MB", "确认地址，或改 largest_bytes"
                )
            if time.monotonic() > until:
                found = f"{self.settings.total_seconds:.0f} 秒还没有取完"
                raise CorpusError(shown(url), found, _AGAIN)

    def _check_status(self, url: str, response: httpx2.Response) -> None:
        code, host = response.status_code, self._host(url)
        if code in (404, 410):
            host.failures += 1
            raise AbsentError(shown(url), f"页面不在（{code}）", "核对地址；原来取到的不动")
        if code not in (200, 206):
            host.failures += 1
            raise CorpusError(shown(url), f"服务器答 {code}，没有给出文件", _AGAIN)
        host.failures = 0

    @contextmanager
    def _response(self, url: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        """The response of an address, after redirects.

        Raises:
            CorpusError: the network, robots.txt or the redirects do not let it be had.
        """
        asked = url
        for _ in range(_REDIRECTS):
            self._check_allowed(url)
            with self._request(url, headers) as response:
                if not response.has_redirect_location:
                    _check_not_home(asked, url)
                    yield response
                    return
                url = urljoin(url, response.headers["location"])
        raise CorpusError(
            shown(asked), f"转了 {_REDIRECTS} 次还没有到", "用浏览器打开，改写最后的地址"
        )

    @contextmanager
    def _request(self, url: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        """One request, not before the host's delay has passed."""
        host = self._host(url)
        if host.failures >= self.settings.failures:
            raise HostError(
                shown(url), f"这个主机接连 {host.failures} 次没有给出，不再问它", _AGAIN
            )
        self._wait(host)
        try:
            with self.client.stream("GET", url, headers=headers) as response:
                self.answered = True
                yield response
        except httpx2.TimeoutException:
            host.failures += 1
            raise CorpusError(shown(url), "等不到回应", _AGAIN) from None
        except httpx2.InvalidURL:
            raise CorpusError(shown(url), "不是地址", "改正 fetch.toml 中的地址") from None
        except httpx2.HTTPError as error:
            host.failures += 1
            raise CorpusError(shown(url), f"连接断了（{_reason(error)}）", _AGAIN) from None
        finally:
            host.asked = time.monotonic()

    def _wait(self, host: _Host) -> None:
        if host.asked is not None:
            asked_for = host.rules.delay(self.settings.agent) if host.rules else 0.0
            left = host.asked + max(self.settings.delay, asked_for) - time.monotonic()
            time.sleep(max(left, 0.0))

    def _check_allowed(self, url: str) -> None:
        """Refuse an address that is not allowed; robots.txt is read before the first request."""
        host = self._host(url)
        if host.rules is None:
            host.rules = self._robots(url)
        if host.rules.closed:
            raise HostError(shown(url), "读不到这个主机的 robots.txt，不去取", _AGAIN)
        if not host.rules.allows(url, self.settings.agent):
            raise ForbiddenError(shown(url), "robots.txt 不许取", "用浏览器打开另存，再 make add")

    def _robots(self, url: str) -> RobotRules:
        address = urljoin(url, "/robots.txt")
        for _ in range(_REDIRECTS):
            try:
                with self._request(address, {}) as response:
                    if response.has_redirect_location:
                        address = urljoin(address, response.headers["location"])
                        continue
                    body = b"".join(_first(response.iter_raw(), _ROBOTS_BYTES))
                    return robots.read(response.status_code, body)
            except CorpusError:
                return robots.read(None, b"")
        return RobotRules()  # too many redirects: as if there were none

    def _host(self, url: str) -> _Host:
        return self.hosts.setdefault(urlsplit(url).netloc, _Host())


@contextmanager
def opened(
    settings: ClientSettings, told: Callable[[str], None] | None = None
) -> Iterator[PoliteClient]:
    """A client that keeps one connection a host.

    Args:
        settings: of corpus/fetch.toml.
        told: called with the host of every request that is sent.
    """
    timeout = httpx2.Timeout(settings.read_seconds, connect=settings.connect_seconds)
    # identity: the bytes as they are, so that a part can be continued and a hash be taken
    headers = {"user-agent": settings.agent, "accept-encoding": "identity"}

    def tell(request: httpx2.Request) -> None:
        if told:
            told(request.url.netloc.decode())

    hooks = {"request": [tell]}
    with httpx2.Client(headers=headers, timeout=timeout, event_hooks=hooks) as client:
        yield PoliteClient(settings, client)


def _first(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk[:limit]
        limit -= len(chunk)
        if limit <= 0:
            return


def _answer(response: httpx2.Response) -> Answer:
    header = response.headers.get
    is_new = response.status_code != 304
    names = ("etag", "last-modified", "content-type")
    return Answer(str(response.url), is_new, *(header(name, "") for name in names))


def _reason(error: httpx2.HTTPError) -> str:
    return str(error).replace("\n", " ") or type(error).__name__


def _check_not_home(asked: str, url: str) -> None:
    """Refuse a redirect to a home page, which says that the page is gone.

    >>> _check_not_home("http://a/b/c.html", "http://a/index.html")
    Traceback (most recent call last):
    pipeline.collection.http_client.AbsentError: http://a/b/c.html：转到了首页，原来的页面不在；改法：到该网站检索题名，改写地址
    """
    path = urlsplit(url).path.strip("/")
    home = not path or (path.count("/") == 0 and path.partition(".")[0] in ("index", "default"))
    if url != asked and home and urlsplit(asked).path.strip("/"):
        raise AbsentError(shown(asked), "转到了首页，原来的页面不在", "到该网站检索题名，改写地址")
