"""Robots: what a host allows to be fetched, by its robots.txt (RFC 9309)."""

from dataclasses import dataclass

from protego import Protego


@dataclass(frozen=True, slots=True)
class RobotRules:
    """The rules of one host; None where it states none, and `closed` where they cannot be read."""

    rules: Protego | None = None
    closed: bool = False

    def allows(self, url: str, agent: str) -> bool:
        """Whether an address may be fetched."""
        return not self.closed and (self.rules is None or bool(self.rules.can_fetch(url, agent)))

    def delay(self, agent: str) -> float:
        """The seconds between two requests that the host asks for; 0 where it does not."""
        asked = self.rules.crawl_delay(agent) if self.rules else None
        return float(asked or 0)


def read(status: int | None, body: bytes) -> RobotRules:
    r"""The rules of a host by its answer: without the file all is allowed, where it fails nothing.

    Args:
        status: of the answer; None where there was none.
        body: of the answer.

    >>> read(404, b"").allows("http://a/b", "x"), read(503, b"").allows("http://a/b", "x")
    (True, False)
    >>> read(200, b"User-agent: *\nDisallow: /b\nCrawl-delay: 2").allows("http://a/b", "x")
    False
    """
    if status is None or status >= 500:
        return RobotRules(closed=True)
    if status != 200:
        return RobotRules()
    return RobotRules(Protego.parse(body.decode("utf-8", "replace")))
